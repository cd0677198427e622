"""create_cohort, enrol, import_roster: what they print, when they fail."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import OutgoingMail, User
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_programme
from tests.factories.people import make_trainee, make_trainer

pytestmark = pytest.mark.django_db


def run(name: str, *args: Any) -> str:
    out = StringIO()
    call_command(name, *[str(arg) for arg in args], stdout=out)
    return out.getvalue()


def create(**changed: str) -> str:
    options = {
        "code": "spring",
        "name": "Spring 2027",
        "programme": "green-skills",
        "starts": "2027-03-01",
        "ends": "2027-06-30",
        "timezone": "Europe/Sofia",
        "trainer": "tom@example.org",
    }
    return run("create_cohort", *(part for name, value in (options | changed).items() for part in (f"--{name}", value)))


@pytest.fixture
def tom() -> User:
    make_module(make_programme("green-skills"))
    return make_trainer(email="tom@example.org")


def test_a_cohort_is_made_with_its_trainers(tom: User) -> None:
    olga = make_trainer(email="olga@example.org")
    options = ["--starts", "2027-03-01", "--ends", "2027-06-30", "--trainer", "Tom@Example.org", "olga@example.org"]
    assert "spring: 1 modules, 2 trainers" in run("create_cohort", "--code", "spring", "--name", "Spring", *options)
    cohort = Cohort.objects.get()
    assert set(cohort.trainers.all()) == {tom, olga}
    assert (cohort.starts_on, cohort.timezone) == (date(2027, 3, 1), "Europe/Sofia")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends": "2027-02-01"}, "--ends: is before --starts"),
        ({"timezone": "Sofia"}, "--timezone: is not a name"),
        ({"code": "Spring!"}, "--code: 2 to 40"),
        ({"programme": "brown"}, "--programme: there is no such programme"),
        ({"trainer": "nobody@example.org"}, "No account for: nobody@example.org"),
        ({"starts": "1 March"}, "is not a day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(tom: User, changed: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError) as error:
        create(**changed)
    assert words in str(error.value)
    assert not Cohort.objects.exists()


def test_a_trainee_is_no_trainer(tom: User) -> None:
    make_trainee(email="ana@example.org")
    with pytest.raises(CommandError, match="is no trainer"):
        create(trainer="ana@example.org")


def test_a_code_is_given_once(tom: User) -> None:
    create()
    with pytest.raises(CommandError, match="already"):
        create()


def test_people_with_accounts_are_enrolled_once() -> None:
    cohort = make_cohort("spring")
    for email in ("ana@example.org", "boris@example.org"):
        make_trainee(email=email)
    people = ["ana@example.org", "Boris@Example.org"]
    assert run("enrol", "--cohort", "spring", *people) == "spring: 2 enrolled, 0 were in already\n"
    assert run("enrol", "--cohort", "spring", *people) == "spring: 0 enrolled, 2 were in already\n"
    assert cohort.enrolments.count() == 2


def test_one_unknown_address_and_nobody_is_enrolled() -> None:
    make_cohort("spring")
    make_trainee(email="ana@example.org")
    with pytest.raises(CommandError, match=r"No account for: nobody@example\.org"):
        run("enrol", "--cohort", "spring", "ana@example.org", "nobody@example.org")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("command", [["enrol", "ana@example.org"], ["import_roster", "people.csv"]])
def test_an_unknown_cohort_is_said(command: list[str]) -> None:
    with pytest.raises(CommandError, match="There is no cohort spring"):
        run(command[0], "--cohort", "spring", *command[1:])


@pytest.fixture
def people(tmp_path: Path) -> Path:
    make_cohort("spring")
    make_trainee(email="boris@example.org")
    path = tmp_path / "people.csv"
    path.write_text("name,e-mail\nAna,ana@example.org\nBoris,boris@example.org\n", encoding="utf-8")
    return path


def test_a_dry_run_says_what_would_happen_and_changes_nothing(people: Path) -> None:
    said = run("import_roster", "--cohort", "spring", people, "--dry-run")
    assert "would enrol 2" in said
    assert "Ana <ana@example.org>" in said
    assert not Enrolment.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_list_is_imported_and_again_changes_nothing(people: Path) -> None:
    first = run("import_roster", "--cohort", "spring", people)
    assert first == "spring: 2 enrolled (1 new accounts), 0 were in already, 2 mails written\n"
    again = run("import_roster", "--cohort", "spring", people)
    assert again == "spring: 0 enrolled (0 new accounts), 2 were in already, 0 mails written\n"
    assert OutgoingMail.objects.count() == 2


def test_a_wrong_list_is_named_by_line_and_changes_nothing(people: Path) -> None:
    """C-19"""
    people.write_text("name,e-mail\n=1+1,ana@example.org\nO'Neil,not-an-address\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run("import_roster", "--cohort", "spring", people)
    assert "Line 2: “=1+1” begins like a formula." in str(error.value)
    assert "Line 3: “not-an-address” is not an e-mail address." in str(error.value)
    assert User.objects.filter(email="ana@example.org").count() == 0


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    make_cohort("spring")
    with pytest.raises(CommandError, match="No such file"):
        run("import_roster", "--cohort", "spring", tmp_path / "nothing.csv")
