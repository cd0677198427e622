"""A small course to read, and what a page says as text."""

import re
from dataclasses import dataclass
from html import unescape

from django.http import HttpResponse

from modules.models import Lesson, Module
from tests.factories.modules import make_fact, make_lesson, make_lesson_revision, make_module, make_term, words

SOIL = (
    '<p>Crumbs hold <a class="term" href="/en/glossary/#humus" data-term="humus">humus</a>'
    '\u202f<sup class="cite"><a href="#fact-F42" id="cite-F42-1" aria-label="source 1">1</a></sup>.</p>'
)


@dataclass
class Course:
    """Three lessons: the first cites a fact and links a term, the last is not translated."""

    module: Module
    first: Lesson
    second: Lesson
    last: Lesson

    def url(self, lesson: Lesson | None = None, *, language: str = "en") -> str:
        return f"/{language}/learn/{self.module.key}/{(lesson or self.first).key}/"


def make_course() -> Course:
    module = make_module(key="living-resources", title=words("Living Resources", "Живи ресурси"))
    make_fact(module.programme, "F42")
    make_term(module, "humus", term="Humus", definition="Dark matter of old plants.")
    first = make_lesson(module, "soil-is-alive", languages=())
    make_lesson_revision(first, "en", title="Soil is alive", html=SOIL, facts=["F42"])
    make_lesson_revision(first, "bg", title="Почвата е жива", html=SOIL, facts=["F42"])
    second = make_lesson(module, "feeding-the-soil", languages=())
    make_lesson_revision(second, "en", title="Feeding the soil")
    make_lesson_revision(second, "bg", title="Да храним почвата")
    last = make_lesson(module, "every-drop-counts", languages=())
    make_lesson_revision(last, "en", title="Every drop counts")
    return Course(module, first, second, last)


def html_of(response: HttpResponse) -> str:
    return response.content.decode()


def text_of(response: HttpResponse) -> str:
    """The words of a page, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html_of(response))).split())
