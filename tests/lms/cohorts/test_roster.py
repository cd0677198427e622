"""Lists of people: what is read, what is refused, what an import does. All of it is C-19."""

import csv
import io
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.cohorts.invitations import accept_invitation
from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.cohorts.roster import RosterDone, import_roster, plan_roster
from lms.cohorts.roster_file import MOST_PEOPLE, PROBLEMS_SHOWN, RosterPerson, RosterProblem, read_roster
from lms.people.models import OutgoingMail, Role, User
from lms.people.services import sign_up
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.people import PASSWORD, make_operator, make_trainee, make_trainer

LANGUAGES = ("en", "bg")


def read(text: str | bytes) -> list[RosterPerson]:
    content = text.encode() if isinstance(text, str) else text
    roster = read_roster(content, languages=LANGUAGES)
    assert roster.problems == ()
    return list(roster.people)


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    """Of a file with any problem nothing is taken."""
    content = text.encode() if isinstance(text, str) else text
    roster = read_roster(content, languages=LANGUAGES)
    assert roster.people == ()
    return [(problem.line, problem.code, problem.detail) for problem in roster.problems]


# --- Reading ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lists_of_any_spreadsheet_are_read(delimiter: str, mark: str, line_end: str) -> None:
    lines = ["Name,E-mail,Language", "Ana Ivanova,Ana@Example.org,bg", "", "Борис,boris@example.org,"]
    people = read((mark + line_end.join(lines)).replace(",", delimiter))
    assert people == [
        RosterPerson(2, "Ana Ivanova", "ana@example.org", "bg"),
        RosterPerson(4, "Борис", "boris@example.org", ""),
    ]


@pytest.mark.parametrize("header", ["e-mail,name", "Имейл,Име", "EMAIL ,  Full name", "mail,NAME"])
def test_columns_are_known_by_their_names_in_any_order(header: str) -> None:
    assert read(f"{header}\nana@example.org,Ana")[0].name == "Ana"


def test_quoted_cells_may_hold_the_delimiter_and_a_line_end_counts_as_a_line() -> None:
    assert read('name,email\n"Ivanova, Ana",ana@example.org\n')[0].name == "Ivanova, Ana"
    assert problems('name,email\n"Ana\nIvanova",ana@example.org\n,b@example.org')[1][:2] == (4, "no_name")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", (0, "nobody", "")),
        ("\n\n", (0, "nobody", "")),
        ("name,email\n", (0, "nobody", "")),
        ("Ana,ana@example.org\n", (1, "no_header", "Ana, ana@example.org")),
        ("name,language\nAna,bg\n", (1, "missing_column", "email")),
        ("email\nana@example.org\n", (1, "missing_column", "name")),
        ("name,email,role\nAna,ana@example.org,admin\n", (1, "forbidden_column", "role")),
        ("name,email,Роля\nAna,ana@example.org,оператор\n", (1, "forbidden_column", "роля")),
        ("name,email,is_staff\nAna,ana@example.org,1\n", (1, "forbidden_column", "is_staff")),
        ("name,email,shoe size\nAna,ana@example.org,38\n", (1, "unknown_column", "shoe size")),
        ("name,email,\nAna,ana@example.org,\n", (1, "unknown_column", "")),
        ("name,email\nAna,ana@example.org,bg\n", (2, "wrong_count", "3/2")),
        ("name,email\nAna;ana@example.org\n", (2, "wrong_count", "1/2")),
        ("name,email\n,ana@example.org\n", (2, "no_name", "")),
        ("name,email\n" + "A" * 121 + ",ana@example.org\n", (2, "long_name", "120")),
        ("name,email\nAna,ana@example\n", (2, "not_an_email", "ana@example")),
        ("name,email\nAna,ana example.org\n", (2, "not_an_email", "ana example.org")),
        ("name,email\nAna,a@b.org\nEva,A@B.org\n", (3, "twice", "2")),
        ("name,email,language\nAna,ana@example.org,fr\n", (2, "unknown_language", "fr")),
        ("name,email\n=1+1,ana@example.org\n", (2, "formula", "=1+1")),
        ("name,email\nAna,+ana@example.org\n", (2, "formula", "+ana@example.org")),
        ("name,email\n＝1+1,ana@example.org\n", (2, "formula", "＝1+1")),
        ('name,email\n"\t=1",ana@example.org\n', (2, "formula", "=1")),
        ("name,email\nA\u202ena,ana@example.org\n", (2, "unseen_letters", "")),
        ("name,email\nA\x00na,ana@example.org\n", (2, "unseen_letters", "")),
        (b"\xff\xfen\x00a\x00m\x00e\x00", (0, "not_utf8", "")),
        ("name,email\nИвана,ivana@example.org".encode("cp1251"), (0, "not_utf8", "")),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str | bytes, found: tuple[int, str, str]) -> None:
    assert found in problems(text)


