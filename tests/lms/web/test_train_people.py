"""How people come into a cohort: invitations, and a list as a file."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.people.models import OutgoingMail, User
from lms.shared import clock
from tests.factories.cohorts import make_enrolment
from tests.factories.people import make_trainee, make_trainer
from tests.lms.web.reading import html_of, text_of
from tests.lms.web.training import make_running_group

pytestmark = pytest.mark.django_db
PAGE = "/en/train/spring/invitations/"


@pytest.fixture
def tom() -> User:
    return make_trainer()


@pytest.fixture
def spring(tom: User) -> Cohort:
    return make_running_group("spring", trainer=tom, size=2)


@pytest.fixture
def client(tom: User, spring: Cohort) -> Client:
    """Tom's browser."""
    browser = Client()
    browser.force_login(tom)
    return browser


def test_one_or_several_addresses_are_invited(client: Client, spring: Cohort, tom: User) -> None:
    answer = client.post(PAGE, {"emails": "Ana@example.org\nboris@example.org, vera@example.org\n\n"}, follow=True)
    assert "3 invitations are on their way." in text_of(answer)
    invited = Invitation.objects.filter(cohort=spring)
    assert set(invited.values_list("email", flat=True)) == {"ana@example.org", "boris@example.org", "vera@example.org"}
    assert {invitation.invited_by for invitation in invited} == {tom}
    assert OutgoingMail.objects.filter(kind="invitation").count() == 3


def test_a_wrong_address_is_named_beside_the_field_and_nobody_is_invited(client: Client) -> None:
    html = html_of(client.post(PAGE, {"emails": "ana@example.org\nnot an address"}))
    assert "not an address is not an e-mail address." in html
    assert "ana@example.org" in html, "what was typed is still there"
    assert not Invitation.objects.exists()


def test_nobody_is_no_address(client: Client) -> None:
    assert "This field is required." in html_of(client.post(PAGE, {"emails": " \n"}))


def test_more_than_fifty_are_for_a_list(client: Client) -> None:
    emails = "\n".join(f"p{n}@example.org" for n in range(51))
    assert "Up to 50 at once." in html_of(client.post(PAGE, {"emails": emails}))


def test_who_is_in_already_does_not_stop_the_others(client: Client, spring: Cohort) -> None:
    ana = make_trainee(email="ana@example.org")
    make_enrolment(spring, ana)
    words = text_of(client.post(PAGE, {"emails": "ana@example.org\nboris@example.org"}, follow=True))
    assert "ana@example.org: They are in this cohort already." in words
    assert "1 invitation is on its way." in words


def test_the_list_says_what_became_of_each(client: Client, spring: Cohort) -> None:
    assert "None yet." in text_of(client.get(PAGE))
    now = clock.now()
    for email, fields in {
        "sent@example.org": {},
        "joined@example.org": {"accepted_at": now},
        "old@example.org": {"expires_at": now - timedelta(days=1)},
        "back@example.org": {"cancelled_at": now},
    }.items():
        defaults = {"created_at": now - timedelta(days=20), "expires_at": now + timedelta(days=3)}
        Invitation.objects.create(cohort=spring, email=email, token_digest=email, **{**defaults, **fields})
    words = text_of(client.get(PAGE))
    for state in ("waiting", "joined", "too old", "taken back"):
        assert state in words


def test_an_invitation_can_be_taken_back_and_sent_again(client: Client, spring: Cohort) -> None:
    client.post(PAGE, {"emails": "ana@example.org"})
    first = Invitation.objects.get()
    assert "Taken back." in text_of(client.post(f"{PAGE}{first.pk}/cancel/", follow=True))
    first.refresh_from_db()
    assert first.cancelled_at
    assert "1 invitation is on its way." in text_of(client.post(f"{PAGE}{first.pk}/again/", follow=True))
    assert Invitation.objects.filter(email="ana@example.org", cancelled_at=None).count() == 1


def test_sending_again_at_once_is_too_soon(client: Client) -> None:
    """S-08"""
    client.post(PAGE, {"emails": "ana@example.org"})
    again = client.post(f"{PAGE}{Invitation.objects.get().pk}/again/", follow=True)
    assert "Wait ten minutes" in text_of(again)
    assert OutgoingMail.objects.count() == 1


# --- Lists ------------------------------------------------------------------------------------------------------


