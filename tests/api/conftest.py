"""A shelf with a little content on it, and programs that ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from lms.people.models import User
from lms.shared.clock import now as present
from modules.models import Asset, Lesson, Module, Programme, Release
from quizzes.models import Quiz
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
from tests.factories.people import make_token, make_trainee
from tests.factories.quizzes import make_quiz

PICTURE = "ab" * 32
ESCO = {
    "label": "soil structure",
    "uri": "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001",
    "kind": "knowledge",
}
HTML = (
    '<p>Soil is alive.<sup class="cite"><a href="#fact-F42">1</a></sup> <a href="/en/learn/soil/water/">Water</a>.</p>'
    f'<img src="/assets/{PICTURE}/crumbs.svg" alt="Crumbs"> <a href="https://example.org/a">elsewhere</a>'
)


@dataclass(frozen=True)
class Shelf:
    programme: Programme
    release: Release
    module: Module
    lesson: Lesson
    quiz: Quiz


@pytest.fixture
def shelf(db: None) -> Shelf:
    """Programme `green-skills`, two modules; in `soil` the lesson `soil-is-alive`, a quiz, terms; facts F42 and F50.

    And one of each part: the calculator `rain` and the task `dig` for that lesson, the story `wet-field`.
    """
    programme = make_programme("green-skills", review={"bg": "awaiting"})
    changes = [
        {"kind": "lesson", "key": "soil-is-alive", "language": "en", "change": "new"},
        {"kind": "quiz", "key": "soil-final", "change": "new"},
        {"kind": "calculator", "key": "rain", "change": "changed"},
        {"kind": "task", "key": "dig", "change": "new"},
        {"kind": "story", "key": "wet-field", "change": "new"},
        {"kind": "lesson", "key": "old-lesson", "change": "retired"},
        {"kind": "story", "key": "old-story", "change": "retired"},
    ]
    release = make_release(programme, version=3, summary={"changes": changes})
    module = make_module(programme, "soil", esco=[ESCO])
    lesson = make_lesson(module, "soil-is-alive")
    for text in lesson.revisions.all():
        text.html, text.facts = HTML, ["F42"]
        text.save()
        text.assets.add(_picture())
    make_lesson(module, "only-english", languages=("en",))
    make_lesson(make_module(programme, "water"), "every-drop")
    for number in ("F42", "F50"):
        make_fact(programme, number)
    for language in ("en", "bg"):
        make_term(module, "humus", language)
    make_term(module, "aggregate", "en")
    make_calculator(module, "rain", lesson=lesson)
    make_task(module, "dig", lesson=lesson, facts=["F50", "F42"])
    make_story(module, "wet-field", position=1)
    quiz = make_quiz(module, "soil-final")
    quiz.revisions.update(release=release)
    Release.objects.exclude(pk=release.pk).delete()
    return Shelf(programme, release, module, lesson, quiz)


def _picture() -> Asset:
    defaults = {"name": "crumbs.svg", "media_type": "image/svg+xml", "size": 6, "content": b"<svg/>"}
    return Asset.objects.get_or_create(digest=PICTURE, defaults=defaults)[0]


Ask = Callable[..., Any]


def asker(text: str | None) -> Ask:
    """A program with this token: ask("lessons/", language="bg", headers={…}, method="head")."""
    client = Client(raise_request_exception=False)

    def ask(path: str = "", /, *, method: str = "get", headers: dict[str, str] | None = None, **query: Any) -> Any:
        sent = dict(headers or {})
        if text is not None:
            sent.setdefault("Authorization", f"Bearer {text}")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return getattr(client, method)(address, query or None, headers=sent)

    return ask


@pytest.fixture
def owner(db: None) -> User:
    return make_trainee()


@pytest.fixture
def ask(owner: User) -> Ask:
    """A program with a good token, which has been used today before."""
    _token, text = make_token(owner, now=present())
    ask = asker(text)
    ask("changes/")
    return ask


@pytest.fixture
def ask_anonymously() -> Ask:
    return asker(None)
