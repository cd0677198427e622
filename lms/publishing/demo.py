"""Invented people to try the service with. Their quizzes go through the same verbs as those of real people.

Their lessons are written together and counted once: one by one they took most of the first start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from lms.cohorts.models import Cohort
from lms.cohorts.services import Days, create_cohort, enrol, reschedule
from lms.people.models import User
from lms.people.services import register
from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.services import open_lesson, refresh_module, start_quiz, submit_quiz
from lms.publishing.course import CourseModule, Final, read_course, text_in
from lms.publishing.demo_file import Deed, Demo, Invented, InventedCohort, read_demo
from lms.publishing.invented import NoProgramme, require_not_production
from lms.publishing.invented_answers import answers_worth, asked_of
from lms.shared.clock import local_date
from modules.models import LessonRevision, Programme
from quizzes.models import Attempt
from quizzes.services import save_response


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many were made by this call; all zero when everything was there."""

    people: int
    cohorts: int
    lessons: int
    attempts: int


@transaction.atomic
def load_demo(*, path: Path, now: datetime) -> Loaded:
    """Make the people and cohorts of `path` that are not there yet; leave alone those that are.

    Days are counted from `now`, so that one module is due soon. Somebody's past is invented once, when they are made.
    Raises NotInProduction, NoProgramme.
    """
    require_not_production()
    demo = read_demo(path)
    programme = Programme.objects.filter(key=demo.programme).first()
    if programme is None:
        raise NoProgramme(programme=demo.programme)
    builder = _Builder(demo, read_course(programme), now)
    for person in demo.staff:
        builder.person(person)
    for invented in demo.cohorts:
        builder.cohort(invented)
    return Loaded(builder.people, builder.cohorts, builder.lessons, builder.attempts)


class _Builder:
    """Keeps count while it goes through the file."""

    def __init__(self, demo: Demo, course: list[CourseModule], now: datetime) -> None:
        self.demo, self.course, self.now = demo, course, now
        self.people = self.cohorts = self.lessons = self.attempts = 0

    def person(self, invented: Invented, since: datetime | None = None) -> tuple[User, bool]:
        """The account, and whether it was made now."""
        if found := User.objects.filter(email=invented.email).first():
            return found, False
        made = register(
            email=invented.email,
            name=invented.name,
            role=invented.role,
            language=invented.language,
            password=self.demo.password if invented.can_sign_in else None,
            now=since or self.now,
            is_demo=True,
        )
        self.people += 1
        return made, True

    def cohort(self, invented: InventedCohort) -> None:
        cohort = Cohort.objects.filter(code=invented.code).first() or self._make_cohort(invented)
        for trainee in invented.trainees:
            joined = self._moment(cohort, trainee.joined, time(9, 30))
            person, is_new = self.person(trainee, since=joined)
            if is_new:
                enrol(cohort=cohort, learner=person, now=joined)
                _Past(self, cohort, trainee, person).live_through()

    def _make_cohort(self, invented: InventedCohort) -> Cohort:
        today = local_date(self.now, invented.timezone)
        founded = self.now + timedelta(days=invented.starts - 10)
        cohort = create_cohort(
            code=invented.code,
            name=invented.name,
            programme_key=self.demo.programme,
            starts_on=today + timedelta(days=invented.starts),
            ends_on=today + timedelta(days=invented.ends),
            timezone=invented.timezone,
            language=invented.language,
            trainers=[User.objects.get(email=invented.trainer)],
            by=None,
            now=founded,
        )
        days = {
            part.module.key: Days(today + timedelta(days=opens), today + timedelta(days=due))
            for part, (opens, due) in zip(self.course, invented.timetable, strict=False)
        }
        reschedule(cohort=cohort, days=days, by=None, now=founded)
        self.cohorts += 1
        return cohort

    def _moment(self, cohort: Cohort, day: int, hour: time) -> datetime:
        return _at(local_date(self.now, cohort.timezone) + timedelta(days=day), hour, cohort.timezone)


