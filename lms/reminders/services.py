"""Verbs about reminders: set a cohort's rules, plan who is owed one, send each at most once, sweep up what was left."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Prefetch, Q

from lms.cohorts.models import Cohort
from lms.people import post_office
from lms.people.models import User
from lms.people.services import GAPS, TRIES, change_profile, record
from lms.reminders.because import Because
from lms.reminders.kinds import KINDS
from lms.reminders.message import write_reminder
from lms.reminders.models import Reminder, ReminderRule, ReminderState
from lms.reminders.refusals import DaysOutOfRange
from lms.reminders.stop_link import read_stop_link
from lms.shared.claims import claim, lease_ran_out
from lms.shared.clock import local_date, local_hour
from lms.shared.refusals import NotHere

log = logging.getLogger(__name__)
LEAST_DAYS, MOST_DAYS = 1, 60
HINT_AGE = timedelta(minutes=5)  # a task that was sent for a row is given this long before another one is
SWEPT_AT_ONCE = 2000

# --- Rules ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a kind of reminder is on, and its days."""

    enabled: bool
    days: int


@transaction.atomic
def set_rules(*, cohort: Cohort, choices: Mapping[str, Choice], by: User | None, now: datetime) -> list[ReminderRule]:
    """Change the cohort's rules; kinds not named keep theirs. Raises DaysOutOfRange, NotHere for an unknown kind."""
    for kind, choice in choices.items():
        if kind not in KINDS:
            raise NotHere(kind=kind)
        if not LEAST_DAYS <= choice.days <= MOST_DAYS:
            raise DaysOutOfRange(least=LEAST_DAYS, most=MOST_DAYS)
    ensure_rules([cohort])
    for kind, choice in choices.items():
        ReminderRule.objects.filter(cohort=cohort, kind=kind).update(enabled=choice.enabled, days=choice.days)
    said = {kind: choice.days if choice.enabled else "off" for kind, choice in choices.items()}
    record(actor=by, verb="reminder rules set", target_label=cohort.name, target_id=cohort.pk, data=said, now=now)
    return list(ReminderRule.objects.filter(cohort=cohort).order_by("pk"))


def ensure_rules(cohorts: Iterable[Cohort]) -> None:
    """Give each cohort the default of each kind it has no rule for: cohorts are made below, without any."""
    rules = [
        ReminderRule(cohort=cohort, kind=kind, days=KINDS[kind].DEFAULT_DAYS) for cohort in cohorts for kind in KINDS
    ]
    ReminderRule.objects.bulk_create(rules, ignore_conflicts=True)


# --- Planning ---------------------------------------------------------------------------------------------------------


def plan_reminders(*, now: datetime) -> int:
    """Write a row for everybody who is owed a reminder today, and say how many were new to this run.

    A day begins at REMINDER_HOUR in the cohort's own zone. Running it again or twice at once adds nothing (Q-12).
    """
    return sum(_plan_rule(rule, today, now) for rule, today in _rules_whose_hour_has_come(now))


def _rules_whose_hour_has_come(now: datetime) -> list[tuple[ReminderRule, date]]:
    """A day more on both sides, because zones are up to 14 hours ahead and 12 behind; then each by its own calendar."""
    one_day = timedelta(days=1)
    cohorts = list(
        Cohort.objects.filter(starts_on__lte=now.date() + one_day, ends_on__gte=now.date() - one_day)
        .select_related("programme")
        .prefetch_related(Prefetch("reminder_rules", to_attr="rules"))
    )
    without = [cohort for cohort in cohorts if len(cohort.rules) < len(KINDS)]
    if without:
        ensure_rules(without)
        return _rules_whose_hour_has_come(now)
    chosen = []
    for cohort in cohorts:
        today = local_date(now, cohort.timezone)
        awake = local_hour(now, cohort.timezone) >= settings.REMINDER_HOUR
        if awake and cohort.starts_on <= today <= cohort.ends_on:
            for rule in cohort.rules:
                rule.cohort = cohort
                if rule.enabled and rule.kind in KINDS:
                    chosen.append((rule, today))
    return chosen


def _plan_rule(rule: ReminderRule, today: date, now: datetime) -> int:
    concerns = KINDS[rule.kind].concerned(rule, on=today)
    Reminder.objects.bulk_create(
        [
            Reminder(
                enrolment_id=concern.enrolment_id,
                kind=rule.kind,
                module_id=concern.module_id,
                due_on=concern.due_on,
                planned_at=now,
                next_try_at=now,
            )
            for concern in concerns
        ],
        ignore_conflicts=True,  # another planner was faster: the row is there, and that is all we want
        batch_size=500,
    )
    return len(concerns)


# --- Sending ----------------------------------------------------------------------------------------------------------