def test_a_quote_that_never_ends_is_named() -> None:
    assert [code for _line, code, _detail in problems('name,email\n"Ana,ana@example.org\n')] == ["unreadable"]


def test_column_twice_is_named() -> None:
    assert {code for _line, code, _detail in problems("name,email,e-mail\nA,a@b.org,a@b.org")} == {"column_twice"}


def test_all_problems_are_named_at_once() -> None:
    text = "name,email\n,x\nAna,ana@example.org\n=1,b@example.org\nC,ana@example.org"
    assert [(line, code) for line, code, _ in problems(text)] == [
        (2, "no_name"),
        (2, "not_an_email"),
        (4, "formula"),
        (5, "twice"),
    ]


def test_a_thousand_people_is_the_most() -> None:
    rows = [f"Person {n},p{n}@example.org" for n in range(MOST_PEOPLE + 1)]
    assert len(read("\n".join(["name,email", *rows[:-1]]))) == MOST_PEOPLE
    assert problems("\n".join(["name,email", *rows])) == [(MOST_PEOPLE + 2, "too_many", "1000")]


def test_a_million_rows_are_refused_before_they_are_read() -> None:
    started = time.monotonic()
    assert problems(b"name,email\n" + b"Ana,ana@example.org\n" * 1_000_000) == [(0, "too_large", "1000000")]
    assert time.monotonic() - started < 1


def test_of_very_many_problems_the_first_hundred_are_named() -> None:
    assert len(problems("name,email\n" + ",x\n" * 900)) == PROBLEMS_SHOWN


def test_whatever_python_writes_is_read_back() -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["name", "email"])
    writer.writerow(['Ana "the soil" Ivanova; jr.', "ana@example.org"])
    assert read(out.getvalue())[0].name == 'Ana "the soil" Ivanova; jr.'


def test_a_problem_is_a_value() -> None:
    assert RosterProblem(2, "no_name") == RosterProblem(2, "no_name", "")


# --- Importing ----------------------------------------------------------------------------------------------------

NEW = RosterPerson(2, "Ana Ivanova", "ana@example.org", "bg")
KNOWN = RosterPerson(3, "Boris", "boris@example.org", "")
MEMBER = RosterPerson(4, "Vera", "vera@example.org", "")


@pytest.fixture
def cohort(db: None) -> Cohort:
    cohort = make_cohort("spring", language="en")
    make_trainee(email=KNOWN.email, name="Boris Petrov")
    make_enrolment(cohort, make_trainee(email=MEMBER.email))
    return cohort


def members(cohort: Cohort) -> set[str]:
    return set(Enrolment.objects.filter(cohort=cohort, ended_at=None).values_list("learner__email", flat=True))


def test_new_people_get_an_account_without_a_password_a_place_and_a_mail(cohort: Cohort, now: datetime) -> None:
    done = import_roster(cohort=cohort, people=[NEW], by=make_trainer(), now=now)
    assert done == RosterDone(created=1, enrolled=1, invited=0, already_in=0, mailed=1)
    ana = User.objects.get(email=NEW.email)
    assert (ana.name, ana.language, ana.role, ana.has_usable_password()) == ("Ana Ivanova", "bg", Role.TRAINEE, False)
    assert NEW.email in members(cohort)
    mail = OutgoingMail.objects.get(to=NEW.email)
    assert mail.kind == "invitation"
    assert "/bg/account/join/" in mail.text


