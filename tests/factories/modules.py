"""Rows of `modules`, with defaults. Plain functions; every call makes new keys."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from modules.models import (
    Fact,
    GlossaryTerm,
    GuidePage,
    Lesson,
    LessonRevision,
    Module,
    Programme,
    Release,
    Story,
)

IMPORTED = datetime(2027, 1, 4, 6, 0, tzinfo=UTC)
_number = count(1)


def words(english: str, bulgarian: str = "") -> dict[str, str]:
    return {"en": english, "bg": bulgarian or f"{english} (bg)"}


def make_programme(key: str = "", **fields: Any) -> Programme:
    number = next(_number)
    defaults: dict[str, Any] = {
        "key": key or f"programme-{number}",
        "title": words(f"Programme {number}", f"Програма {number}"),
        "summary": words("About farming"),
        "languages": ["en", "bg"],
        "source_language": "en",
        "licence": "CC-BY-SA-4.0",
        "credits": words("Written for tests"),
    }
    return Programme.objects.create(**{**defaults, **fields})


def make_release(programme: Programme | None = None, **fields: Any) -> Release:
    number = next(_number)
    defaults: dict[str, Any] = {"version": number, "digest": f"release-{number}", "imported_at": IMPORTED}
    return Release.objects.create(programme=programme or make_programme(), **{**defaults, **fields})


def make_module(programme: Programme | None = None, key: str = "", *, lessons: int = 0, **fields: Any) -> Module:
    """A module with so many lessons."""
    number = next(_number)
    programme = programme or make_programme()
    defaults: dict[str, Any] = {
        "key": key or f"module-{number}",
        "position": programme.modules.count() + 1,
        "title": words(f"Module {number}", f"Модул {number}"),
        "summary": words("What this module is about"),
        "outcomes": [words("Describe a healthy soil")],
        "hours": Decimal("2.5"),
        "field_hours": Decimal(3),
        "competences": ["greencomp:2.1"],
        "sdgs": [15],
        "eqf": 3,
        "digest": f"module-{number}",
    }
    module = Module.objects.create(programme=programme, **{**defaults, **fields})
    for _ in range(lessons):
        make_lesson(module)
    return module


def make_lesson(
    module: Module | None = None, key: str = "", *, languages: tuple[str, ...] = ("en", "bg"), **fields: Any
) -> Lesson:
    """A lesson with a live revision in each of these languages."""
    number = next(_number)
    module = module or make_module()
    defaults: dict[str, Any] = {
        "key": key or f"lesson-{number}",
        "position": module.lessons.count() + 1,
        "minutes": 12,
    }
    lesson = Lesson.objects.create(module=module, **{**defaults, **fields})
    for language in languages:
        make_lesson_revision(lesson, language)
    return lesson


def make_lesson_revision(
    lesson: Lesson, language: str = "en", *, is_live: bool = True, **fields: Any
) -> LessonRevision:
    """One more text of a lesson; the one that was live no longer is."""
    number = next(_number)
    release = Release.objects.filter(programme=lesson.module.programme).first() or make_release(lesson.module.programme)
    if is_live:
        lesson.revisions.filter(language=language, is_live=True).update(is_live=False)
    defaults: dict[str, Any] = {
        "digest": f"text-{number}",
        "edition": lesson.edition,
        "title": f"Lesson {number} {language}",
        "summary": "One sentence",
        "objectives": ["Name three services of living soil"],
        "source": "Soil is alive.",
        "html": "<p>Soil is alive.</p>",
        "toc": [],
        "words": 3,
        "facts": [],
    }
    return LessonRevision.objects.create(
        lesson=lesson, language=language, is_live=is_live, release=release, **{**defaults, **fields}
    )


def live_revision(lesson: Lesson, language: str = "en") -> LessonRevision:
    return lesson.revisions.select_related("lesson__module__programme").get(language=language, is_live=True)


def make_term(module: Module, key: str = "", language: str = "en", **fields: Any) -> GlossaryTerm:
    number = next(_number)
    defaults: dict[str, Any] = {
        "key": key or f"term-{number}",
        "term": f"Term {number}",
        "definition": "What the word means.",
        "example": "A sentence from a farm.",
        "digest": f"term-{number}",
    }
    return GlossaryTerm.objects.create(
        programme=module.programme, module=module, language=language, **{**defaults, **fields}
    )


def make_fact(programme: Programme, number: str = "F42", **fields: Any) -> Fact:
    defaults: dict[str, Any] = {
        "statement": words("Most soils in the EU are in poor condition.", "Повечето почви в ЕС са в лошо състояние."),
        "value": "60–70",
        "unit": "%",
        "as_of": "2023",
        "status": "V",
        "source": "COM(2023) 416",
        "digest": f"fact-{number}",
    }
    return Fact.objects.create(programme=programme, number=number, **{**defaults, **fields})


STORY: dict[str, Any] = {
    "title": words("The wet field", "Мократа нива"),
    "summary": words("It rained and the tractor waits.", "Валя, а тракторът чака."),
    "minutes": 6,
    "speakers": [{"key": "mira", "name": words("Mira", "Мира"), "role": words("apprentice", "ученичка")}],
    "scenes": [
        {
            "key": "morning",
            "speaker": None,
            "ending": False,
            "text": {"en": "Puddles stand in the field.\n\nThe seed is ordered.", "bg": "По нивата има локви."},
            "choices": [
                {
                    "key": "drive",
                    "text": words("Drive at once", "Тръгнете веднага"),
                    "to": "talk",
                    "effects": {"people": 1, "nature": -2, "money": 0},
                    "because": words("The wheels leave ruts.", "Колелата оставят следи."),
                },
                {
                    "key": "wait",
                    "text": words("Wait two days", "Изчакайте два дни"),
                    "to": "two-days",
                    "effects": {"people": -1, "nature": 2, "money": -1},
                    "because": words("The seed costs a fee.", "Семената струват такса."),
                },
            ],
        },
        {
            "key": "talk",
            "speaker": "mira",
            "ending": False,
            "text": words("Look at the <ruts>!", "Вижте следите!"),
            "choices": [{"key": "go-on", "text": words("Go on", "Напред"), "to": "ruts", "effects": {}, "because": {}}],
        },
        {
            "key": "two-days",
            "speaker": None,
            "ending": True,
            "text": words("The soil crumbles.", "Почвата се рони."),
            "title": words("Two days later", "След два дни"),
            "reflect": words("Who carried the cost?", "Кой понесе цената?"),
            "choices": [],
        },
        {
            "key": "ruts",
            "speaker": None,
            "ending": True,
            "text": {"en": "The barley stays short."},
            "title": {"en": "Ruts"},
            "reflect": {"en": "What would you look at?"},
            "choices": [],
        },
    ],
}


def make_story(module: Module, key: str = "", **fields: Any) -> Story:
    number = next(_number)
    body = dict(STORY)
    listed = {name: body.pop(name) for name in ("title", "summary", "minutes")}
    defaults: dict[str, Any] = {"position": number, **listed, "endings": 2, "body": body, "digest": f"story-{number}"}
    return Story.objects.create(module=module, key=key or f"story-{number}", **{**defaults, **fields})


def make_guide_page(programme: Programme, key: str = "", language: str = "en", **fields: Any) -> GuidePage:
    number = next(_number)
    defaults: dict[str, Any] = {
        "position": number,
        "title": f"Guide {number} {language}",
        "summary": "For the first meeting",
        "source": "Bring a spade.",
        "html": "<p>Bring a spade.</p>",
        "digest": f"guide-{number}",
    }
    return GuidePage.objects.create(
        programme=programme, key=key or f"guide-{number}", language=language, **{**defaults, **fields}
    )
