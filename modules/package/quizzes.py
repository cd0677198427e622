"""A quiz file and its translations: <name>.yaml and <name>.<language>.yaml, side by side."""

from modules.package.digest import digest_of
from modules.package.fields import Part
from modules.package.questions import LOGIC, read_questions
from modules.package.reading import Reading
from modules.package.schema import FactSource, QuestionSource, QuizSource, Words
from modules.package.wording import read_worded

PURPOSES = ("practice", "final")


def read_quiz(
    reading: Reading, folder: str, name: str, lessons: list[str], facts: dict[str, FactSource], outcomes: int
) -> QuizSource | None:
    """`lessons` are the keys of all lessons of the package; `outcomes` is how many the module has."""
    worded = read_worded(reading, folder, name, "quiz", LOGIC)
    if worded is None:
        return None
    key = worded.part.key(reserved=True)
    reading.take(worded.part, key, "quiz")
    title = worded.words("title", limit=200)
    questions = read_questions(worded, lessons, facts, outcomes)
    quiz = _quiz(worded.part, reading, key, title, questions, lessons)
    worded.finish()
    return quiz


def _quiz(
    form: Part, reading: Reading, key: str, title: Words, questions: tuple[QuestionSource, ...], lessons: list[str]
) -> QuizSource:
    purpose = form.choice("purpose", PURPOSES)
    lesson = reading.reference(form, "lesson", "lesson", lessons) or None
    pass_mark = form.decimal("pass_mark", low="0", high="1", places=4)
    attempts = form.whole("attempts_allowed", low=0, high=1000, needed=False, default=0)
    shuffle = form.flag("shuffle", default=False)
    draw = _draw(form, questions)
    parts = [title, pass_mark, attempts, shuffle, *([draw] if draw else [])]
    # The order of the questions is part of a quiz's form: an attempt shows them in it.
    digest = digest_of([*parts, [[question.key, question.points, question.digest] for question in questions]])
    return QuizSource(
        key,
        purpose,
        lesson,
        title,
        pass_mark,
        attempts,
        shuffle,
        draw,
        questions,
        digest,
        form.where,
        form.line_of("key"),
    )


def _draw(form: Part, questions: tuple[QuestionSource, ...]) -> int:
    """How many questions each attempt gets; 0: all. Every draw must weigh the same, or scores could not be compared."""
    if not form.get("draw", needed=False):
        return 0
    draw = form.whole("draw", low=1, high=1000)
    if draw >= len(questions):
        form.error(
            "draw",
            f"{draw} questions cannot be drawn from {len(questions)}.",
            "Write a smaller number, add questions, or take “draw” out: then all are asked.",
        )
    other = next((question for question in questions if question.points != questions[0].points), None)
    if other:
        form.error(
            "draw",
            f"“{other.key}” (line {other.line}) has {other.points} points, “{questions[0].key}” has "
            f"{questions[0].points}.",
            "Give all questions of a quiz that draws the same points.",
        )
    return draw
