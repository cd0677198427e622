"""Reports as rows: asked for once, built under a lease, taken up after a crash, gone after thirty days."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lms.cohorts.models import Cohort
from lms.cohorts.services import add_trainer, remove_trainer
from lms.people.models import AuditEvent, User
from lms.reports import making, services
from lms.reports.builders import BUILDERS
from lms.reports.models import Report, ReportState
from lms.reports.refusals import UnknownReport
from lms.reports.requests import request_report
from lms.shared.claims import LEASE
from lms.shared.refusals import NotHere
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.reports import make_group, make_report

pytestmark = pytest.mark.django_db
BEAT = making.BEAT_ROWS


@pytest.fixture
def tom() -> User:
    return make_trainer()


@pytest.fixture
def cohort(tom: User, now: datetime) -> Cohort:
    return make_group(size=12, now=now, trainers=[tom, make_trainer(name="Olga")])


@pytest.fixture
def report(cohort: Cohort, tom: User, now: datetime) -> Report:
    return make_report(cohort, tom, now=now)


def build(report: Report, now: datetime) -> Report | None:
    return services.build_report(report_id=report.pk, now=now)


def ask(cohort: Cohort, by: User, now: datetime, **fields: str) -> tuple[Report, bool]:
    wanted = {"kind": "completion", "file_format": "csv", "language": "en"} | fields
    return services.ask_for_report(by=by, cohort=cohort, now=now, **wanted)  # type: ignore[arg-type]


class Dying(Exception):
    """What a killed process leaves behind, as far as one process can play it: nothing after it runs."""


def die_at_row(monkeypatch: pytest.MonkeyPatch, row: int) -> None:
    """The worker stops at a row without a word: no clearing up, no giving back."""
    original = making._write

    def write(table: Any, writer: Any, *rest: Any) -> int:
        taken = iter(table.rows)

        def rows() -> Any:
            for number, values in enumerate(taken):
                if number == row:
                    raise Dying
                yield values

        return original(making.Table(table.title, table.header, rows(), table.total, table.about), writer, *rest)

    monkeypatch.setattr(making, "_write", write)
    monkeypatch.setattr(Path, "unlink", lambda *_a, **_k: None)
    monkeypatch.setattr(services._Lease, "give_back", lambda *_a, **_k: None)


# --- Asking -------------------------------------------------------------------------------------------------


def test_a_thousand_requests_make_one_report(cohort: Cohort, tom: User, now: datetime) -> None:
    """X-05"""
    first, is_new = ask(cohort, tom, now)
    assert is_new
    assert {ask(cohort, tom, now) for _ in range(20)} == {(first, False)}
    assert Report.objects.count() == 1
    assert AuditEvent.objects.filter(verb="report requested").count() == 1


def test_two_running_reports_of_one_kind_are_refused_by_the_database(report: Report, tom: User, now: datetime) -> None:
    """X-05"""
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(report.cohort, tom, now=now)


def test_another_kind_format_language_or_trainer_has_a_report_of_its_own(
    cohort: Cohort, tom: User, now: datetime
) -> None:
    ask(cohort, tom, now)
    others = [{"kind": "item_analysis"}, {"file_format": "xlsx"}, {"language": "bg"}]
    assert all(ask(cohort, tom, now, **fields)[1] for fields in others)
    assert ask(cohort, cohort.trainers.exclude(pk=tom.pk).get(), now)[1]


def test_once_it_is_ready_one_may_ask_again(report: Report, cohort: Cohort, tom: User, now: datetime) -> None:
    build(report, now)
    assert ask(cohort, tom, now)[1]


def test_who_does_not_train_the_cohort_cannot_ask(cohort: Cohort, now: datetime) -> None:
    """A-03, A-08: at the request"""
    for person in (make_trainer(name="Vera"), make_trainee()):
        with pytest.raises(NotHere):
            ask(cohort, person, now)
    assert not Report.objects.exists()
    assert ask(cohort, make_operator(), now)[1]


@pytest.mark.parametrize("fields", [{"kind": "everything"}, {"kind": "__class__"}, {"file_format": "exe"}])
def test_unknown_kinds_and_formats_are_refused(
    cohort: Cohort, tom: User, now: datetime, fields: dict[str, str]
) -> None:
    with pytest.raises(UnknownReport):
        ask(cohort, tom, now, **fields)


def test_the_task_is_sent_after_the_commit_and_only_for_a_new_report(
    cohort: Cohort, tom: User, now: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """X-05"""
    sent: list[str] = []
    monkeypatch.setattr("lms.reports.tasks.build_report.delay", sent.append)
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            wanted = {"kind": "completion", "file_format": "csv", "language": "en"}
            report, _is_new = request_report(by=tom, cohort=cohort, now=now, **wanted)
            assert sent == [] or _ > 0
    assert sent == [str(report.pk)]


# --- Building -----------------------------------------------------------------------------------------------


def test_a_report_becomes_ready_with_one_whole_file(report: Report, now: datetime, reports_dir: Path) -> None:
    """X-02"""
    ready = build(report, now)
    assert ready
    assert (ready.state, ready.rows_done, ready.rows_total, ready.tries) == ("ready", 12, 12, 1)
    assert [path.name for path in reports_dir.iterdir()] == [ready.file]
    assert ready.size == (reports_dir / ready.file).stat().st_size
    assert ready.finished_at is not None
    assert ready.expires_at == ready.finished_at + timedelta(days=30)


def test_the_same_task_twice_builds_once(report: Report, now: datetime) -> None:
    """R-03"""
    assert build(report, now)
    assert build(report, now) is None
    report.refresh_from_db()
    assert report.tries == 1


def test_a_report_that_is_gone_or_being_made_is_left_alone(report: Report, now: datetime) -> None:
    Report.objects.filter(pk=report.pk).update(state=ReportState.BUILDING, heartbeat_at=now)
    assert build(report, now) is None
    report.delete()
    assert services.build_report(report_id="00000000-0000-4000-8000-000000000000", now=now) is None


@pytest.mark.parametrize("kind", sorted(BUILDERS))
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_rerun_after_a_crash_gives_the_same_bytes(
    cohort: Cohort, tom: User, now: datetime, reports_dir: Path, kind: str, file_format: str
) -> None:
    """R-01"""
    report = make_report(cohort, tom, now=now, kind=kind, format=file_format)
    digests = set()
    for later in (timedelta(0), timedelta(minutes=3), timedelta(days=2)):
        Report.objects.filter(pk=report.pk).update(state=ReportState.QUEUED, file="")
        ready = build(report, now + later)
        assert ready
        digests.add(hashlib.sha256((reports_dir / ready.file).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_killed_worker_leaves_no_file_that_anybody_can_download_and_the_next_one_finishes(
    report: Report, now: datetime, reports_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-01, R-05, X-02"""
    with monkeypatch.context() as dying:
        die_at_row(dying, 7)
        assert build(report, now) is None
    report.refresh_from_db()
    assert (report.state, report.file, report.tries) == ("building", "", 1)
    assert [path.suffix for path in reports_dir.iterdir()] == [".part"], "the half file it left"
    assert services.sweep_reports(now=now + LEASE) == [], "it may still be alive"
    assert services.sweep_reports(now=now + LEASE + timedelta(seconds=1)) == [report.pk]
    ready = build(report, now + timedelta(minutes=1))
    assert ready
    assert (ready.state, ready.tries) == ("ready", 2)
    assert [path.name for path in reports_dir.iterdir()] == [ready.file], "one file, and nothing of the dead worker"