def send_reminder(*, reminder_id: UUID | str, now: datetime) -> Reminder | None:
    """Send one reminder, at most once (D4), if what it says is still true (R-07).

    Returns None when the row is gone, when somebody else has it, or when its time has not come (R-03).
    """
    waiting = Reminder.objects.filter(next_try_at__lte=now).select_related(
        "enrolment__learner", "enrolment__cohort__programme", "module__programme"
    )
    reminder = claim(
        waiting,
        reminder_id,
        frm=ReminderState.PLANNED,
        to=ReminderState.SENDING,
        heartbeat_at=now,
        tries=F("tries") + 1,
    )
    if reminder is None:
        return None
    because = still_holds(reminder, now=now)
    changes = {"state": ReminderState.SKIPPED, "because": because} if because else _send(reminder, now)
    # A slow mail server may outlast the lease; then the sweep has written "unknown" meanwhile, and now we know better.
    mine = Reminder.objects.filter(pk=reminder.pk, state__in=[ReminderState.SENDING, ReminderState.UNKNOWN])
    mine.update(**changes)
    reminder.refresh_from_db(fields=["state", "because", "detail", "sent_at", "next_try_at", "heartbeat_at"])
    return reminder


def still_holds(reminder: Reminder, *, now: datetime) -> Because | None:
    """Why the reminder must not go out any more, or None. Reads the facts again."""
    enrolment, cohort, learner = reminder.enrolment, reminder.enrolment.cohort, reminder.enrolment.learner
    today = local_date(now, cohort.timezone)
    if not learner.is_active:
        return Because.GONE
    if enrolment.ended_at is not None:
        return Because.LEFT
    if not learner.wants_reminders:
        return Because.OPTED_OUT
    if not cohort.starts_on <= today <= cohort.ends_on:
        return Because.COHORT_OVER
    if not ReminderRule.objects.filter(cohort=cohort, kind=reminder.kind, enabled=True).exists():
        return Because.RULE_OFF
    return KINDS[reminder.kind].still_holds(reminder, on=today)


def _send(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Write the mail, hand it over, and say what the row becomes."""
    try:
        mail = write_reminder(reminder, now=now)
    except Exception as error:  # whatever it is, nothing has left yet, and the next reminder must not wait for this one
        log.exception("reminder %s cannot be written", reminder.pk)
        return {"state": ReminderState.FAILED, "because": Because.NOT_WRITTEN, "detail": str(error)[:250]}
    match post_office.hand_over(mail):
        case post_office.Accepted():
            return {"state": ReminderState.SENT, "sent_at": now, "because": "", "detail": ""}
        case post_office.Doubtful(reason):
            return {"state": ReminderState.UNKNOWN, "because": Because.DOUBTFUL, "detail": reason}
        case post_office.NotAccepted(reason, for_ever) if for_ever or reminder.tries >= TRIES:
            return {"state": ReminderState.FAILED, "because": Because.REFUSED, "detail": reason}
        case post_office.NotAccepted(reason):
            later = now + GAPS[reminder.tries - 1]
            return {"state": ReminderState.PLANNED, "heartbeat_at": None, "next_try_at": later, "detail": reason}


# --- Sweeping ---------------------------------------------------------------------------------------------------------


def sweep_reminders(*, now: datetime) -> int:
    """Reminders whose worker died while sending become unknown: they may have arrived, nobody sends them again (D4)."""
    lost = Reminder.objects.filter(lease_ran_out(now), state=ReminderState.SENDING)
    return lost.update(state=ReminderState.UNKNOWN, because=Because.WORKER_LOST)


def unsent(*, now: datetime) -> list[UUID]:
    """Reminders that wait without a task on its way, the oldest first, at most SWEPT_AT_ONCE. Marks them as sent for.

    For a waiting row `heartbeat_at` is when a task was last sent for it.
    """
    no_task = Q(heartbeat_at__isnull=True) | lease_ran_out(now, HINT_AGE)
    waiting = Reminder.objects.filter(no_task, state=ReminderState.PLANNED, next_try_at__lte=now)
    ids = list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    Reminder.objects.filter(pk__in=ids, state=ReminderState.PLANNED).update(heartbeat_at=now)
    return ids


def not_sent_for(*, reminder_ids: Iterable[UUID]) -> None:
    """The queue was out of reach: the next sweep takes these up at once, not after HINT_AGE."""
    Reminder.objects.filter(pk__in=list(reminder_ids), state=ReminderState.PLANNED).update(heartbeat_at=None)


# --- No more reminders ------------------------------------------------------------------------------------------------


def stop_reminders(*, signed: str, now: datetime) -> User:
    """Turn a person's reminders off by the link in a mail, without signing in (X-04, P-06). Raises NotHere."""
    person = read_stop_link(signed)
    return change_profile(
        person=person,
        name=person.display_name,
        language=person.language,
        timezone=person.timezone,
        wants_reminders=False,
        now=now,
    )
