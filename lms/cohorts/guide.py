"""Which pages of the trainer guide a cohort needs now, and where a trainer finds the guide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.cohorts.models import Cohort, CohortModule
from lms.people.models import User
from lms.shared.clock import local_date
from modules.guide import GuideLine


@dataclass(frozen=True, slots=True)
class ModuleGuide:
    """The page that guides through one module; `now`: the cohort is working on it."""

    line: GuideLine
    now: bool


def modules_first(cohort: Cohort, pages: Sequence[GuideLine], *, now: datetime) -> tuple[ModuleGuide, ...]:
    """Pages that guide through a module, those in front on which the cohort is working. One query."""
    days = CohortModule.objects.filter(cohort=cohort).values_list("module__key", "opens_on", "due_on")
    current = _current({key: (opens, due) for key, opens, due in days}, cohort, local_date(now, cohort.timezone))
    found = [ModuleGuide(line, line.module in current) for line in pages if line.module]
    return tuple(sorted(found, key=lambda each: not each.now))


def _current(days: Mapping[str, tuple[date | None, date | None]], cohort: Cohort, today: date) -> set[str]:
    """Modules that are open and not yet due; without a day of its own a module is always open and says nothing."""
    if not cohort.starts_on <= today <= cohort.ends_on:
        return set()
    return {key for key, (opens, due) in days.items() if (opens or due) and (opens or today) <= today <= (due or today)}


def guides_of(user: User) -> dict[int, str]:
    """{programme: code of the newest cohort by which this person reaches its guide}. One query; none for trainees."""
    if not user.is_trainer:
        return {}
    cohorts = Cohort.objects.all() if user.is_operator else Cohort.objects.filter(trainers=user)
    return dict(cohorts.order_by("starts_on", "pk").values_list("programme_id", "code"))
