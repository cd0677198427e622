"""Content for programs: the best language, the order, and stamps that know when something changed."""

from typing import Any

import pytest
from django.db.models import Value

from lms.people.services import find_token
from lms.shared.clock import now as present
from lms.shared.prepared import Beside
from lms.shared.refusals import NotHere
from modules.content import stamps as content_stamps
from modules.content import tree as content_tree
from modules.content.lines import best_language, spoken
from modules.models import Module
from tests.factories.modules import (
    make_fact,
    make_lesson,
    make_module,
    make_programme,
    make_release,
    make_story,
    make_term,
)
from tests.factories.parts import make_calculator, make_task
from tests.factories.people import make_token

ALL = {"closed_too": False, "after": None, "limit": 100}


@pytest.mark.parametrize(
    ("available", "wanted", "found"),
    [
        (["en", "bg"], ("bg", "en"), "bg"),
        (["en", "bg"], ("de", "bg"), "bg"),
        (["en", "bg"], ("de",), "en"),
        (["en", "bg"], (), "en"),
        (["bg", "cs"], ("de",), "bg"),
        ([], ("de",), "en"),
    ],
)
def test_the_best_language_is_the_first_wanted_then_the_source_then_any(
    available: list[str], wanted: tuple[str, ...], found: str
) -> None:
    assert best_language(dict.fromkeys(available, "words"), wanted, "en") == found


def test_an_empty_text_is_no_text() -> None:
    assert best_language({"bg": "", "en": "words"}, ("bg",), "en") == "en"


@pytest.mark.parametrize(("wanted", "fallback"), [((), False), (("bg",), False), (("de", "bg"), True)])
def test_whoever_wanted_nothing_cannot_be_disappointed(wanted: tuple[str, ...], fallback: bool) -> None:
    assert spoken("bg", wanted)["fallback"] is fallback


@pytest.mark.django_db
def test_a_page_ends_with_the_place_where_the_next_begins() -> None:
    module = make_module(lessons=3)
    first = content_tree.lessons((), module=module.key, closed_too=False, after=None, limit=2)
    rest = content_tree.lessons((), module=module.key, closed_too=False, after=first.after, limit=2)
    assert [line.position for line in (*first.items, *rest.items)] == [1, 2, 3]
    assert rest.after is None


@pytest.mark.django_db
def test_a_page_behind_nothing_is_refused() -> None:
    with pytest.raises(content_tree.UnknownPlace):
        content_tree.facts((), closed_too=False, after=99, limit=10)


def _parts_of(module: Module) -> None:
    make_calculator(module, "rain")
    make_task(module, "dig")
    make_story(module, "wet-field")


@pytest.mark.django_db
@pytest.mark.parametrize("closed_too", [True, False])
def test_what_is_closed_is_there_for_those_who_may(closed_too: bool) -> None:
    module = make_module(make_programme(is_open=False), lessons=1)
    key = module.lessons.get().key
    fact = make_fact(module.programme)
    _parts_of(module)
    asks: list[Any] = [
        lambda: content_tree.programme_tree(module.programme.key, (), closed_too=closed_too),
        lambda: content_tree.module_tree(module.key, (), closed_too=closed_too),
        lambda: content_tree.lesson_tree(key, (), closed_too=closed_too),
        lambda: content_tree.fact(fact.number, (), closed_too=closed_too),
        lambda: content_tree.calculator_tree("rain", (), closed_too=closed_too),
        lambda: content_tree.task_tree("dig", (), closed_too=closed_too),
        lambda: content_tree.story_tree("wet-field", (), closed_too=closed_too),
    ]
    for ask in asks:
        if closed_too:
            assert ask().licence.programme == module.programme.key
        else:
            with pytest.raises(NotHere):
                ask()


@pytest.mark.django_db
def test_terms_are_one_line_each_in_the_best_language() -> None:
    module = make_module()
    for language in ("en", "bg"):
        make_term(module, "humus", language, term=f"humus {language}")
    make_term(module, "acid", "en")
    make_term(module, "humus-two", "bg")  # a translation of nothing
    lines = content_tree.terms(("bg",), module=None, **ALL).items
    assert [(line.key, line.language, line.fallback) for line in lines] == [
        ("acid", "en", True),
        ("humus", "bg", False),
    ]


