"""Reports of a cohort: asking, watching, fetching."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from lms.cohorts.models import Cohort
from lms.cohorts.services import add_trainer, remove_trainer
from lms.people.models import User
from lms.reports import services
from lms.reports.models import Report, ReportState
from lms.shared import clock
from tests.factories.people import make_operator, make_trainer
from tests.factories.reports import make_report
from tests.lms.web.reading import html_of, text_of
from tests.lms.web.training import make_running_group

pytestmark = pytest.mark.django_db
PAGE = "/en/train/spring/reports/"


@pytest.fixture(autouse=True)
def reports_dir(settings: Any, tmp_path: Path) -> Path:
    settings.REPORTS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def tom() -> User:
    return make_trainer()


@pytest.fixture
def spring(tom: User) -> Cohort:
    cohort = make_running_group("spring", trainer=tom, size=3)
    add_trainer(cohort=cohort, trainer=make_trainer(name="Olga"), by=None, now=clock.now())
    return cohort


@pytest.fixture
def client(tom: User, spring: Cohort) -> Client:
    """Tom's browser."""
    browser = Client()
    browser.force_login(tom)
    return browser


@pytest.fixture
def ready(spring: Cohort, tom: User) -> Report:
    report = make_report(spring, tom, now=clock.now())
    built = services.build_report(report_id=report.pk, now=clock.now())
    assert built
    return built


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def ask(client: Client, **fields: str) -> HttpResponse:
    return client.post(PAGE, {"kind": "completion", "file_format": "csv", **fields}, follow=True)  # type: ignore[return-value]


def test_asking_makes_a_report_in_the_language_of_the_page(client: Client, tom: User) -> None:
    assert "None yet." in text_of(client.get(PAGE))
    assert "Waiting for its turn." in text_of(ask(client))
    report = Report.objects.get()
    assert (report.kind, report.format, report.language, report.requested_by) == ("completion", "csv", "en", tom)


def test_asking_twice_joins_the_first(client: Client) -> None:
    """X-05"""
    ask(client)
    assert "This report is being made already." in text_of(ask(client))
    assert Report.objects.count() == 1


@pytest.mark.parametrize("fields", [{"kind": "everything"}, {"file_format": "exe"}, {"kind": ""}])
def test_what_is_not_offered_is_refused_beside_the_field(client: Client, fields: dict[str, str]) -> None:
    assert 'class="error"' in html_of(ask(client, **fields))
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "queued"}, "Waiting for its turn."),
        ({"state": "queued", "tries": 1, "because": "worker_lost"}, "Try 1 did not work. It waits for the next one."),
        ({"state": "building", "tries": 1}, "Just beginning."),
        ({"state": "building", "tries": 1, "rows_done": 500, "rows_total": 2000}, "500 of 2000 rows"),
        ({"state": "building", "tries": 2, "rows_done": 5, "rows_total": 20}, "It began anew (try 2 of 3)."),
        ({"state": "expired"}, "The file is deleted."),
        ({"state": "cancelled", "because": "not_allowed"}, "you were no longer a trainer"),
        ({"state": "cancelled", "because": "erased"}, "asked to be forgotten"),
        ({"state": "failed", "tries": 3, "because": "worker_lost"}, "It could not be made (3 of 3 tries)."),
        ({"state": "failed", "tries": 3, "because": "disk_full"}, "There is no room left for the file."),
        ({"state": "failed", "tries": 3, "because": "error"}, "Something is wrong on our side."),
    ],
)
def test_each_state_is_said_in_words(
    client: Client, spring: Cohort, tom: User, fields: dict[str, Any], words: str
) -> None:
    """R-01, R-06: also that it began anew"""
    make_report(spring, tom, now=clock.now(), **fields)
    html = html_of(client.get(PAGE))
    assert words in html
    moving = fields["state"] in {"queued", "building"}
    assert ("Look again" in html) == moving
    assert ("Ask again</button>" in html) == (fields["state"] == "failed")


def test_the_bar_shows_rows_written_of_all_rows(client: Client, spring: Cohort, tom: User) -> None:
    make_report(spring, tom, now=clock.now(), state="building", tries=1, rows_done=500, rows_total=2000)
    html = html_of(client.get(PAGE))
    assert '<rect width="25" height="6"/>' in html
    assert 'aria-label="500 of 2000 rows"' in html


