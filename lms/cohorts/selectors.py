"""Questions about cohorts: whose they are, when their modules open and are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from lms.cohorts.invitations import VALID
from lms.cohorts.models import Cohort, CohortModule, Enrolment, Invitation
from lms.people.models import User
from lms.shared.clock import local_date
from lms.shared.languages import Said, said
from modules.querysets import live_modules


@dataclass(frozen=True, slots=True)
class CohortCard:
    """One cohort in a trainer's list. `week` of `weeks`: 0 before it starts, `weeks` + 1 when it is over."""

    id: int
    code: str
    name: str
    starts_on: date
    ends_on: date
    timezone: str
    today: date
    size: int
    week: int
    weeks: int

    @property
    def has_started(self) -> bool:
        return self.week >= 1

    @property
    def is_over(self) -> bool:
        return self.week > self.weeks

    @property
    def is_running(self) -> bool:
        return self.has_started and not self.is_over


@dataclass(frozen=True, slots=True)
class TimetableLine:
    """One live module of a cohort and its days in the cohort's zone; None: open from the start, never due."""

    module_id: int
    key: str
    position: int
    title: Said
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Trainer:
    id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """`state`: sent, accepted, expired or cancelled. `on`: the day of the last change, in the cohort's zone."""

    id: UUID
    email: str
    state: str
    on: date
    expires_on: date
    invited_by: str


def week_of(cohort: Cohort, today: date) -> tuple[int, int]:
    """(week, weeks): the first day is week 1; 0 before it, weeks + 1 after the last day."""
    weeks = (cohort.ends_on - cohort.starts_on).days // 7 + 1
    if today < cohort.starts_on:
        return 0, weeks
    if today > cohort.ends_on:
        return weeks + 1, weeks
    return (today - cohort.starts_on).days // 7 + 1, weeks


def my_cohorts(user: User, now: datetime) -> list[CohortCard]:
    """What the person trains, newest start first; an operator's are all. One query."""
    cohorts = Cohort.objects.all()
    if not user.is_operator:
        # A subquery: filtering the many-to-many and counting enrolments in one statement would multiply rows.
        cohorts = cohorts.filter(pk__in=user.trained_cohorts.values("pk")) if user.is_trainer else cohorts.none()
    cohorts = cohorts.annotate(size=Count("enrolments", filter=Q(enrolments__ended_at__isnull=True)))
    return [_card(cohort, now) for cohort in cohorts.order_by("-starts_on", "name")]


def _card(cohort: Cohort, now: datetime) -> CohortCard:
    today = local_date(now, cohort.timezone)
    week, weeks = week_of(cohort, today)
    size: int = cohort.size  # type: ignore[attr-defined]  # annotated above
    return CohortCard(
        cohort.pk, cohort.code, cohort.name, cohort.starts_on, cohort.ends_on, cohort.timezone, today, size, week, weeks
    )


def timetable(cohort: Cohort, language: str) -> tuple[TimetableLine, ...]:
    """Every live module, also one that was published after the cohort began and has no line yet. One query."""
    line = CohortModule.objects.filter(cohort=cohort, module=OuterRef("pk"))
    rows = (
        live_modules()
        .filter(programme_id=cohort.programme_id)
        .annotate(opens=Subquery(line.values("opens_on")), due=Subquery(line.values("due_on")))
        .order_by("position", "pk")
        .values_list("pk", "key", "title", "opens", "due")
    )
    return tuple(
        TimetableLine(pk, key, place, said(title, language), opens_on, due_on)
        for place, (pk, key, title, opens_on, due_on) in enumerate(rows, start=1)
    )


def trainers_of(cohort: Cohort) -> list[Trainer]:
    return [
        Trainer(person.pk, person.name, person.email) for person in cohort.trainers.order_by("display_name", "email")
    ]


def invitations(cohort: Cohort, now: datetime) -> list[InvitationLine]:
    """Newest first. One query."""
    rows = Invitation.objects.filter(cohort=cohort).select_related("invited_by").order_by("-created_at", "email")
    return [_invitation(row, cohort.timezone, now) for row in rows]


def _invitation(row: Invitation, zone: str, now: datetime) -> InvitationLine:
    if row.accepted_at:
        state, moment = "accepted", row.accepted_at
    elif row.cancelled_at:
        state, moment = "cancelled", row.cancelled_at
    elif row.expires_at <= now:
        state, moment = "expired", row.expires_at
    else:
        state, moment = "sent", row.expires_at - VALID
    by = row.invited_by.name if row.invited_by else ""
    return InvitationLine(row.pk, row.email, state, local_date(moment, zone), local_date(row.expires_at, zone), by)


def cohort_by_code(code: str) -> Cohort | None:
    """For commands of the operator, who may reach every cohort."""
    return Cohort.objects.select_related("programme").filter(code=code).first()


def enrolled_emails(cohort: Cohort, emails: Sequence[str]) -> frozenset[str]:
    """Which of these addresses study in the cohort now."""
    active = Enrolment.objects.filter(cohort=cohort, ended_at__isnull=True, learner__email__in=list(emails))
    return frozenset(active.values_list("learner__email", flat=True))
