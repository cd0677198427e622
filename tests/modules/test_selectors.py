"""Questions about content: what is live, in which language, in how many queries."""

from datetime import datetime

import pytest

from lms.shared.refusals import NotHere
from modules.models import Asset, Programme
from modules.notes import meanings, sources
from modules.selectors import ProgrammeOutline, asset_file, glossary_letters, module_terms, modules_in_order, outlines
from modules.shelf import shelf
from tests.factories.modules import (
    live_revision,
    make_fact,
    make_lesson,
    make_lesson_revision,
    make_module,
    make_programme,
    make_release,
    make_term,
    words,
)
from tests.query_counts import counted

pytestmark = pytest.mark.django_db


def outlines_in(language: str) -> tuple[ProgrammeOutline, ...]:
    return outlines(modules_in_order(), language)


def test_an_outline_has_live_modules_in_order_with_their_live_lessons(now: datetime) -> None:
    programme = make_programme()
    second = make_module(programme, position=2, lessons=1)
    first = make_module(programme, position=1, lessons=2)
    make_lesson(first, retired_at=now, minutes=99)
    make_module(programme, position=3, lessons=1, retired_at=now)
    [outline] = outlines_in("en")
    assert [card.key for card in outline.modules] == [first.key, second.key]
    assert [(card.number, card.lessons, card.minutes) for card in outline.modules] == [(1, 2, 24), (2, 1, 12)]


def test_outlines_of_many_modules_are_one_query() -> None:
    for _ in range(10):
        make_module(make_programme(), lessons=2)
    with counted() as ten:
        assert len(outlines_in("bg")) == 10
    for _ in range(10):
        make_module(make_programme(), lessons=2)
    with counted() as twenty:
        assert len(outlines_in("bg")) == 20
    assert len(ten) == len(twenty) == 1


def test_words_fall_back_to_the_source_language_and_say_so() -> None:
    """C-15"""
    make_module(make_programme(title={"en": "Farming"}), title=words("Soil", "Почва"), lessons=1)
    [outline] = outlines_in("bg")
    assert (outline.title, outline.title.language) == ("Farming", "en")
    assert (outline.modules[0].title, outline.modules[0].title.language) == ("Почва", "bg")


def test_terms_stand_under_their_letters_in_the_order_of_the_language(now: datetime) -> None:
    module = make_module()
    for key, term in {"soil": "почва", "co2e": "CO2e", "adaptation": "Адаптация", "iodine": "Йод"}.items():
        make_term(module, key, "bg", term=term)
    make_term(module, "gone", "bg", term="Бор", retired_at=now)
    found = glossary_letters("bg", shelf())
    assert [(letter.sign, [term.term for term in letter.terms]) for letter in found] == [
        ("А", ["Адаптация"]),
        ("Й", ["Йод"]),
        ("П", ["почва"]),
        ("C", ["CO2e"]),
    ]


def test_a_term_without_translation_falls_back_and_is_there_once() -> None:
    """C-15"""
    module = make_module()
    make_term(module, "soil", "en", term="Soil")
    make_term(module, "soil", "bg", term="Почва")
    make_term(module, "leaching", "en", term="Leaching", related=["soil", "unknown"])
    terms = {term.key: term for letter in glossary_letters("bg", shelf()) for term in letter.terms}
    assert (terms["leaching"].term, terms["leaching"].term.language) == ("Leaching", "en")
    assert terms["soil"].term == "Почва"
    assert [(other.key, other.term) for other in terms["leaching"].related] == [("soil", "Почва")]


def test_the_glossary_is_one_query_whatever_its_length_and_none_until_the_next_release() -> None:
    module = make_module()
    make_release(module.programme)
    for _ in range(20):
        make_term(module)
    published = shelf()
    with counted() as first:
        assert sum(len(letter.terms) for letter in glossary_letters("en", published)) == 20
    with counted() as again:
        glossary_letters("en", published)
    assert (len(first), len(again)) == (1, 0)
    make_term(module)
    make_release(module.programme)
    assert sum(len(letter.terms) for letter in glossary_letters("en", shelf())) == 21


def test_the_shelf_differs_after_a_release_and_when_a_programme_closes() -> None:
    programme = make_programme()
    empty = shelf()
    make_release(programme)
    released = shelf()
    Programme.objects.update(is_open=False)
    closed = shelf()
    assert len({empty, released, closed}) == 3
    assert (released.is_open(programme.pk), closed.is_open(programme.pk)) == (True, False)
    with counted() as asked:
        shelf()
    assert len(asked) == 1


def test_terms_of_a_module_are_its_own() -> None:
    module, other = make_module(), make_module()
    make_term(module, "soil")
    make_term(other, "water")
    assert [term.key for term in module_terms(module.pk, "en")] == ["soil"]


def test_sources_stand_in_the_order_in_which_the_text_cites_them() -> None:
    module = make_module()
    make_fact(module.programme, "F42")
    make_fact(module.programme, "F07", statement=words("Rain", "Дъжд"), value="20", unit="mm")
    lesson = make_lesson(module, languages=())
    make_lesson_revision(lesson, facts=["F42", "F07", "F42", "F99"])
    found = sources(live_revision(lesson), "bg")
    assert [(fact.place, fact.number, fact.value) for fact in found] == [(1, "F42", "60–70 %"), (2, "F07", "20 mm")]
    assert found[1].statement == "Дъжд"


def test_a_text_without_citations_and_terms_asks_nothing() -> None:
    revision = live_revision(make_lesson())
    with counted() as asked:
        assert sources(revision, "en") == ()
        assert meanings("<p>Soil</p>", 1, "en") == ()
    assert asked == []


def test_meanings_are_those_of_the_terms_in_the_text() -> None:
    module = make_module()
    make_term(module, "soil", term="Soil", definition="What we stand on.")
    make_term(module, "water")
    html = '<a class="term" href="/en/glossary/#soil" data-term="soil">ground</a>'
    [meaning] = meanings(html, module.programme_id, "en")
    assert (meaning.key, meaning.term, meaning.definition) == ("soil", "Soil", "What we stand on.")


def test_a_picture_is_found_by_its_digest_alone() -> None:
    Asset.objects.create(digest="d" * 64, name="soil.svg", media_type="image/svg+xml", size=6, content=b"<svg/>")
    assert asset_file("d" * 64).content == b"<svg/>"
    assert asset_file("d" * 64).media_type == "image/svg+xml"
    with pytest.raises(NotHere):
        asset_file("e" * 64)
