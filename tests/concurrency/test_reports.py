"""Many requests and workers at once on reports, enrolments and lists: one of each."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lms.cohorts.enrolling import enrol, withdraw
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.services import add_trainer, create_cohort
from lms.people.models import AuditEvent, User
from lms.reports import services
from lms.reports.models import Report
from lms.reports.requests import request_report
from lms.shared.claims import LEASE
from tests.concurrency.racing import race
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_programme
from tests.factories.people import make_trainee, make_trainer
from tests.factories.reports import make_group, make_report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def reports_dir(settings: Any, tmp_path: Path) -> Path:
    settings.REPORTS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def tom(transactional_db: None) -> User:
    return make_trainer()


@pytest.fixture
def cohort(tom: User, now: datetime) -> Cohort:
    return make_group(size=30, now=now, trainers=[tom])


def well(results: list[Any]) -> list[Any]:
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


def test_twenty_requests_at_once_make_one_report(
    cohort: Cohort, tom: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X-05"""
    sent: list[str] = []
    monkeypatch.setattr("lms.reports.tasks.build_report.delay", sent.append)
    wanted = {"kind": "completion", "file_format": "csv", "language": "en"}
    results = well(race([lambda: request_report(by=tom, cohort=cohort, now=now, **wanted)] * 20))  # type: ignore[arg-type]
    report = Report.objects.get()
    assert {found.pk for found, _is_new in results} == {report.pk}
    assert [is_new for _found, is_new in results].count(True) == 1
    assert sent == [str(report.pk)]


def test_ten_workers_at_once_build_one_file(cohort: Cohort, tom: User, now: datetime, reports_dir: Path) -> None:
    """R-03, R-01"""
    report = make_report(cohort, tom, now=now)
    built = well(race([lambda: services.build_report(report_id=report.pk, now=now)] * 10))
    assert sum(result is not None for result in built) == 1
    report.refresh_from_db()
    assert (report.state, report.tries) == ("ready", 1)
    assert [path.name for path in reports_dir.iterdir()] == [report.file]


def test_two_sweeps_at_once_give_a_lost_report_one_more_try(cohort: Cohort, tom: User, now: datetime) -> None:
    """R-04, R-05"""
    report = make_report(cohort, tom, now=now, state="building", tries=1, heartbeat_at=now)
    later = now + LEASE + timedelta(seconds=1)
    well(race([lambda: services.sweep_reports(now=later)] * 8))
    well(race([lambda: services.build_report(report_id=report.pk, now=later)] * 8))
    report.refresh_from_db()
    assert (report.state, report.tries) == ("ready", 2)


def test_enrolling_at_once_makes_one_enrolment_and_one_line_in_the_trail(tom: User, now: datetime) -> None:
    cohort, ana = make_cohort(), make_trainee()
    well(race([lambda: enrol(cohort=cohort, learner=ana, now=now)] * 10))
    enrolment = Enrolment.objects.get()
    well(race([lambda: withdraw(enrolment=enrolment, because="withdrew", now=now)] * 10))
    well(race([lambda: enrol(cohort=cohort, learner=ana, now=now)] * 10))
    assert Enrolment.objects.get().ended_at is None
    verbs = list(AuditEvent.objects.filter(target_id=str(enrolment.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["learner enrolled", "enrolment ended", "learner came back"]


def test_one_of_ten_cohorts_with_one_code_is_made(tom: User, now: datetime) -> None:
    make_programme("green-skills")

    def make() -> Cohort:
        return create_cohort(
            code="spring",
            name="Spring",
            programme_key="green-skills",
            starts_on=now.date(),
            ends_on=now.date(),
            timezone="Europe/Sofia",
            language="en",
            trainers=[tom],
            by=None,
            now=now,
        )

    results = race([make] * 10)
    assert sum(isinstance(result, Cohort) for result in results) == 1
    assert {getattr(result, "code", "") for result in results} == {"spring", "wrong_cohort"}


def test_adding_a_trainer_at_once_adds_one(now: datetime, tom: User) -> None:
    cohort = make_cohort()
    well(race([lambda: add_trainer(cohort=cohort, trainer=tom, by=None, now=now)] * 6))
    assert cohort.trainers.filter(pk=tom.pk).count() == 1