def upload(client: Client, content: bytes | str, **more: str) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", data, content_type="text/csv")
    return client.post(f"{PAGE}list/", {"file": file, **more})  # type: ignore[return-value]


GOOD = "name;e-mail;language\nАна Иванова;ana@example.org;bg\nBoris;boris@example.org;\n"


def test_a_list_is_shown_first_and_changes_nothing(client: Client) -> None:
    """C-19"""
    answer = upload(client, GOOD)
    words = text_of(answer)
    assert "What this list would do" in words
    assert "2 people come into the cohort" in words
    assert "Ана Иванова" in words
    assert not User.objects.filter(email="ana@example.org").exists()


def test_confirmed_it_is_done(client: Client, spring: Cohort) -> None:
    """C-19"""
    upload(client, GOOD)
    answer = client.post(f"{PAGE}list/", {"text": GOOD, "confirm": "yes"}, follow=True)
    assert "2 are in the cohort now." in text_of(answer)
    assert (
        Enrolment.objects.filter(cohort=spring, learner__email__in=["ana@example.org", "boris@example.org"]).count()
        == 2
    )
    assert OutgoingMail.objects.filter(kind="invitation").count() == 2
    again = client.post(f"{PAGE}list/", {"text": GOOD, "confirm": "yes"}, follow=True)
    assert "2 were in already." in text_of(again)


def test_the_preview_carries_the_list_and_does_not_run_it(client: Client) -> None:
    html = html_of(upload(client, 'name,email\n"Ana ""the soil"" <b>Ivanova</b>",ana@example.org\n'))
    assert "<b>Ivanova</b>" not in html
    assert 'name="text" value="name,email' in html


def test_people_with_an_account_are_only_invited(client: Client, spring: Cohort) -> None:
    """P-07"""
    make_trainee(email="ana@example.org")
    assert "1 person gets an invitation" in text_of(upload(client, "name,email\nAna,ana@example.org\n"))
    client.post(f"{PAGE}list/", {"text": "name,email\nAna,ana@example.org\n", "confirm": "yes"})
    assert not Enrolment.objects.filter(cohort=spring, learner__email="ana@example.org").exists()
    assert Invitation.objects.filter(email="ana@example.org").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,email,role\nAna,ana@example.org,admin\n", "A list cannot set “role”."),
        ("name,email\n=1+1,ana@example.org\n", "Line 2: “=1+1” begins like a formula."),
        ("Ana,ana@example.org\n", "Line 1: The first line must name the columns"),
        ("name,email\nAna,ana@example.org\nEva,ana@example.org\n", "Line 3: The same address stands in line 2."),
        (b"\xff\xfe\x00", "The letters cannot be read."),
        (b"name,email\n" + b"A,a@example.org\n" * 70_000, "The file is larger than 1 MB."),
        ("name,email\n" + "".join(f"P,p{n}@example.org\n" for n in range(1001)), "A list holds up to 1000 people."),
    ],
)
def test_what_is_wrong_with_a_list_is_said_in_words_and_nothing_happens(
    client: Client, content: bytes | str, words: str
) -> None:
    """C-19"""
    before = User.objects.count()
    answer = text_of(upload(client, content, confirm="yes"))
    assert words in answer
    assert "Nothing was changed." in answer
    assert User.objects.count() == before


def test_without_a_file_the_field_says_so(client: Client) -> None:
    assert "Choose a file." in html_of(client.post(f"{PAGE}list/"))
    assert client.get(f"{PAGE}list/").status_code == 405


def test_the_mail_of_a_list_leads_into_the_cohort(client: Client, spring: Cohort) -> None:
    """From the trainer's file to the trainee's first page: the link, a password, and in."""
    client.post(f"{PAGE}list/", {"text": GOOD, "confirm": "yes"})
    text = OutgoingMail.objects.get(to="ana@example.org").text
    link = "/bg/account/join/" + text.split("/bg/account/join/")[1].split()[0]
    phone = Client()
    assert phone.get(link).status_code == 200
    typed = {"email": "ana@example.org", "name": "Ана", "password": "дъжд над нивата"}
    answer = phone.post("/bg/account/sign-up/?" + urlencode({"next": link}), typed, follow=True)
    ana = User.objects.get(email="ana@example.org")
    assert answer.context["request"].user == ana
    assert ana.name == "Ана"
    assert Enrolment.objects.get(cohort=spring, learner=ana).ended_at is None
    assert "joined" in text_of(client.get(PAGE))
