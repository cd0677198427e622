"""The weeks of one seeded person as rows that are not written yet: lessons, attempts, answers, completions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit
from lms.publishing.course import CourseModule, Final, text_in
from lms.publishing.invented_answers import Answer, answers_worth, asked_of
from quizzes.drawing import draw
from quizzes.marking import Entry, Marked, mark
from quizzes.models import Attempt, AttemptState, Response

SHEETS = 12  # so many different ways of answering each quiz well, and as many badly
NEVER_STARTS = 0.08
LAST_TRY = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One way of answering a whole quiz, marked by the same rules as a real one."""

    drawn: list[int] | None
    answers: dict[int, Answer]
    marked: Marked


@dataclass(frozen=True, slots=True)
class ModulePlan:
    part: CourseModule
    opens_at: datetime
    good: list[Sheet]
    bad: list[Sheet]


@dataclass(slots=True)
class Facts:
    visits: list[LessonVisit] = field(default_factory=list)
    completions: list[CompletionRecord] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)


def plan_module(part: CourseModule, opens_at: datetime) -> ModulePlan:
    if part.final is None:
        return ModulePlan(part, opens_at, [], [])
    pass_mark = part.final.revision.pass_mark
    good = [_sheet(part.final, pass_mark + (1 - pass_mark) * place / SHEETS, place) for place in range(SHEETS)]
    bad = [_sheet(part.final, pass_mark * place / (SHEETS + 1), place) for place in range(SHEETS // 3, SHEETS)]
    return ModulePlan(part, opens_at, good, bad)


def _sheet(final: Final, share: Decimal, seed: int) -> Sheet:
    drawn = _drawn(final, seed)
    asked = asked_of(final.items, drawn)
    answers = answers_worth(asked, share, final.revision.pass_mark, Random(seed))  # noqa: S311  no secret
    entries = [
        Entry(
            position=item.position,
            kind=item.question_revision.question.kind,
            body=item.question_revision.body,
            points=item.points,
            answer=answers[item.position],
        )
        for item in asked
    ]
    return Sheet(drawn, answers, mark(entries, final.revision.pass_mark))


def _drawn(final: Final, seed: int) -> list[int] | None:
    if not final.revision.draw:
        return None
    pool = {item.position: item.question_revision.body.get("lesson") for item in final.items}
    return draw(pool, final.revision.draw, str(seed))


def invent_weeks(person: User, plans: Sequence[ModulePlan], *, now: datetime, rng: Random, into: Facts) -> None:
    """One module after the other, some days late each time, until today or until the person stops."""
    if rng.random() < NEVER_STARTS:
        return
    skill, lateness = rng.betavariate(4, 2), rng.expovariate(1 / 5)
    gives_up_before = rng.choice([2, 3, *[len(plans) + 1] * 6])
    last: CompletionRecord | None = None
    for number, plan in enumerate(plans, start=1):
        begins = plan.opens_at + timedelta(days=lateness + rng.random() * 4, hours=rng.randint(7, 20))
        if number >= gives_up_before or begins >= now:
            return
        last = _invent_module(person, plan, begins, now, skill, rng, into)
        if last is None:
            return
    if last and plans:
        programme = plans[0].part.module.programme
        into.completions.append(_completed(person, last.completed_at, programme=programme))


def _invent_module(
    person: User, plan: ModulePlan, begins: datetime, now: datetime, skill: float, rng: Random, into: Facts
) -> CompletionRecord | None:
    """The record of the module's completion, or None when it was not completed by now."""
    moment = begins
    for texts in plan.part.lessons:
        if moment >= now:
            return None
        revision = text_in(texts, person.language)
        done = moment + timedelta(minutes=rng.randint(6, 25))
        into.visits.append(
            LessonVisit(
                learner=person, lesson=revision.lesson, revision=revision, first_at=moment, last_at=min(done, now)
            )
        )
        if done >= now:
            return None
        into.completions.append(
            _completed(person, done, lesson=revision.lesson, lesson_revision=revision, edition=revision.edition)
        )
        moment = done + timedelta(hours=rng.random() * 30)
    passed = moment if plan.part.final is None else _invent_tries(person, plan, moment, now, skill, rng, into)
    if passed is None:
        return None
    into.completions.append(_completed(person, passed, module=plan.part.module))
    return into.completions[-1]


def _invent_tries(
    person: User, plan: ModulePlan, moment: datetime, now: datetime, skill: float, rng: Random, into: Facts
) -> datetime | None:
    """When the final quiz was passed, or None."""
    final = plan.part.final
    assert final is not None  # noqa: S101  asked by the caller
    for number in range(1, LAST_TRY + 1):
        moment += timedelta(hours=rng.random() * 40)
        ended = moment + timedelta(minutes=rng.randint(5, 20))
        if ended >= now:
            return None
        passes = rng.random() < skill + 0.15 * (number - 1)
        attempt = _invent_attempt(person, final, number, rng.choice(plan.good if passes else plan.bad), moment, into)
        attempt.submitted_at = ended
        if attempt.passed:
            into.completions.append(_completed(person, ended, quiz=final.quiz, attempt=attempt))
            return ended
        moment = ended
    return None


def _invent_attempt(person: User, final: Final, number: int, sheet: Sheet, started: datetime, into: Facts) -> Attempt:
    attempt = Attempt(
        learner=person,
        quiz=final.quiz,
        revision=final.revision,
        number=number,
        state=AttemptState.SUBMITTED,
        language=person.language,
        drawn=sheet.drawn,
        started_at=started,
        score=sheet.marked.score,
        passed=sheet.marked.passed,
    )
    into.attempts.append(attempt)
    for item in asked_of(final.items, sheet.drawn):
        share = sheet.marked.shares[item.position]
        answer = sheet.answers[item.position]
        into.responses.append(Response(attempt=attempt, item=item, answer=answer, saved_at=started, score=share))
    return attempt


def _completed(person: User, moment: datetime, **target: object) -> CompletionRecord:
    return CompletionRecord(learner=person, completed_at=moment, **target)