def test_work_resumes_within_two_minutes() -> None:
    """R-05: the lease, the longest wait for a sweep, and the time until a swept report may be sent again."""
    assert LEASE + timedelta(minutes=1) + services.NEVER_CAME <= timedelta(minutes=2, seconds=15)
    assert LEASE + timedelta(minutes=1) <= timedelta(minutes=2)


def test_after_three_killed_workers_it_has_failed_and_the_others_go_on(
    report: Report, cohort: Cohort, tom: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-06"""
    other = make_report(cohort, tom, now=now, kind="item_analysis")
    with monkeypatch.context() as dying:
        die_at_row(dying, 0)
        for _ in range(3):
            build(report, now)
            now += LEASE + timedelta(seconds=1)
            services.sweep_reports(now=now)
    report.refresh_from_db()
    assert (report.state, report.because, report.tries) == ("failed", services.WORKER_LOST, 3)
    assert report.finished_at
    assert build(report, now) is None
    assert (ready := build(other, now))
    assert ready.state == "ready"


def test_an_overtaken_worker_does_not_touch_the_result_of_the_other(
    report: Report, now: datetime, reports_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-01: the fence. The first worker sleeps through its lease in the middle, wakes up later and goes on."""
    results: list[Report | None] = []
    original = making._to_disk

    def slow(path: Path) -> None:
        original(path)
        if not results:
            results.append(None)
            services.sweep_reports(now=now + LEASE * 2)
            results[0] = build(report, now + LEASE * 2)

    monkeypatch.setattr(making, "_to_disk", slow)
    assert build(report, now) is None
    report.refresh_from_db()
    assert results[0] == report
    assert (report.state, report.tries) == ("ready", 2)
    assert report.file == f"{report.pk}.2.csv"
    assert [path.name for path in reports_dir.iterdir()] == [report.file]


def test_a_worker_that_lost_its_lease_stops_at_the_next_sign_of_life(
    report: Report, now: datetime, reports_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-01"""
    monkeypatch.setattr(making, "BEAT_ROWS", 3)
    written: list[int] = []
    original = services._Lease.beat

    def beat(self: Any, **progress: int) -> None:
        written.append(progress["rows_done"])
        if progress["rows_done"] == 6:
            Report.objects.filter(pk=report.pk).update(tries=2)
        original(self, **progress)

    monkeypatch.setattr(services._Lease, "beat", beat)
    assert build(report, now) is None
    assert written == [0, 3, 6]
    assert list(reports_dir.iterdir()) == []
    report.refresh_from_db()
    assert (report.state, report.tries) == ("building", 2)


def test_signs_of_life_come_every_two_seconds_or_five_hundred_rows(
    report: Report, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-05"""
    seconds = iter(range(10_000))
    beats: list[tuple[int, datetime]] = []
    original = services._Lease.beat

    def beat(self: Any, **progress: int) -> None:
        original(self, **progress)
        row = Report.objects.get(pk=report.pk)
        assert row.heartbeat_at
        beats.append((row.rows_done, row.heartbeat_at))

    monkeypatch.setattr(services._Lease, "beat", beat)
    services.build_report(report_id=report.pk, now=now, tick=lambda: float(next(seconds)))
    assert [rows for rows, _at in beats] == sorted(rows for rows, _at in beats), "progress never goes back"
    assert len(beats) > 4
    assert all(later > earlier for (_, earlier), (_, later) in pairwise(beats))


def test_an_error_is_tried_again_and_fails_after_the_third_time(
    report: Report, now: datetime, reports_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """R-06, R-12"""

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_to_disk", full)
    states = []
    for _ in range(3):
        build(report, now)
        report.refresh_from_db()
        states.append((report.state, report.because))
        assert list(reports_dir.iterdir()) == [], "no half file"
        now += timedelta(minutes=1)
        services.sweep_reports(now=now)
    assert states == [("queued", "disk_full"), ("queued", "disk_full"), ("failed", "disk_full")]
    assert "try 3 of 3" in caplog.text


def test_after_an_error_the_next_try_succeeds(report: Report, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(making, "_to_disk", lambda _path: 1 / 0)
        build(report, now)
    assert services.sweep_reports(now=now + timedelta(seconds=20)) == [], "it waits a little"
    assert services.sweep_reports(now=now + timedelta(seconds=40)) == [report.pk]
    ready = build(report, now)
    assert ready
    assert (ready.state, ready.tries, ready.because) == ("ready", 2, "")


# --- Rights -------------------------------------------------------------------------------------------------


def demote(report: Report) -> None:
    User.objects.filter(pk=report.requested_by_id).update(role="trainee")


def deactivate(report: Report) -> None:
    User.objects.filter(pk=report.requested_by_id).update(is_active=False)


def remove(report: Report) -> None:
    remove_trainer(cohort=report.cohort, trainer=report.requested_by, by=None, now=report.requested_at)


@pytest.mark.parametrize("lose", [demote, deactivate, remove])
def test_rights_lost_while_it_waits_cancel_it(
    report: Report, now: datetime, reports_dir: Path, lose: Callable[[Report], None]
) -> None:
    """A-08: at the start"""
    lose(report)
    cancelled = build(report, now)
    assert cancelled
    assert (cancelled.state, cancelled.because) == ("cancelled", services.NO_LONGER_ALLOWED)
    assert not reports_dir.exists()


@pytest.mark.parametrize("lose", [demote, deactivate, remove])
def test_rights_lost_while_it_is_made_cancel_it_and_leave_no_file(
    report: Report, now: datetime, reports_dir: Path, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Report], None]
) -> None:
    """A-08: at the end"""
    original = making._to_disk

    def meanwhile(path: Path) -> None:
        original(path)
        lose(report)

    monkeypatch.setattr(making, "_to_disk", meanwhile)
    cancelled = build(report, now)
    assert cancelled
    assert (cancelled.state, cancelled.file) == ("cancelled", "")
    assert list(reports_dir.iterdir()) == []


def test_who_was_added_again_gets_a_new_report(report: Report, cohort: Cohort, tom: User, now: datetime) -> None:
    remove(report)
    build(report, now)
    add_trainer(cohort=cohort, trainer=tom, by=None, now=now)
    again, is_new = ask(cohort, tom, now)
    assert is_new
    assert (ready := build(again, now))
    assert ready.state == "ready"


# --- Sweeping and expiring ----------------------------------------------------------------------------------


def test_a_report_whose_task_never_came_is_sent_again(report: Report, now: datetime) -> None:
    """R-02, R-08"""
    assert services.sweep_reports(now=now + timedelta(seconds=30)) == []
    assert services.sweep_reports(now=now + timedelta(seconds=31)) == [report.pk]
    assert services.sweep_reports(now=now + timedelta(seconds=40)) == [], "not at every look"
    assert services.sweep_reports(now=now + timedelta(seconds=91)) == [report.pk]


def test_finished_reports_are_not_sent_again(report: Report, now: datetime) -> None:
    build(report, now)
    assert services.sweep_reports(now=now + timedelta(days=1)) == []


def test_after_thirty_days_the_file_is_deleted_and_the_row_says_so(
    report: Report, now: datetime, reports_dir: Path
) -> None:
    build(report, now)
    assert services.expire_reports(now=now + timedelta(days=29, hours=23)) == 0
    assert len(list(reports_dir.iterdir())) == 1
    assert services.expire_reports(now=now + timedelta(days=31)) == 1
    report.refresh_from_db()
    assert (report.state, report.file) == ("expired", "")
    assert list(reports_dir.iterdir()) == []
    assert services.expire_reports(now=now + timedelta(days=31)) == 0


def test_files_that_belong_to_no_report_go_after_a_day(report: Report, reports_dir: Path) -> None:
    created = report.requested_at
    build(report, created)
    orphan = reports_dir / ".half.part"
    orphan.write_text("x")
    written = datetime.fromtimestamp(orphan.stat().st_ctime, tz=created.tzinfo)
    Report.objects.update(expires_at=written + timedelta(days=30))
    services.expire_reports(now=written + timedelta(hours=23))
    assert orphan.exists()
    services.expire_reports(now=written + timedelta(hours=25))
    assert not orphan.exists()
    report.refresh_from_db()
    assert (reports_dir / report.file).exists()


def test_expiring_without_a_folder_is_no_error(now: datetime) -> None:
    assert services.expire_reports(now=now) == 0
