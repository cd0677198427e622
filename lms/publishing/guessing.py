"""Could somebody pass by habit, without reading? Counted over all questions of a package. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from modules.package.problems import PackageProblem
from modules.package.schema import Package, QuestionSource

# Fewer questions than this cannot tell a habit from chance.
ENOUGH = 40
# A habit pays when it hits more often than chance by three standard deviations (about one case in 700 by chance).
DEVIATIONS = 3.0


@dataclass(frozen=True, slots=True)
class Habit:
    """A way to guess: `hits` of `asked` questions, where blind choice would get `expected` with deviation `spread`."""

    name: str
    asked: int
    hits: float
    expected: float
    spread: float

    @property
    def pays(self) -> bool:
        return self.asked >= ENOUGH and self.hits > self.expected + DEVIATIONS * self.spread


def habits(package: Package) -> list[Habit]:
    """Place, longest and shortest text in each language, and always true or always false."""
    questions = [question for module in package.modules for quiz in module.quizzes for question in quiz.questions]
    single = [question.body["choices"] for question in questions if question.kind == "single_choice"]
    most = max((len(choices) for choices in single), default=0)
    found = [
        _habit(f"place {place} of the choices", [_in_place(each, place) for each in single])
        for place in range(1, most + 1)
    ]
    for language in package.languages:
        found.append(_habit(f"the longest choice ({language})", [_of_length(each, language, max) for each in single]))
        found.append(_habit(f"the shortest choice ({language})", [_of_length(each, language, min) for each in single]))
    return [*found, *_truths(questions)]


def guessing_problems(package: Package) -> Iterator[PackageProblem]:
    for habit in habits(package):
        if habit.pays:
            got = f"{habit.hits:.0f} of {habit.asked} right; chance gives {habit.expected:.0f}"
            hint = "Move right answers, or change the length of wrong ones."
            yield PackageProblem("package.yaml", 0, "", f"Whoever always takes {habit.name} gets {got}.", hint)


def _habit(name: str, chances: Iterable[tuple[float, float]]) -> Habit:
    """`chances`: for each question the hit (a share where the habit fits several choices) and that of blind choice."""
    each = list(chances)
    spread = sqrt(sum(blind * (1 - blind) for _, blind in each))
    return Habit(name, len(each), sum(hit for hit, _ in each), sum(blind for _, blind in each), spread)


def _in_place(choices: list[dict[str, Any]], place: int) -> tuple[float, float]:
    hit = place <= len(choices) and choices[place - 1]["right"]
    return float(hit), 1 / len(choices) if place <= len(choices) else 0.0


def _of_length(choices: list[dict[str, Any]], language: str, pick: Any) -> tuple[float, float]:
    lengths = [len(choice["text"].get(language, "")) for choice in choices]
    picked = [choice for choice, length in zip(choices, lengths, strict=True) if length == pick(lengths)]
    return sum(choice["right"] for choice in picked) / len(picked), 1 / len(choices)


def _truths(questions: list[QuestionSource]) -> list[Habit]:
    answers = [question.body["answer"] for question in questions if question.kind == "true_false"]
    return [
        _habit(f"“{name}” in true/false questions", [(float(answer is said), 0.5) for answer in answers])
        for name, said in (("true", True), ("false", False))
    ]
