"""Questions about reminders: what a cohort was sent, what was held back and why, what comes next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from uuid import UUID

from django.db.models import Count

from lms.cohorts.models import Cohort
from lms.people.models import User
from lms.reminders.concern import Concern
from lms.reminders.kinds import KINDS
from lms.reminders.models import Reminder, ReminderRule, ReminderState
from lms.reminders.stop_link import read_stop_link
from lms.shared.clock import local_date
from lms.shared.languages import in_language
from modules.models import Module

PREVIEW_DAYS = 7
ROWS_ON_A_PAGE = 50
STATES: tuple[str, ...] = tuple(ReminderState.values)


@dataclass(frozen=True, slots=True)
class RuleLine:
    kind: str
    enabled: bool
    days: int


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """`when`: sent, or planned. `because` is a code of lms.reminders.because; `detail` is what the mail server said."""

    learner_id: UUID
    learner: str
    kind: str
    module: str
    due_on: date
    state: str
    because: str
    detail: str
    tries: int
    when: datetime
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class ComingLine:
    """How many people get a reminder on a coming day if nothing changes."""

    day: date
    kind: str
    module: str
    people: int


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """`counts`: state -> rows. `state` is the filter, empty for all. Pages count from 1."""

    rules: tuple[RuleLine, ...]
    counts: Mapping[str, int]
    state: str
    lines: tuple[ReminderLine, ...]
    page: int
    pages: int
    coming: tuple[ComingLine, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def in_doubt(self) -> int:
        """Failed or unknown: what a trainer may want to say by other means."""
        return self.counts[ReminderState.FAILED] + self.counts[ReminderState.UNKNOWN]


def reminder_page(cohort: Cohort, *, language: str, state: str, page: int, now: datetime) -> ReminderPage:
    """At most six queries, whatever the size: rules, counts, rows, one for each kind that is on, titles of modules."""
    rules = _rules(cohort)
    counts = dict(Reminder.objects.filter(enrolment__cohort=cohort).values_list("state").annotate(Count("pk")))
    state = state if state in STATES else ""
    pages = max(1, ceil((counts.get(state, 0) if state else sum(counts.values())) / ROWS_ON_A_PAGE))
    page = min(max(page, 1), pages)
    return ReminderPage(
        rules=tuple(RuleLine(rule.kind, rule.enabled, rule.days) for rule in rules),
        counts={name: counts.get(name, 0) for name in STATES},
        state=state,
        lines=_lines(cohort, language, state, page) if counts else (),
        page=page,
        pages=pages,
        coming=_coming(rules, local_date(now, cohort.timezone), language),
    )


def _rules(cohort: Cohort) -> list[ReminderRule]:
    """One for each kind; what is not written down yet is the default that the planner will write."""
    kept = {rule.kind: rule for rule in ReminderRule.objects.filter(cohort=cohort)}
    for rule in kept.values():
        rule.cohort = cohort
    return [
        kept.get(kind) or ReminderRule(cohort=cohort, kind=kind, days=offers.DEFAULT_DAYS)
        for kind, offers in KINDS.items()
    ]


def _lines(cohort: Cohort, language: str, state: str, page: int) -> tuple[ReminderLine, ...]:
    rows = Reminder.objects.filter(enrolment__cohort=cohort).select_related("enrolment__learner", "module")
    if state:
        rows = rows.filter(state=state)
    start = (page - 1) * ROWS_ON_A_PAGE
    newest = rows.order_by("-planned_at", "enrolment__learner__display_name", "pk")
    return tuple(
        ReminderLine(
            learner_id=row.enrolment.learner_id,
            learner=row.enrolment.learner.name,
            kind=row.kind,
            module=in_language(row.module.title, language, cohort.programme.source_language) if row.module else "",
            due_on=row.due_on,
            state=row.state,
            because=row.because,
            detail=row.detail,
            tries=row.tries,
            when=row.sent_at or row.planned_at,
            next_try_at=row.next_try_at,
        )
        for row in newest[start : start + ROWS_ON_A_PAGE]
    )


def _coming(rules: list[ReminderRule], today: date, language: str) -> tuple[ComingLine, ...]:
    """Asks the same `concerned` that the planner asks, a week further."""
    people: Counter[tuple[date, str, int | None]] = Counter()
    for rule in rules:
        if rule.enabled and rule.cohort.ends_on >= today:
            people.update(_keys(rule, KINDS[rule.kind].concerned(rule, on=today, ahead=PREVIEW_DAYS)))
    source = rules[0].cohort.programme.source_language
    wanted = {module_id for _day, _kind, module_id in people if module_id}
    titles = dict(Module.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}
    return tuple(
        ComingLine(day, kind, in_language(titles[module_id], language, source) if module_id else "", count)
        for (day, kind, module_id), count in sorted(
            people.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or 0)
        )
    )


def _keys(rule: ReminderRule, concerns: list[Concern]) -> list[tuple[date, str, int | None]]:
    return [(concern.send_on, rule.kind, concern.module_id) for concern in concerns]


def whose_stop_link(signed: str) -> User:
    """Raises NotHere."""
    return read_stop_link(signed)


def oldest_waiting_reminder() -> datetime | None:
    """Since when the longest-waiting reminder is due and not sent; None when nothing waits."""
    waiting = Reminder.objects.filter(state__in=[ReminderState.PLANNED, ReminderState.SENDING])
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()
