"""How many learners have records of what an import would retire, or are enrolled to study it (C-22)."""

from collections.abc import Iterable

from lms.cohorts.models import Enrolment
from lms.people.models import User
from modules.changes import Change

RECORDS = {
    "lesson": ("visits__lesson__key", "completions__lesson__key"),
    "quiz": ("attempts__quiz__key", "completions__quiz__key"),
    "module": (
        "visits__lesson__module__key",
        "completions__lesson__module__key",
        "completions__module__key",
        "attempts__quiz__module__key",
    ),
}


def learners_concerned(changes: Iterable[Change]) -> dict[Change, int]:
    """Each change with its number of learners. Changes of other things are left out."""
    return {change: len(_learners(change)) for change in changes if change.thing in RECORDS}


def _learners(change: Change) -> set[object]:
    """A few plain queries instead of one with many joins: retiring is rare, and a module may have many learners."""
    found: set[object] = set()
    for path in RECORDS[change.thing]:
        found.update(User.objects.filter(**{path: change.key}).values_list("pk", flat=True).distinct())
    if change.thing == "module":
        study_it = Enrolment.objects.filter(cohort__programme__modules__key=change.key, ended_at=None)
        found.update(study_it.values_list("learner_id", flat=True))
    return found