def test_the_script_gets_the_list_alone(client: Client, ready: Report) -> None:
    html = html_of(client.get(PAGE, headers={"HX-Request": "true"}))
    assert "<html" not in html
    assert f'<li id="report-{ready.pk}" data-state="ready">' in html


def test_only_my_own_reports_are_listed(client: Client, spring: Cohort) -> None:
    olga = spring.trainers.get(display_name="Olga")
    make_report(spring, olga, now=clock.now())
    assert "None yet." in text_of(client.get(PAGE))


# --- Fetching -----------------------------------------------------------------------------------------------------


def test_the_file_comes_as_an_attachment_with_a_telling_name(client: Client, ready: Report) -> None:
    """A-12"""
    answer = client.get(f"{PAGE}{ready.pk}/")
    day = ready.requested_at.astimezone().date()
    names = {f"spring-completion-{day + timedelta(days=n)}.csv" for n in (-1, 0, 1)}
    assert answer.headers["Content-Disposition"].removeprefix('attachment; filename="').rstrip('"') in names
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert content_of(answer).count(b"\r\n") == 4


def test_the_file_is_for_the_one_who_asked_alone(client_for: Any, ready: Report, spring: Cohort) -> None:
    """A-12: a visitor, a colleague, another cohort's trainer, a learner, an operator"""
    olga = spring.trainers.get(display_name="Olga")
    learner = spring.enrolments.all()[0].learner
    url = f"{PAGE}{ready.pk}/"
    for person in (olga, make_trainer(name="Vera"), learner, make_operator()):
        assert client_for(person).get(url).status_code == 404
    assert client_for(None).get(url).status_code == 302


def test_after_signing_out_the_link_is_dead(client: Client, ready: Report) -> None:
    """A-12"""
    assert client.get(f"{PAGE}{ready.pk}/").status_code == 200
    client.logout()
    assert client.get(f"{PAGE}{ready.pk}/").status_code == 302


def removed(tom: User, cohort: Cohort) -> None:
    remove_trainer(cohort=cohort, trainer=tom, by=None, now=clock.now())


def demoted(tom: User, cohort: Cohort) -> None:
    User.objects.filter(pk=tom.pk).update(role="trainee")


def closed(tom: User, cohort: Cohort) -> None:
    User.objects.filter(pk=tom.pk).update(is_active=False)


@pytest.mark.parametrize("lose", [removed, demoted, closed])
def test_who_lost_the_right_gets_no_file(
    client: Client, ready: Report, tom: User, spring: Cohort, lose: Callable[[User, Cohort], None]
) -> None:
    """A-08: at the download"""
    lose(tom, spring)
    answer = client.get(f"{PAGE}{ready.pk}/")
    assert answer.status_code in {302, 404}
    assert b"Trainee" not in answer.content
    assert client.get(PAGE).status_code in {302, 404}


@pytest.mark.parametrize("state", ["queued", "building", "failed", "cancelled", "expired"])
def test_there_is_no_file_before_it_is_ready_or_after_it_is_gone(
    client: Client, spring: Cohort, tom: User, state: str
) -> None:
    """X-02, A-12"""
    report = make_report(spring, tom, now=clock.now(), state=state)
    answer = client.get(f"{PAGE}{report.pk}/")
    assert answer.status_code == 409
    assert "no file" in text_of(answer)


def test_a_file_that_somebody_deleted_is_no_server_error(client: Client, ready: Report, reports_dir: Path) -> None:
    (reports_dir / ready.file).unlink()
    assert client.get(f"{PAGE}{ready.pk}/").status_code == 409


def test_an_expired_file_is_gone(client: Client, ready: Report) -> None:
    """A-12: after expiry"""
    services.expire_reports(now=clock.now() + timedelta(days=31))
    assert client.get(f"{PAGE}{ready.pk}/").status_code == 409
    ready.refresh_from_db()
    assert ready.state == ReportState.EXPIRED


def test_files_are_served_by_no_other_address(client: Client, ready: Report) -> None:
    """A-12"""
    for url in (f"/reports/{ready.file}", f"/media/{ready.file}", f"/static/{ready.file}", f"/assets/{ready.file}"):
        assert client.get(url).status_code in {301, 302, 404}
        assert b"Trainee" not in client.get(url, follow=True).content
