"""Many invented people with plausible progress, for load tests: facts in bulk, then counted like all others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import QuerySet, Value

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit
from lms.progress.services import recount
from lms.publishing.course import CourseModule, read_course
from lms.publishing.invented import require_not_production
from lms.publishing.seed_weeks import Facts, ModulePlan, invent_weeks, plan_module
from lms.shared.clock import start_of_day
from lms.shared.refusals import Refusal
from quizzes.models import Attempt, Mark, Response

BATCH = 500
GIVEN = "Ana Boris Chara Dimo Eleni Filip Galya Hana Iva Jana Kiril Lena Marko Nina Ognyan Petra Rada Stefan Toma Vera"
FAMILY = "Kolev Markou Novak Horvat Ivanova Dvorak Nagy Petrou Szabo Angelov Christou Benes Toth Minev Georgiou Kral"


class NoCohort(Refusal):
    """`details`: cohort, the code that nobody has."""

    code: ClassVar[str] = "no_cohort"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was written by this call."""

    people: int
    lessons: int
    attempts: int
    responses: int


def seed_load(*, learners: int, cohort_code: str, now: datetime) -> Iterator[Seeded]:
    """Bring the cohort to so many seeded people, earlier ones included. Yields after each batch, then recounts.

    Each batch is a transaction of its own: one for all would keep every other writer out for a minute.
    Raises NotInProduction, NoCohort.
    """
    require_not_production()
    cohort = Cohort.objects.select_related("programme").filter(code=cohort_code).first()
    if cohort is None:
        raise NoCohort(cohort=cohort_code)
    plans = [_plan(part, cohort) for part in read_course(cohort.programme)]
    there = _seeded(cohort).count()
    for start in range(there, learners, BATCH):
        yield _seed_batch(cohort, plans, range(start, min(start + BATCH, learners)), now)
    recount(programme=cohort.programme, now=now)


def _seeded(cohort: Cohort) -> QuerySet[User]:
    return User.objects.filter(is_demo=True, email__startswith=f"seed-{cohort.code}-")


def _plan(part: CourseModule, cohort: Cohort) -> ModulePlan:
    """From when on people come to a module: the day it opens, or an even share of the cohort's time."""
    line = CohortModule.objects.filter(cohort=cohort, module=part.module).first()
    share = (cohort.ends_on - cohort.starts_on) * (part.module.position - 1) / max(cohort.programme.modules.count(), 1)
    opens_on = line.opens_on if line and line.opens_on else cohort.starts_on + timedelta(days=share.days)
    return plan_module(part, start_of_day(opens_on, cohort.timezone))


@transaction.atomic
def _seed_batch(cohort: Cohort, plans: list[ModulePlan], numbers: range, now: datetime) -> Seeded:
    joined = min(start_of_day(cohort.starts_on, cohort.timezone), now)
    people = User.objects.bulk_create(_person(cohort, number) for number in numbers)
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, learner=person, joined_at=joined) for person in people)
    facts = Facts()
    for person in people:
        invent_weeks(person, plans, now=now, rng=Random(person.email), into=facts)  # noqa: S311  no secret
    LessonVisit.objects.bulk_create(facts.visits)
    Attempt.objects.bulk_create(facts.attempts)
    CompletionRecord.objects.bulk_create(facts.completions)
    Response.objects.bulk_create(facts.responses)
    _mark_all(people)
    return Seeded(len(people), len(facts.visits), len(facts.attempts), len(facts.responses))


def _mark_all(people: Sequence[User]) -> None:
    """The mark of each answer, from the score that stands on it. In the database: objects take twice as long."""
    answers = Response.objects.filter(attempt__learner__in=people).annotate(reason=Value(""))
    scores = answers.values_list("pk", "score", "saved_at", "item__question_revision", "reason")
    query, parameters = scores.query.sql_with_params()
    columns = "response_id, score, given_at, question_revision_id, reason"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Mark._meta.db_table} ({columns}) {query}", parameters)


def _person(cohort: Cohort, number: int) -> User:
    rng = Random(number)  # noqa: S311  no secret
    name = f"{rng.choice(GIVEN.split())} {rng.choice(FAMILY.split())} {number + 1}"
    return User(
        email=f"seed-{cohort.code}-{number + 1:06}@example.org",
        display_name=name,
        language=cohort.language,
        password=make_password(None),
        is_demo=True,
        wants_reminders=False,  # a load test of pages must not be one of the mail server
    )
