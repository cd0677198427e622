"""Verbs of publishing: say what an import would do, and do it in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import OperationalError, transaction

from lms.people.models import User
from lms.people.services import record
from lms.progress.services import recount
from lms.publishing.checking import check_package
from lms.publishing.concerned import learners_concerned
from lms.publishing.plan import ImportPlan
from lms.publishing.refusals import ImportBusy, PackageHasErrors, PackageIsOlder, RetiringNeedsConsent
from modules.changes import Action, Change
from modules.importing import compare_modules, import_modules, programme_for, render_new
from modules.models import Release
from modules.package.problems import PackageProblem
from modules.package.schema import Package
from quizzes.importing import compare_quizzes, import_quizzes


def plan_import(path: Path) -> ImportPlan:
    """What importing the package would do. Writes nothing. Raises PackageHasErrors, PackageIsOlder."""
    package, warnings = _checked(path)
    return _plan(package, warnings)


def import_package(path: Path, *, by: User | None, now: datetime, allow_retire: bool = False) -> Release | None:
    """Bring the package into the database, all of it or nothing. Returns None when there was nothing to do (C-20).

    Raises PackageHasErrors, PackageIsOlder, RetiringNeedsConsent, ImportBusy.
    """
    package, warnings = _checked(path)
    plan = _plan(package, warnings)
    _require_consent(plan, allow_retire)
    if plan.nothing_to_do:
        return None
    pages = render_new(package)
    with _busy_is_a_refusal(), transaction.atomic():
        programme = programme_for(package)
        # Again, behind the lock: another import may have finished in the meantime (C-16).
        plan = _plan(package, warnings)
        _require_consent(plan, allow_retire)
        if plan.nothing_to_do:
            return None
        release = Release.objects.create(
            programme=programme,
            version=package.version,
            digest=package.digest,
            imported_at=now,
            by_label=by.name if by else "",
            summary=plan.summary(),
        )
        import_modules(package, release=release, now=now, pages=pages)
        import_quizzes(package, release=release, now=now)
        recount(programme=programme, now=now)
        label = f"{package.key} version {package.version}"
        record(
            actor=by, verb="package imported", target_label=label, target_id=programme.pk, data=plan.counts(), now=now
        )
    return release


def _checked(path: Path) -> tuple[Package, list[PackageProblem]]:
    package, problems = check_package(path)
    if package is None:
        raise PackageHasErrors(problems)
    return package, problems


def _plan(package: Package, warnings: list[PackageProblem]) -> ImportPlan:
    live = Release.objects.filter(programme__key=package.key).order_by("-pk").values_list("version", flat=True).first()
    if live is not None and live > package.version:
        raise PackageIsOlder(key=package.key, live=live, offered=package.version)
    modules, quizzes = compare_modules(package), compare_quizzes(package)
    if problems := [*modules.problems, *quizzes.problems]:
        raise PackageHasErrors([*problems, *warnings])
    changes = [*modules.changes, *quizzes.changes]
    if live is not None and live != package.version:
        changes.insert(0, Change(Action.CHANGED, "version", package.key, f"{live} → {package.version}"))
    retiring = [change for change in changes if change.action is Action.RETIRED]
    return ImportPlan(package.key, package.version, live, tuple(changes), tuple(warnings), learners_concerned(retiring))


def _require_consent(plan: ImportPlan, allow_retire: bool) -> None:
    if plan.retiring and not allow_retire:
        raise RetiringNeedsConsent(plan)


@contextmanager
def _busy_is_a_refusal() -> Iterator[None]:
    """SQLite lets one writer in and gives up after its time-out; PostgreSQL waits, or names a deadlock."""
    try:
        yield
    except OperationalError as error:
        if any(sign in str(error).lower() for sign in ("locked", "deadlock", "lock timeout")):
            raise ImportBusy from error
        raise
