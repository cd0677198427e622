"""A module's folder: module.yaml, its lessons, its quizzes, its stories and what it holds for the farm."""

from dataclasses import dataclass
from decimal import Decimal

from modules.package.digest import content_of, digest_of
from modules.package.fields import Part
from modules.package.frameworks import read_esco
from modules.package.lessons import LessonDraft, read_lesson
from modules.package.questions import competence
from modules.package.quizzes import read_quiz
from modules.package.reading import Reading
from modules.package.schema import (
    EscoSource,
    FactSource,
    LessonSource,
    ModuleSource,
    PartSource,
    QuizSource,
    Words,
)
from modules.package.wording import source_names

OUTCOMES = (5, 8)


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """A module whose lessons are not linked to the rest of the package yet."""

    key: str
    position: int
    title: Words
    summary: Words
    outcomes: tuple[Words, ...]
    hours: Decimal
    field_hours: Decimal
    competences: tuple[str, ...]
    sdgs: tuple[int, ...]
    eqf: int | None
    esco: tuple[EscoSource, ...]
    lessons: tuple[LessonDraft, ...]
    final_quiz: str
    folder: str
    form: Part

    def with_parts(
        self,
        lessons: tuple[LessonSource, ...],
        quizzes: tuple[QuizSource, ...],
        calculators: tuple[PartSource, ...],
        tasks: tuple[PartSource, ...],
        stories: tuple[PartSource, ...],
    ) -> ModuleSource:
        words = (
            self.title,
            self.summary,
            self.outcomes,
            self.hours,
            self.field_hours,
            self.competences,
            self.sdgs,
            self.eqf,
            self.esco,
        )
        digest = digest_of(content_of([*words]))
        return ModuleSource(
            self.key,
            self.position,
            *words,
            lessons,
            quizzes,
            calculators,
            tasks,
            stories,
            digest,
            self.form.where,
            self.form.line_of("key"),
        )


def folders_named(reading: Reading, part: Part, name: str, inside: str) -> list[str]:
    """The folders that a list names, each with a slash at its end; a missing one is a problem at its line."""
    there = reading.folder.folders(inside)
    found = []
    for text, line in part.texts(name):
        if text in there:
            found.append(f"{inside}{text}/")
        else:
            reading.problems.error(
                part.where,
                line,
                part.named(name),
                f"There is no folder “{inside}{text}”.",
                "Add it, or correct the name.",
            )
    for text in there:
        if f"{inside}{text}/" not in found:
            reading.folder.use_all(f"{inside}{text}/")
            reading.problems.warning(
                f"{inside}{text}",
                0,
                "",
                f"The folder is not listed in {part.where}.",
                f"Add it to “{name}”, or take it away.",
            )
    return found


def read_module(reading: Reading, folder: str, position: int) -> ModuleDraft | None:
    form = reading.form(f"{folder}module.yaml")
    if form is None:
        reading.folder.use_all(folder)
        reading.unread.update(("module", "lesson"))
        return None
    key = form.key(reserved=True)
    reading.take(form, key, "module")
    languages, source = reading.languages, reading.source
    title, summary = (
        form.words("title", languages, source, limit=200),
        form.words("summary", languages, source, limit=1_000),
    )
    outcomes = tuple(part.as_words(languages, source, limit=400) for part in form.parts("outcomes"))
    if outcomes and not OUTCOMES[0] <= len(outcomes) <= OUTCOMES[1]:
        form.warning("outcomes", f"{len(outcomes)} outcomes.", f"{OUTCOMES[0]} to {OUTCOMES[1]} can be remembered.")
    hours = form.decimal("hours", low="0", high="999", places=2)
    field_hours = form.decimal("field_hours", low="0", high="999", places=2, needed=False)
    competences = tuple(
        text for text, _ in form.texts("competences", needed=False) if competence(form, "competences", text)
    )
    sdgs, eqf = _sdgs(form), form.whole("eqf", low=1, high=8, needed=False) or None
    esco = read_esco(form)
    folders = folders_named(reading, form, "lessons", f"{folder}lessons/")
    lessons = tuple(lesson for place, name in enumerate(folders, 1) if (lesson := read_lesson(reading, name, place)))
    final_quiz = form.text("final_quiz")
    form.finish()
    return ModuleDraft(
        key,
        position,
        title,
        summary,
        outcomes,
        hours,
        field_hours,
        competences,
        sdgs,
        eqf,
        esco,
        lessons,
        final_quiz,
        folder,
        form,
    )


def _sdgs(form: Part) -> tuple[int, ...]:
    """The Sustainable Development Goals have the numbers 1 to 17."""
    found = []
    for text, _ in form.texts("sdgs", needed=False):
        if text in {str(number) for number in range(1, 18)}:
            found.append(int(text))
        else:
            form.error("sdgs", f"“{text}” is not the number of a goal.", "Write numbers from 1 to 17.")
    return tuple(found)


def read_quizzes(
    reading: Reading, module: ModuleDraft, lessons: list[str], facts: dict[str, FactSource]
) -> tuple[QuizSource, ...]:
    """All quizzes of the module's folder. One of them, and only that one, is the final quiz that module.yaml names."""
    folder = f"{module.folder}quizzes/"
    found = [
        quiz
        for name in source_names(reading, folder)
        if (quiz := read_quiz(reading, folder, name, lessons, facts, len(module.outcomes)))
    ]
    finals = [quiz for quiz in found if quiz.purpose == "final"]
    if module.final_quiz and "quiz" not in reading.unread and module.final_quiz not in {quiz.key for quiz in finals}:
        module.form.error(
            "final_quiz",
            f"There is no quiz with the key “{module.final_quiz}” and “purpose: final” in {folder}",
            "Add it, or correct the key.",
        )
    for quiz in finals:
        if module.final_quiz and quiz.key != module.final_quiz:
            reading.problems.error(
                quiz.file,
                quiz.line,
                "purpose",
                "A second final quiz in one module.",
                f"{module.form.where} names “{module.final_quiz}”; make this one practice.",
            )
    return tuple(found)