@pytest.mark.django_db
def test_terms_of_two_programmes_with_the_same_key_keep_their_own_words() -> None:
    for number in (1, 2):
        module = make_module()
        make_term(module, "humus", "en", term=f"humus {number}")
    make_term(module, "humus", "bg", term="хумус 2")
    assert [line.term for line in content_tree.terms(("bg",), module=None, **ALL).items] == ["humus 1", "хумус 2"]


@pytest.mark.django_db
def test_facts_of_another_programme_are_not_cited() -> None:
    lesson = make_lesson()
    make_fact(make_programme(), "F1")
    make_fact(lesson.module.programme, "F11")
    lesson.revisions.update(facts=["F1", "F11"])
    assert [fact.number for fact in content_tree.lesson_tree(lesson.key, (), closed_too=False).facts] == ["F11"]


@pytest.mark.django_db
def test_a_release_without_a_summary_changed_nothing_that_is_told() -> None:
    make_release(summary={})
    (line,) = content_tree.releases(**ALL).items
    assert line.changes == ()


def _read(beside: Beside) -> str | None:
    """A stamp as it is read: beside a token."""
    _token, text = make_token(now=present())
    found = find_token(text, present(), beside)
    assert found is not None
    stamp: str | None = vars(found)["stamp"]
    return stamp


@pytest.mark.django_db
@pytest.mark.parametrize(
    "beside",
    [
        content_stamps.programme("x"),
        Beside(content_stamps.module_stamp, texts={"key": "x"}),
        content_stamps.lesson("x", ("bg",)),
        content_stamps.fact("F1"),
        content_stamps.calculator("x"),
        content_stamps.task("x"),
        content_stamps.story("x"),
    ],
)
def test_what_is_not_there_has_no_stamp(beside: Beside) -> None:
    assert _read(beside) is None


@pytest.mark.django_db
def test_an_empty_shelf_has_a_stamp() -> None:
    assert _read(content_stamps.shelf()) is not None


@pytest.mark.django_db
@pytest.mark.parametrize(("is_open", "mark"), [(True, content_stamps.OPEN), (False, content_stamps.CLOSED)])
def test_a_stamp_says_first_whether_the_programme_is_open(is_open: bool, mark: str) -> None:
    lesson = make_lesson(make_module(make_programme(is_open=is_open)))
    fact = make_fact(lesson.module.programme)
    _parts_of(lesson.module)
    for beside in (
        content_stamps.programme(lesson.module.programme.key),
        Beside(content_stamps.module_stamp, texts={"key": lesson.module.key}),
        content_stamps.lesson(lesson.key, ()),
        content_stamps.fact(fact.number),
        content_stamps.calculator("rain"),
        content_stamps.task("dig"),
        content_stamps.story("wet-field"),
    ):
        assert (_read(beside) or "").startswith(mark)


@pytest.mark.django_db
def test_the_stamp_of_a_lesson_is_that_of_its_text_in_the_best_language() -> None:
    lesson = make_lesson(languages=("en", "bg"))
    choices: list[tuple[str, ...]] = [(), ("en",), ("bg",), ("de", "bg")]
    read = {wanted: _read(content_stamps.lesson(lesson.key, wanted)) for wanted in choices}
    assert read[()] == read[("en",)]
    assert read[("bg",)] == read[("de", "bg")] != read[("en",)]


@pytest.mark.django_db
def test_a_fact_whose_number_only_begins_alike_is_not_in_the_stamp() -> None:
    lesson = make_lesson()
    for number in ("F1", "F11"):
        make_fact(lesson.module.programme, number, source=f"source of {number}.")
    lesson.revisions.update(facts=["F11"])
    stamp = _read(content_stamps.lesson(lesson.key, ())) or ""
    assert "source of F11." in stamp
    assert "source of F1." not in stamp


def test_the_order_in_which_a_database_joins_does_not_matter() -> None:
    assert content_stamps.in_order("o\x1eb\x1ea") == content_stamps.in_order("o\x1ea\x1eb")


@pytest.mark.django_db
def test_many_parts_fit_into_one_expression() -> None:
    """SQLite's parser gives up on a hundred levels of brackets; stamps have none."""
    many = content_stamps._together(*(Value(number) for number in range(150)))
    assert (_read(Beside(lambda: {"stamp": many})) or "").startswith("0\x1e1\x1e2")
