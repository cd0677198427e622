"""Search: words in any form, Cyrillic on SQLite, the best first, nothing of what was typed runs."""

import pytest

from modules.search import Results, plain_text, stem
from modules.search import search as search_in
from modules.shelf import shelf
from tests.factories.modules import (
    make_guide_page,
    make_lesson,
    make_lesson_revision,
    make_module,
    make_programme,
    make_story,
    make_term,
)
from tests.query_counts import counted


def search(query: str, language: str) -> Results:
    return search_in(query, language, shelf())


def lesson_with(language: str = "en", **fields: object) -> str:
    lesson = make_lesson(languages=())
    make_lesson_revision(lesson, language, **{"summary": "", "objectives": [], **fields})
    return lesson.key


@pytest.mark.parametrize(
    ("word", "left"),
    [("почва", "почв"), ("почви", "почв"), ("вода", "вод"), ("фар", "фар"), ("fields", "field"), ("soil", "soil")],
)
def test_the_ending_of_a_word_does_not_count(word: str, left: str) -> None:
    assert stem(word) == left


def test_plain_text_has_words_without_tags_and_without_note_numbers() -> None:
    note = '\u202f<sup class="cite"><a href="#fact-F1">1</a></sup>'
    html = f'<h2 id="s-a">One</h2><p>Soil&nbsp;is <b>ali</b>ve{note}.</p><p>Two</p>'
    assert plain_text(html) == "One Soil is alive . Two"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["почва", "ПОЧВА", "Почвата", "почви", "  почви  "])
def test_cyrillic_is_found_in_any_case_and_form(typed: str) -> None:
    key = lesson_with("bg", title="Кал", html="<p>Почвата диша.</p>")
    lesson_with("bg", title="Камък", html="<p>Нищо.</p>")
    assert [hit.key for hit in search(typed, "bg").hits] == [key]


@pytest.mark.django_db
def test_a_word_in_the_title_comes_before_one_in_the_text() -> None:
    in_text = lesson_with(title="Rain", html="<p>Water. Water. Water.</p>")
    in_summary = lesson_with(title="Roots", summary="Where water goes", html="<p>x</p>")
    in_title = lesson_with(title="Water", html="<p>x</p>")
    assert [hit.key for hit in search("water", "en").hits] == [in_title, in_summary, in_text]


@pytest.mark.django_db
def test_the_word_itself_comes_before_its_other_forms() -> None:
    other = lesson_with(title="Composting", html="<p>x</p>")
    same = lesson_with(title="Compost", html="<p>x</p>")
    assert [hit.key for hit in search("compost", "en").hits] == [same, other]


@pytest.mark.django_db
def test_terms_are_found_by_term_definition_and_example() -> None:
    module = make_module()
    make_term(module, "humus", term="Humus", definition="Dark matter.", example="A spade shows it.")
    assert [(hit.kind, hit.key) for hit in search("humus", "en").hits] == [("term", "humus")]
    assert [hit.key for hit in search("spade", "en").hits] == ["humus"]


@pytest.mark.django_db
def test_all_words_must_be_there_unless_nothing_has_them_all() -> None:
    both = lesson_with(title="Soil and water", html="<p>x</p>")
    lesson_with(title="Soil", html="<p>x</p>")
    assert [hit.key for hit in search("soil water", "en").hits] == [both]
    some = search("water tractor", "en")
    assert ([hit.key for hit in some.hits], some.partial) == ([both], True)


@pytest.mark.django_db
def test_a_lesson_is_found_once_in_the_language_of_the_page() -> None:
    """C-15"""
    lesson = make_lesson(languages=())
    make_lesson_revision(lesson, "en", title="Soil", html="<p>earthworm</p>")
    make_lesson_revision(lesson, "bg", title="Почва", html="<p>червей</p>")
    assert search("earthworm", "bg").hits == ()
    assert [hit.title for hit in search("червей", "bg").hits] == ["Почва"]
    [fallback] = search("Soil", "en").hits
    assert fallback.title.language == "en"


@pytest.mark.django_db
def test_an_untranslated_lesson_is_found_with_its_language() -> None:
    """C-15"""
    lesson_with("en", title="Soil", html="<p>earthworm</p>")
    [hit] = search("earthworm", "bg").hits
    assert hit.title.language == "en"


@pytest.mark.django_db
def test_a_snippet_marks_what_was_found_and_loses_nothing() -> None:
    lesson_with(title="x", html=f"<p>{'before ' * 60}the Soil breathes{' after' * 60}</p>")
    [hit] = search("soil", "en").hits
    text = "".join(piece.text for piece in hit.snippet)
    assert [piece.text for piece in hit.snippet if piece.found] == ["Soil"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "the Soil breathes" in text
    assert len(text) < 200


@pytest.mark.django_db
def test_nothing_found_offers_words_that_are_near() -> None:
    make_term(make_module(), "leaching", term="Leaching")
    assert search("leeching", "en").near == ("leaching",)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "   ", "…", "()[]*+?\\", "%"])
def test_signs_alone_find_nothing_and_ask_nothing(typed: str) -> None:
    """M-07"""
    make_lesson()
    with counted() as asked:
        found = search(typed, "en")
    assert found.hits == ()
    assert len(asked) == 1  # what is published


@pytest.mark.django_db
def test_a_very_long_query_is_cut() -> None:
    assert len(search("soil " * 5000, "en").query) <= 100


@pytest.mark.django_db
def test_texts_are_read_in_five_queries_once_until_the_next_release() -> None:
    for _ in range(20):
        lesson_with(title="Soil", html="<p>x</p>")
    with counted() as first:
        assert len(search("soil", "en").hits) == 20
    with counted() as again:
        assert len(search("x", "en").hits) == 20
    assert (len(first), len(again)) == (6, 1)
    lesson_with(title="Soil", html="<p>x</p>")  # a lesson of another programme, with a release
    assert len(search("soil", "en").hits) == 21


@pytest.mark.django_db
def test_a_story_is_found_by_its_beginning_only() -> None:
    make_story(make_module(), "wet-field")
    assert [(hit.kind, hit.key) for hit in search("puddles", "en").hits] == [("story", "wet-field")]
    assert [hit.kind for hit in search("нива", "bg").hits] == ["story"]
    assert search("barley", "en").hits == ()


@pytest.mark.django_db
def test_the_guide_is_found_only_where_it_is_asked_for() -> None:
    page = make_guide_page(make_programme(), html="<p>Bring gumboots.</p>")
    assert search("gumboots", "en").hits == ()
    (hit,) = search_in("gumboots", "en", shelf(), {page.programme_id: "spring"}).hits
    assert (hit.kind, hit.key, hit.place) == ("guide", page.key, "spring")
    assert search_in("gumboots", "en", shelf(), {page.programme_id + 1: "autumn"}).hits == ()