def _at(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone))


class _Past:
    """One invented person's weeks, step by step, never later than now. The same person always does the same."""

    def __init__(self, builder: _Builder, cohort: Cohort, invented: Invented, person: User) -> None:
        self.builder, self.cohort, self.invented, self.person = builder, cohort, invented, person
        self.rng = Random(invented.email)  # noqa: S311  no secret
        self.today = local_date(builder.now, cohort.timezone)
        self.clock = _at(self.today + timedelta(days=invented.joined), time(10), cohort.timezone)

    def live_through(self) -> None:
        for deed in self.invented.deeds:
            if deed.module <= len(self.builder.course):
                self._do(deed, self.builder.course[deed.module - 1])

    def _do(self, deed: Deed, part: CourseModule) -> None:
        self._sit_down(deed.day)
        chosen = part.lessons if deed.lessons is None else part.lessons[: deed.lessons]
        self._study(part, chosen)
        if deed.peek and len(chosen) < len(part.lessons):
            open_lesson(
                learner=self.person, revision=text_in(part.lessons[len(chosen)], self.person.language), now=self.clock
            )
        if part.final is None:
            return
        for place, share in enumerate(deed.tries):
            self._sit_down(deed.day + 1 + 2 * place)
            self._try(part.final, share)
        if deed.unfinished:
            self._leave_open(part.final)

    def _sit_down(self, day: int) -> None:
        """Go on to an evening or lunch break of that day, if it is still to come."""
        evening = time(self.rng.choice([7, 12, 13, 18, 19, 20]), self.rng.randrange(60))
        self._go_on_to(_at(self.today + timedelta(days=day), evening, self.cohort.timezone))

    def _pass_minutes(self, least: int, most: int) -> None:
        self._go_on_to(self.clock + timedelta(minutes=self.rng.randint(least, most), seconds=self.rng.randrange(60)))

    def _go_on_to(self, moment: datetime) -> None:
        self.clock = max(self.clock, min(moment, self.builder.now - timedelta(minutes=1)))

    def _study(self, part: CourseModule, chosen: Sequence[Mapping[str, LessonRevision]]) -> None:
        """Lesson after lesson, counted once at the end: as open_lesson and complete_lesson would have left it."""
        if not chosen:
            return
        visits, completions = [], []
        for texts in chosen:
            revision = text_in(texts, self.person.language)
            known = {"learner": self.person, "lesson": revision.lesson}
            visits.append(LessonVisit(**known, revision=revision, first_at=self.clock, last_at=self.clock))
            self._pass_minutes(8, 20)
            done = {"lesson_revision": revision, "edition": revision.edition, "completed_at": self.clock}
            completions.append(CompletionRecord(**known, **done))
            self._pass_minutes(2, 30)
        LessonVisit.objects.bulk_create(visits, ignore_conflicts=True)
        CompletionRecord.objects.bulk_create(completions, ignore_conflicts=True)
        refresh_module(learner=self.person, module=part.module, now=self.clock)
        self.builder.lessons += len(chosen)

    def _try(self, final: Final, share: Decimal) -> None:
        attempt = self._start(final)
        asked = asked_of(final.items, attempt.drawn)
        answers = answers_worth(asked, share, final.revision.pass_mark, self.rng)
        self._pass_minutes(6, 18)
        submit_quiz(attempt=attempt, answers=answers, now=self.clock)

    def _leave_open(self, final: Final) -> None:
        attempt = self._start(final)
        asked = asked_of(final.items, attempt.drawn)
        answers = answers_worth(asked, Decimal(1), final.revision.pass_mark, self.rng)
        for position in sorted(answers)[:2]:
            self._pass_minutes(1, 3)
            save_response(attempt=attempt, position=position, answer=answers[position], version=None, now=self.clock)

    def _start(self, final: Final) -> Attempt:
        self.builder.attempts += 1
        language = self.person.language or self.cohort.language
        return start_quiz(learner=self.person, quiz_key=final.quiz.key, language=language, now=self.clock)