def test_a_trainer_can_only_invite_those_who_have_an_account(cohort: Cohort, now: datetime) -> None:
    """P-07: nobody's progress is seen because somebody knew an address"""
    done = import_roster(cohort=cohort, people=[NEW, KNOWN, MEMBER], by=make_trainer(), now=now)
    assert done == RosterDone(created=1, enrolled=1, invited=1, already_in=1, mailed=2)
    assert members(cohort) == {NEW.email, MEMBER.email}
    assert Invitation.objects.filter(email=KNOWN.email, accepted_at=None).exists()
    assert User.objects.get(email=KNOWN.email).name == "Boris Petrov", "the list does not rename people"


@pytest.mark.parametrize("by", [None, "operator"])
def test_an_operator_enrols_them(cohort: Cohort, now: datetime, by: str | None) -> None:
    done = import_roster(cohort=cohort, people=[NEW, KNOWN], by=make_operator() if by else None, now=now)
    assert (done.enrolled, done.invited, done.mailed) == (2, 0, 2)
    assert members(cohort) == {NEW.email, KNOWN.email, MEMBER.email}


def test_importing_twice_changes_nothing(cohort: Cohort, now: datetime) -> None:
    people = [NEW, KNOWN, MEMBER]
    import_roster(cohort=cohort, people=people, by=None, now=now)
    counts = User.objects.count(), Enrolment.objects.count(), OutgoingMail.objects.count()
    done = import_roster(cohort=cohort, people=people, by=None, now=now + timedelta(hours=1))
    assert done == RosterDone(created=0, enrolled=0, invited=0, already_in=3, mailed=0)
    assert (User.objects.count(), Enrolment.objects.count(), OutgoingMail.objects.count()) == counts


def test_a_second_list_a_minute_later_sends_no_second_mail(cohort: Cohort, now: datetime) -> None:
    import_roster(cohort=cohort, people=[KNOWN], by=make_trainer(), now=now)
    done = import_roster(cohort=cohort, people=[KNOWN], by=make_trainer(), now=now + timedelta(minutes=1))
    assert (done.invited, done.mailed) == (1, 0)


def test_a_plan_says_what_will_happen_and_changes_nothing(
    cohort: Cohort, now: datetime, django_assert_num_queries: Any
) -> None:
    tom = make_trainer()
    with django_assert_num_queries(2):
        plan = plan_roster(cohort, [NEW, KNOWN, MEMBER], by=tom)
    assert (plan.enrolled, plan.invited, plan.already_in) == ((NEW,), (KNOWN,), (MEMBER,))
    assert not User.objects.filter(email=NEW.email).exists()


def test_who_left_comes_back_by_the_operators_list(cohort: Cohort, now: datetime) -> None:
    Enrolment.objects.filter(cohort=cohort).update(ended_at=now, ended_because="withdrew")
    import_roster(cohort=cohort, people=[MEMBER], by=None, now=now)
    assert members(cohort) == {MEMBER.email}


def test_the_link_in_the_mail_lets_its_reader_choose_a_password(cohort: Cohort, now: datetime) -> None:
    import_roster(cohort=cohort, people=[NEW], by=None, now=now)
    signed_up = sign_up(
        email=NEW.email, name="Ana", language="bg", password=PASSWORD, proven=NEW.email, now=now + timedelta(days=1)
    )
    ana = User.objects.get(email=NEW.email)
    assert (signed_up.person, signed_up.mail) == (ana, None)
    assert ana.check_password(PASSWORD)
    assert ana.name == "Ana"
    text = OutgoingMail.objects.get(to=NEW.email).text
    token = text.split("/account/join/")[1].split("/")[0]
    enrolment = accept_invitation(token=token, learner=ana, now=now + timedelta(days=1))
    assert enrolment.cohort == cohort
    assert Enrolment.objects.filter(learner=ana).count() == 1


def test_without_the_link_nobody_takes_such_an_account(cohort: Cohort, now: datetime) -> None:
    """S-02"""
    import_roster(cohort=cohort, people=[NEW], by=None, now=now)
    signed_up = sign_up(email=NEW.email, name="Eve", language="en", password=PASSWORD, now=now)
    assert signed_up.person is None
    assert not User.objects.get(email=NEW.email).has_usable_password()


def test_nor_does_the_link_open_an_account_that_has_a_password(cohort: Cohort, now: datetime) -> None:
    signed_up = sign_up(
        email=KNOWN.email, name="Eve", language="en", password="quite another password", proven=KNOWN.email, now=now
    )
    assert signed_up.person is None
    assert User.objects.get(email=KNOWN.email).check_password(PASSWORD)
