"""ETags: strong, cheap to check, and never out of date."""

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.test.utils import override_settings

from api import conditional
from lms.people.models import AccessToken
from lms.shared.clock import now as present
from lms.shared.kept import forget_everything
from modules.models import (
    Asset,
    Calculator,
    Fact,
    FieldTask,
    Lesson,
    LessonRevision,
    Module,
    Programme,
    Release,
    Story,
)
from quizzes.models import QuestionRevision, Quiz, QuizItem, QuizRevision
from tests.api.conftest import ESCO, Ask, Shelf
from tests.api.test_access import CONTENT
from tests.factories.modules import make_fact, make_lesson, make_lesson_revision, make_release, make_story
from tests.factories.parts import make_calculator, make_task
from tests.factories.quizzes import make_quiz

PATHS = CONTENT.values()


@pytest.mark.parametrize("path", PATHS)
def test_the_same_question_again_is_not_modified(path: str, shelf: Shelf, ask: Ask) -> None:
    first = ask(path)
    again = ask(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    assert again["Vary"] == first["Vary"]
    assert "Content-Type" not in again


@pytest.mark.parametrize("path", PATHS)
def test_not_modified_costs_one_query_token_included(
    path: str, shelf: Shelf, ask: Ask, django_assert_num_queries: Callable[[int], Any]
) -> None:
    tag = ask(path)["ETag"]
    with django_assert_num_queries(1):
        assert ask(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("programmes/", 3),
        ("programmes/green-skills/", 4),
        ("modules/", 3),
        ("modules/soil/", 6),
        ("lessons/", 3),
        ("lessons/soil-is-alive/", 4),
        ("calculators/", 2),
        ("calculators/rain/", 2),
        ("tasks/", 2),
        ("tasks/dig/", 2),
        ("stories/", 2),
        ("stories/wet-field/", 2),
        ("glossary/", 3),
        ("facts/", 2),
        ("facts/F42/", 2),
        ("changes/", 2),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_content(
    path: str, queries: int, shelf: Shelf, ask: Ask, django_assert_num_queries: Callable[[int], Any]
) -> None:
    bulgarian = {} if path == "changes/" else {"language": "bg"}
    forget_everything()
    with django_assert_num_queries(queries):
        ask(path, **bulgarian)
    forget_everything()
    for number in range(60, 70):
        make_lesson(shelf.module)
        make_fact(shelf.programme, f"F{number}")
        make_calculator(shelf.module, f"sum-{number}")
        make_task(shelf.module, f"walk-{number}")
        make_story(shelf.module)
        make_release(shelf.programme)
    with django_assert_num_queries(queries):
        ask(path, **bulgarian)


def test_the_first_request_of_a_day_writes_the_day_down(
    shelf: Shelf, ask: Ask, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """The last day of use of a token is one more statement, once a day."""
    tag = ask("facts/F42/")["ETag"]
    AccessToken.objects.update(last_used_on=None)
    with django_assert_num_queries(2):
        ask("facts/F42/", headers={"If-None-Match": tag})
    assert AccessToken.objects.get().last_used_on is not None


@pytest.mark.parametrize(
    "path",
    [
        *("lessons/not-there/", "modules/not-there/", "programmes/not-there/", "facts/F999/"),
        *("calculators/dig/", "tasks/rain/", "stories/not-there/"),
    ],
)
def test_what_is_not_there_costs_one_query(
    path: str, shelf: Shelf, ask: Ask, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        assert ask(path).status_code == 404


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"x", {tag}', 304),
        ('"x",W/{tag} , "y"', 304),
        ("*", 304),
        ('"x"', 200),
        ("{bare}", 200),
        ("", 200),
        ('"', 200),
        ('"unfinished', 200),
        ("\xff\x00", 200),
        (", ," * 2000, 200),
    ],
)
def test_if_none_match_is_read_as_the_standard_says(header: str, status: int, shelf: Shelf, ask: Ask) -> None:
    tag = ask("lessons/soil-is-alive/")["ETag"]
    sent = header.replace("{tag}", tag).replace("{bare}", tag.strip('"'))
    assert ask("lessons/soil-is-alive/", headers={"If-None-Match": sent}).status_code == status


def test_tags_are_strong_and_differ_by_language(shelf: Shelf, ask: Ask) -> None:
    english, bulgarian = (ask("lessons/soil-is-alive/", language=code) for code in ("en", "bg"))
    assert english["ETag"] != bulgarian["ETag"]
    assert english["ETag"].startswith('"')
    assert ask("lessons/soil-is-alive/", headers={"Accept-Language": "bg"})["ETag"] == bulgarian["ETag"]


def test_a_new_form_of_the_answers_changes_all_tags(shelf: Shelf, ask: Ask) -> None:
    before = ask("lessons/soil-is-alive/")["ETag"]
    conditional.representation.cache_clear()
    try:
        with override_settings(VERSION="99.0.0"):
            assert ask("lessons/soil-is-alive/")["ETag"] != before
    finally:
        conditional.representation.cache_clear()


def test_a_new_text_of_one_lesson_leaves_the_tags_of_others(shelf: Shelf, ask: Ask) -> None:
    tags = {path: ask(path)["ETag"] for path in ("lessons/soil-is-alive/", "lessons/every-drop/", "lessons/")}
    make_release(shelf.programme)
    make_lesson_revision(shelf.lesson, "en", title="Soil lives")
    now = {path: ask(path)["ETag"] for path in tags}
    assert now["lessons/every-drop/"] == tags["lessons/every-drop/"]
    assert now["lessons/soil-is-alive/"] != tags["lessons/soil-is-alive/"]
    assert now["lessons/"] != tags["lessons/"]


def test_a_fact_changes_the_tags_of_the_lessons_that_cite_it(shelf: Shelf, ask: Ask) -> None:
    tags = {path: ask(path)["ETag"] for path in ("lessons/soil-is-alive/", "lessons/every-drop/", "facts/F42/")}
    Fact.objects.filter(number="F42").update(digest="another", value="61")
    now = {path: ask(path)["ETag"] for path in tags}
    assert [path for path in tags if now[path] == tags[path]] == ["lessons/every-drop/"]


def test_going_back_to_the_old_text_brings_the_old_tag_back(shelf: Shelf, ask: Ask) -> None:
    before = ask("lessons/soil-is-alive/")["ETag"]
    old = shelf.lesson.revisions.get(language="en")
    new = make_lesson_revision(shelf.lesson, "en")
    assert ask("lessons/soil-is-alive/")["ETag"] != before
    LessonRevision.objects.filter(pk=new.pk).update(is_live=False)
    LessonRevision.objects.filter(pk=old.pk).update(is_live=True)
    assert ask("lessons/soil-is-alive/")["ETag"] == before


def _other(field: Any, value: Any) -> Any:
    """Some other value for a column."""
    if field.choices:
        return next(choice for choice, _name in field.choices if choice != value)
    match value:
        case datetime():
            return value + timedelta(days=1)
        case None:
            return 1
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case {"facts": _}:
            return {**value, "facts": ["F50"]}
        case {"scenes": [first, *others]}:
            return {**value, "scenes": [{**first, "text": _other(field, first["text"])}, *others]}
        case dict():
            return {language: f"{text} anew" for language, text in value.items()} or {"en": "anew"}
        case list():
            return [] if value else {"outcomes": [{"en": "anew"}], "esco": [ESCO]}.get(field.name, ["F50"])
        case _:
            return f"{value}x"[: field.max_length or 200]


def _columns(model: type[models.Model]) -> Iterator[str]:
    return (field.name for field in model._meta.concrete_fields if not (field.primary_key or field.is_relation))


NOT_SHOWN = {
    "key",
    "retired_at",
    "is_live",
    "language",
    "source",
    "toc",
    "is_open",
    "source_language",
    "content",
    "pass_mark",
}
MODELS = (
    *(LessonRevision, Lesson, Module, Programme, Fact, Release, Quiz, QuizRevision, Asset),
    *(Calculator, FieldTask, Story),
)
COLUMNS = [(model, name) for model in MODELS for name in _columns(model) if name not in NOT_SHOWN]
PARTS = ["calculators/rain/", "tasks/dig/", "stories/wet-field/"]
ONE_THING = ["lessons/soil-is-alive/", "modules/soil/", "programmes/green-skills/", "facts/F42/", *PARTS]


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("language", ["en", "bg"])
def test_no_column_can_change_the_answer_about_one_thing_behind_its_tag(
    model: type[models.Model], column: str, language: str, shelf: Shelf, ask: Ask
) -> None:
    """A stamp that forgot something would leave callers, and our own memory, with an old text for ever."""
    before = {path: ask(path, language=language) for path in ONE_THING}
    field = model._meta.get_field(column)
    for row in model._default_manager.all():
        model._default_manager.filter(pk=row.pk).update(**{column: _other(field, getattr(row, column))})
    for path in ONE_THING:
        forget_everything()
        after = ask(path, language=language)
        assert after.status_code in {200, 404}
        if after.content != before[path].content:
            assert after.get("ETag") != before[path]["ETag"], path


@pytest.mark.parametrize("path", PARTS)
def test_the_tag_of_a_part_is_its_own(path: str, shelf: Shelf, ask: Ask) -> None:
    """Of lesson and module it shows their keys alone; a change of theirs, or of another part, renews nothing here."""
    tag = ask(path)["ETag"]
    make_lesson_revision(shelf.lesson, "en", title="Soil lives")
    make_story(shelf.module)
    make_release(shelf.programme)
    assert ask(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: make_calculator(shelf.module, "sum"),
        lambda shelf: make_story(shelf.module, "ruts"),
        lambda shelf: FieldTask.objects.update(retired_at=present()),
        lambda shelf: FieldTask.objects.update(lesson=None),
        lambda shelf: Story.objects.update(title={"en": "Mud", "bg": "Кал"}),
        lambda shelf: Calculator.objects.update(module=Module.objects.get(key="water")),
    ],
    ids=["new calculator", "new story", "retired", "leaves its lesson", "other title", "moves away"],
)
def test_the_tag_of_a_module_changes_with_its_parts(change: Callable[[Shelf], Any], shelf: Shelf, ask: Ask) -> None:
    before = ask("modules/soil/")
    change(shelf)
    after = ask("modules/soil/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_a_part_that_leaves_its_lesson_has_another_tag(shelf: Shelf, ask: Ask) -> None:
    before = ask("calculators/rain/")
    Calculator.objects.update(lesson=None)
    after = ask("calculators/rain/", headers={"If-None-Match": before["ETag"]})
    assert (before.json()["lesson"], after.json()["lesson"]) == ("soil-is-alive", None)


def test_what_is_kept_of_answers_is_not_kept_of_callers(
    shelf: Shelf, ask: Ask, ask_anonymously: Ask, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """R-19: the second answer comes from memory; whoever has no token gets none of it."""
    first = ask("modules/soil/")
    with django_assert_num_queries(1):
        assert ask("modules/soil/").content == first.content
    assert ask_anonymously("modules/soil/").status_code == 401
    shelf.programme.is_open = False
    shelf.programme.save()
    assert ask("modules/soil/").status_code == 404


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("lessons/", lambda shelf: make_lesson(shelf.module)),
        ("facts/", lambda shelf: make_fact(shelf.programme, "F77")),
        ("changes/", lambda shelf: None),
    ],
)
def test_every_release_renews_lists(path: str, change: Callable[[Shelf], Any], shelf: Shelf, ask: Ask) -> None:
    before = ask(path)["ETag"]
    change(shelf)
    make_release(shelf.programme)
    assert ask(path, headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: make_lesson(shelf.module),
        lambda shelf: shelf.module.lessons.filter(key="only-english").update(retired_at=shelf.release.imported_at),
        lambda shelf: shelf.module.lessons.update(minutes=99),
    ],
)
@pytest.mark.parametrize("path", ["modules/soil/", "programmes/green-skills/"])
def test_lessons_that_come_and_go_renew_their_module(
    path: str, change: Callable[[Shelf], Any], shelf: Shelf, ask: Ask
) -> None:
    before = ask(path)
    change(shelf)
    after = ask(path, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: make_quiz(shelf.module, "practice", purpose="practice"),
        lambda shelf: QuizItem.objects.filter(position=3).delete(),
        lambda shelf: Quiz.objects.update(lesson=shelf.lesson),
        lambda shelf: Quiz.objects.update(retired_at=shelf.release.imported_at),
    ],
)
def test_quizzes_that_come_and_go_renew_their_module(change: Callable[[Shelf], Any], shelf: Shelf, ask: Ask) -> None:
    before = ask("modules/soil/")
    change(shelf)
    after = ask("modules/soil/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["quizzes"] != before.json()["quizzes"]


def test_pictures_of_a_text_are_in_its_tag(shelf: Shelf, ask: Ask) -> None:
    before = ask("lessons/soil-is-alive/")
    for text in shelf.lesson.revisions.all():
        text.assets.clear()
    assert ask("lessons/soil-is-alive/", headers={"If-None-Match": before["ETag"]}).json()["pictures"] == []


def test_another_programme_does_not_renew_a_module(shelf: Shelf, ask: Ask) -> None:
    tag = ask("modules/soil/")["ETag"]
    make_release()
    assert ask("modules/soil/", headers={"If-None-Match": tag}).status_code == 304


def test_a06_tags_and_answers_do_not_depend_on_the_key_of_a_quiz(shelf: Shelf, ask: Ask) -> None:
    """A-06: the digests of quizzes, questions, modules and releases depend on right answers, and are not told."""
    paths = ["modules/soil/", "modules/", "programmes/green-skills/", "changes/", "lessons/soil-is-alive/"]
    before = {path: (ask(path)["ETag"], ask(path).content) for path in paths}
    QuizRevision.objects.update(digest="q" * 64, pass_mark=Decimal("0.5"))
    for row in QuestionRevision.objects.all():
        QuestionRevision.objects.filter(pk=row.pk).update(digest=f"{row.pk:x}" * 8, body={"right": "secret"})
    Module.objects.update(digest="m" * 64)
    shelf.programme.releases.update(digest="r" * 64)
    assert {path: (ask(path)["ETag"], ask(path).content) for path in paths} == before


@pytest.mark.parametrize("offer", ["gzip", "br, gzip;q=0.5", "GZIP", "deflate, gzip", "gzip;q=1.0, *;q=0"])
def test_answers_are_zipped_for_those_who_can_read_it(offer: str, shelf: Shelf, ask: Ask) -> None:
    plain = ask("lessons/soil-is-alive/")
    zipped = ask("lessons/soil-is-alive/", headers={"Accept-Encoding": offer})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < len(plain.content)
    assert zipped["ETag"] != plain["ETag"]
    assert zipped["ETag"].startswith('"')


@pytest.mark.parametrize("offer", ["", "identity", "gzip;q=0", "gzip; q=0.000", "xgzip", "br"])
def test_others_get_plain_answers(offer: str, shelf: Shelf, ask: Ask) -> None:
    assert "Content-Encoding" not in ask("lessons/soil-is-alive/", headers={"Accept-Encoding": offer})


def test_the_tag_of_a_zipped_answer_is_known_again(shelf: Shelf, ask: Ask) -> None:
    zipped = ask("lessons/soil-is-alive/", headers={"Accept-Encoding": "gzip"})
    again = ask("lessons/soil-is-alive/", headers={"Accept-Encoding": "gzip", "If-None-Match": zipped["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, zipped["ETag"])
