"""In which language an answer is, and how it says so."""

import pytest

from tests.api.conftest import Ask, Shelf

ONE_THING = [
    *("programmes/green-skills/", "modules/soil/", "lessons/soil-is-alive/", "facts/F42/"),
    *("calculators/rain/", "tasks/dig/", "stories/wet-field/"),
]
LISTS = [
    *("programmes/", "modules/", "lessons/?module=soil", "glossary/", "facts/"),
    *("calculators/?module=soil", "tasks/", "stories/"),
]


@pytest.mark.parametrize("path", ONE_THING)
@pytest.mark.parametrize(
    ("query", "header", "language", "requested", "fallback"),
    [
        (None, None, "en", None, False),
        ("bg", None, "bg", "bg", False),
        ("bg", "en", "bg", "bg", False),
        ("bg-BG", None, "bg", "bg", False),
        ("BG", None, "bg", "bg", False),
        ("de", None, "en", "de", True),
        ("de", "bg", "en", "de", True),
        (None, "bg", "bg", "bg", False),
        (None, "bg-BG, bg;q=0.9, en;q=0.5", "bg", "bg", False),
        (None, "en;q=0.5, bg", "bg", "bg", False),
        (None, "de, bg;q=0.5", "bg", "de", True),
        (None, "de, fr", "en", "de", True),
        (None, "bg;q=0, en", "en", "en", False),
        (None, "*", "en", None, False),
        (None, ";;;,,q=1", "en", None, False),
    ],
)
def test_the_best_language_answers_and_says_so(
    path: str,
    query: str | None,
    header: str | None,
    language: str,
    requested: str | None,
    fallback: bool,
    shelf: Shelf,
    ask: Ask,
) -> None:
    """C-15: what falls back says that it did."""
    headers = {} if header is None else {"Accept-Language": header}
    answer = ask(path, headers=headers, **({} if query is None else {"language": query}))
    body = answer.json()
    assert (body["language"], body["requested_language"], body["fallback"]) == (language, requested, fallback)
    assert answer["Content-Language"] == language


@pytest.mark.parametrize("path", LISTS)
def test_every_line_of_a_list_says_its_language(path: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask(path, headers={"Accept-Language": "bg"})
    lines = answer.json()["results"]
    assert {line["requested_language"] for line in lines} == {"bg"}
    assert all(line["fallback"] == (line["language"] != "bg") for line in lines)
    assert answer["Content-Language"] == ", ".join(sorted({line["language"] for line in lines}))


def test_a_lesson_without_a_translation_falls_back(shelf: Shelf, ask: Ask) -> None:
    body = ask("lessons/only-english/", language="bg").json()
    assert (body["language"], body["fallback"], body["languages"]) == ("en", True, ["en"])
    lines = {line["key"]: line["language"] for line in ask("lessons/", language="bg", module="soil").json()["results"]}
    assert lines == {"soil-is-alive": "bg", "only-english": "en"}


def test_a_term_without_a_translation_falls_back(shelf: Shelf, ask: Ask) -> None:
    lines = {
        line["key"]: (line["language"], line["fallback"]) for line in ask("glossary/", language="bg").json()["results"]
    }
    assert lines == {"humus": ("bg", False), "aggregate": ("en", True)}


def test_words_are_in_the_language_that_is_named(shelf: Shelf, ask: Ask) -> None:
    bulgarian, english = (ask("modules/soil/", language=code).json() for code in ("bg", "en"))
    assert bulgarian["title"].startswith("Модул")
    assert english["title"].startswith("Module")
    assert bulgarian["outcomes"] == ["Describe a healthy soil (bg)"]
    assert bulgarian["credits"] == "Written for tests (bg)"


def test_a_translation_that_is_behind_shows_it(shelf: Shelf, ask: Ask) -> None:
    shelf.lesson.edition = 2
    shelf.lesson.save()
    shelf.lesson.revisions.filter(language="en").update(edition=2)
    body = ask("lessons/soil-is-alive/", language="bg").json()
    assert (body["edition"], body["source_edition"]) == (1, 2)


def test_the_page_for_people_is_in_the_language_of_the_answer(shelf: Shelf, ask: Ask) -> None:
    assert ask("lessons/soil-is-alive/", language="bg").json()["page"].endswith("/bg/learn/soil/soil-is-alive/")
    assert ask("lessons/only-english/", language="bg").json()["page"].endswith("/en/learn/soil/only-english/")


def test_a_language_that_the_site_does_not_speak_is_served_when_the_content_has_it(shelf: Shelf, ask: Ask) -> None:
    shelf.programme.title = {"en": "Green skills", "el": "Πράσινες δεξιότητες"}
    shelf.programme.save()
    body = ask("programmes/green-skills/", language="el").json()
    assert (body["title"], body["language"], body["fallback"]) == ("Πράσινες δεξιότητες", "el", False)
    assert body["page"].endswith("/en/")
