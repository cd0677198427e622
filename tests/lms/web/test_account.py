"""Accounts through the front door: what is said, to whom, and where one may be sent (S-02, S-04, S-08, S-09, S-10)."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from lms.cohorts.invitations import invite
from lms.cohorts.models import Enrolment
from lms.people.models import OutgoingMail, User
from lms.people.services import deactivate
from lms.shared import clock
from tests.factories.cohorts import make_cohort
from tests.factories.people import PASSWORD, make_operator, make_person, make_trainee, make_trainer

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_UP, SIGN_OUT = "/en/account/sign-in/", "/en/account/sign-up/", "/en/account/sign-out/"
RESET, PROFILE = "/en/account/password/reset/", "/en/account/profile/"


@pytest.fixture(autouse=True)
def no_old_counters() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    return Client()


def sign_in(visitor: Client, email: str, password: str = PASSWORD, **extra: str) -> Any:
    return visitor.post(SIGN_IN, {"login": email, "password": password, **extra})


def is_in(visitor: Client) -> bool:
    return visitor.get(PROFILE).status_code == 200


# --- Sign in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "language", "room"),
    [(make_trainee, "bg", "/bg/"), (make_trainee, "en", "/en/"), (make_operator, "bg", "/admin/")],
)
def test_everybody_comes_to_their_own_front_room(make: Any, language: str, room: str, visitor: Client) -> None:
    person = make(language=language)
    response = visitor.post(SIGN_IN, {"login": person.email.upper(), "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == room


def test_a_trainer_comes_to_the_trainers_side(visitor: Client) -> None:
    pytest.importorskip("lms.web.train_urls")
    person = make_trainer(language="bg")
    sign_in(visitor, person.email)
    assert visitor.get("/en/account/after-sign-in/").headers["Location"] == "/bg/train/"


def test_a_page_that_needs_a_person_asks_and_comes_back(visitor: Client) -> None:
    person = make_trainee()
    asked = visitor.get(PROFILE)
    assert asked.status_code == 302
    assert asked.headers["Location"] == f"{SIGN_IN}?next={PROFILE}"
    page = visitor.get(asked.headers["Location"]).content.decode()
    assert f'name="next" value="{PROFILE}"' in page
    assert sign_in(visitor, person.email, next=PROFILE).headers["Location"] == PROFILE


def test_a_wrong_password_keeps_what_was_typed_and_says_why(visitor: Client) -> None:
    make_person("ana@example.org")
    response = sign_in(visitor, "ana@example.org", "wrong")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="ana@example.org"' in page
    assert "do not belong together" in page
    assert 'role="alert"' in page
    assert "wrong" not in re.findall(r'<input[^>]*type="password"[^>]*>', page)[0]


def test_s_02_sign_in_says_the_same_for_known_and_unknown(visitor: Client) -> None:
    """S-02: text, status, and a password is hashed either way."""
    make_person("known@example.org")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        response = sign_in(visitor, email, "wrong password")
        pages.append((response.status_code, _bare(response.content.decode(), email)))
    assert pages[0] == pages[1]


def test_s_04_the_session_key_changes_at_sign_in(visitor: Client) -> None:
    """S-04: a key that was planted before is worth nothing."""
    person = make_trainee()
    visitor.post(SIGN_UP, {"email": "new@example.org", "name": "N", "password": PASSWORD})
    before = visitor.cookies["session"].value
    sign_in(visitor, person.email)
    assert visitor.cookies["session"].value != before
    stolen = Client()
    stolen.cookies["session"] = before
    assert not is_in(stolen)


def test_s_04_sign_out_ends_the_session_and_leaves_nothing(visitor: Client) -> None:
    """S-04, P-09: the old cookie opens nothing; the visitor is told to forget."""
    sign_in(visitor, make_trainee().email)
    old = visitor.cookies["session"].value
    assert visitor.get(SIGN_OUT).status_code == 200
    assert is_in(visitor)  # looking at the page signs nobody out (S-11)
    response = visitor.post(SIGN_OUT)
    assert response.headers["Location"] == "/en/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    stolen = Client()
    stolen.cookies["session"] = old
    assert not is_in(stolen)


def test_g_19_a_closed_account_is_out_at_the_next_request(visitor: Client) -> None:
    """S-04, G-19: and cannot sign in again; the page says what to do."""
    person = make_trainee()
    sign_in(visitor, person.email)
    assert is_in(visitor)
    deactivate(person=person, by=None, now=clock.now())
    assert not is_in(visitor)
    response = visitor.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in response.content.decode()


def test_s_01_guessing_is_stopped_for_the_account_and_told(visitor: Client) -> None:
    """S-01: ten wrong tries in a quarter of an hour, also when they come from everywhere."""
    make_person("ana@example.org")
    for number in range(10):
        visitor.post(SIGN_IN, {"login": "ana@example.org", "password": "x"}, REMOTE_ADDR=f"10.0.{number}.1")
    page = visitor.post(SIGN_IN, {"login": "ana@example.org", "password": PASSWORD}, REMOTE_ADDR="10.1.1.1")
    assert "Too many tries" in page.content.decode()
    assert not is_in(visitor)


def test_s_01_the_network_limit_has_a_page_of_its_own(visitor: Client) -> None:
    """S-01: thirty sign-ins a minute from one place."""
    answers = [sign_in(visitor, f"p{number}@example.org", "x") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()


ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "////evil.example", "http:///evil.example",
    "\\\\evil.example", "/\\evil.example", "/\\/evil.example", "\\/evil.example", "https:/evil.example",
    "https:evil.example", "http:evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "vbscript:x", "ftp://evil.example/", "//testserver@evil.example/", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "https://evil.example/testserver", "//evil.example:80/", "https://testserver:1/",
    "http://[::1]/", "//[evil", "http://evil。example/", "//evil%E3%80%82example", "/%5cevil.example/..//evil.example",
    "\thttps://evil.example", " https://evil.example", "\nhttps://evil.example", "\x00//evil.example",
    "/\t/evil.example", "/\n/evil.example", "//\tevil.example", "ht\ntps://evil.example", "\u2028//evil.example",
    "https://evil.example#@testserver/", "https://evil.example?@testserver/", "https://evil.example\\@testserver/",
    "file:///etc/passwd", "mailto:x@evil.example", "blob:https://evil.example/1", "about:blank", "//0x7f000001/",
    "http://0x7f.1/", "http://2130706433/", "http://127.1/", "//127.0.0.1.evil.example/", "http://testserver:@evil.example",
    "http://testserver%40evil.example/", "https://testserver%2eevil.example/", "//testserver%00.evil.example/",
    "http://user:pw@testserver/", "https;//evil.example", "https:\\\\evil.example", "/ /evil.example"[:0] + "//e",
    "ws://evil.example/", "tel:+359", "intent://evil.example#Intent;end",
]  # fmt: skip


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_s_10_nobody_is_sent_elsewhere(onward: str, visitor: Client) -> None:
    """S-10: sixty ways to write another address, at sign-in, sign-out and the language switch."""
    person = make_trainee()
    answers = [
        sign_in(visitor, person.email, next=onward),
        visitor.get("/bg/account/language/", {"next": onward}),
        visitor.post(SIGN_OUT, {"next": onward}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.fullmatch(r"/(en|bg)/(account/after-sign-in/)?", answer.headers["Location"])


def test_s_10_there_are_sixty_of_them() -> None:
    assert len(set(ELSEWHERE)) == 60


# --- Sign up --------------------------------------------------------------------------------------------------------


def test_s_02_sign_up_answers_the_same_for_known_and_unknown(visitor: Client) -> None:
    """S-02: the same redirect, the same page; the mailbox tells which it was."""
    make_person("known@example.org", "Known")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        visitor = Client()
        response = visitor.post(SIGN_UP, {"email": email, "name": "Ana", "password": PASSWORD}, follow=True)
        pages.append((response.redirect_chain, _bare(response.content.decode(), email)))
    assert pages[0] == pages[1]
    assert set(OutgoingMail.objects.values_list("to", "kind")) == {
        ("known@example.org", "account_exists"),
        ("nobody@example.org", "confirm_email"),
    }


@pytest.mark.slow
def test_s_02_the_clock_does_not_tell_who_has_an_account(settings: Any) -> None:
    """S-02: medians of sign-in, sign-up and reset differ by less than a quarter of one answer, with the real hasher."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    known = [make_person(f"known{number}@example.org").email for number in range(20)]
    acts: dict[str, Callable[[str], Any]] = {
        "sign in": lambda email: Client().post(SIGN_IN, {"login": email, "password": "wrong password"}),
        "reset": lambda email: Client().post(RESET, {"email": email}),
        "sign up": lambda email: Client().post(SIGN_UP, {"email": email, "name": "A", "password": PASSWORD}),
    }
    for what, act in acts.items():
        pairs = [(_time(act, email), _time(act, email.replace("known", "nobody"))) for email in known]
        medians = [statistics.median(times) for times in zip(*pairs, strict=True)]
        assert abs(medians[0] - medians[1]) < 0.25 * max(medians) + 0.005, (what, medians)


def _time(act: Callable[[str], Any], email: str) -> float:
    start = time.perf_counter()
    act(email)
    return time.perf_counter() - start


def test_a_new_account_speaks_the_language_of_the_page(visitor: Client) -> None:
    visitor.post("/bg/account/sign-up/", {"email": "Ana@example.org", "name": " Ана ", "password": PASSWORD})
    person = User.objects.get()
    assert (person.email, person.display_name, person.language, person.role) == (
        "ana@example.org",
        "Ана",
        "bg",
        "trainee",
    )
    assert sign_in(visitor, "ana@example.org").status_code == 302
    assert is_in(visitor)


def test_the_sign_in_page_after_sign_up_knows_the_address(visitor: Client) -> None:
    response = visitor.post(SIGN_UP, {"email": "ana@example.org", "name": "Ana", "password": PASSWORD}, follow=True)
    assert 'value="ana@example.org"' in response.content.decode()
    assert "ana@example.org" not in response.redirect_chain[-1][0]  # not in an address (P-12)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("password", "1234", "Use at least 8 characters"),
        ("password", "parola123", "Many people try this word first"),
        ("email", "ana", "valid email"),
        ("name", "", "required"),
    ],
)
def test_a_form_with_a_mistake_keeps_the_rest_and_points_at_the_field(
    field: str, value: str, says: str, visitor: Client
) -> None:
    typed = {"email": "ana@example.org", "name": "Ana Petrova", "password": PASSWORD, field: value}
    response = visitor.post(SIGN_UP, typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert says in page
    assert f'id="id_{field}_error"' in page
    assert re.search(rf'<input[^>]*name="{field}"[^>]*aria-invalid="true"', page)
    assert re.search(rf'aria-describedby="[^"]*id_{field}_error', page)
    kept = {"email": "ana@example.org", "name": "Ana Petrova"}.items()
    assert all(f'value="{text}"' in page for name, text in kept if name != field)
    assert PASSWORD not in page
    assert not User.objects.exists()


def test_fields_that_are_not_in_the_form_are_not_taken(visitor: Client) -> None:
    """A-07: a role cannot be chosen."""
    more = {"role": "operator", "is_superuser": "1", "is_active": "0", "is_demo": "1"}
    visitor.post(SIGN_UP, {"email": "ana@example.org", "name": "Ana", "password": PASSWORD, **more})
    person = User.objects.get()
    assert (person.role, person.is_superuser, person.is_active, person.is_demo) == ("trainee", False, True, False)


def test_confirming_an_address_takes_a_click(visitor: Client) -> None:
    visitor.post(SIGN_UP, {"email": "ana@example.org", "name": "Ana", "password": PASSWORD})
    link = _link(OutgoingMail.objects.get().text)
    visitor.get(link)
    assert not EmailAddress.objects.get().verified  # a mail program that looks at links confirms nothing
    visitor.post(link)
    assert EmailAddress.objects.get().verified
    assert "does not work any more" in visitor.get(link).content.decode()


# --- Forgotten passwords --------------------------------------------------------------------------------------------


def test_s_02_a_reset_says_the_same_for_known_and_unknown(visitor: Client) -> None:
    """S-02: and the owner of an unknown mailbox learns only about that mailbox."""
    make_person("known@example.org")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        response = visitor.post(RESET, {"email": email}, follow=True)
        pages.append((response.redirect_chain, _bare(response.content.decode(), email)))
    assert pages[0] == pages[1]
    assert set(OutgoingMail.objects.values_list("to", "kind")) == {
        ("known@example.org", "password_reset"),
        ("nobody@example.org", "unknown_account"),
    }


def test_s_08_a_reset_link_works_once_and_ends_all_sessions(visitor: Client) -> None:
    """S-08, S-04: used twice it says so; every other session is over."""
    person, other = make_trainee(language="bg"), Client()
    sign_in(other, person.email)
    visitor.post(RESET, {"email": person.email})
    mail = OutgoingMail.objects.get()
    link = _link(mail.text)
    assert link.startswith("/bg/")
    form = visitor.get(link, follow=True)
    assert "key" not in form.redirect_chain[-1][0]  # the secret has left the address (Referer)
    done = visitor.post(form.redirect_chain[-1][0], {"password1": "a new long sentence"}, follow=True)
    assert done.status_code == 200
    assert not is_in(other)
    assert sign_in(Client(), person.email, "a new long sentence").status_code == 302
    again = Client().get(link, follow=True).content.decode()
    assert 'href="/bg/account/password/reset/"' in again
    assert "password_changed" in OutgoingMail.objects.values_list("kind", flat=True)


def test_s_08_a_reset_link_is_dead_after_an_hour_and_after_a_change(visitor: Client, settings: Any) -> None:
    """S-08: at most one hour, and never after the password was changed by other means."""
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    person = make_trainee()
    visitor.post(RESET, {"email": person.email})
    link = _link(OutgoingMail.objects.get().text)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "does not work any more" in visitor.get(link, follow=True).content.decode()
    settings.PASSWORD_RESET_TIMEOUT = 3600
    person.set_password("changed by other means")
    person.save()
    assert "does not work any more" in Client().get(link, follow=True).content.decode()


def test_s_08_a_hundred_requests_write_three_mails(visitor: Client) -> None:
    """S-08: mail flood."""
    person = make_trainee()
    for number in range(100):
        visitor.post(RESET, {"email": person.email}, REMOTE_ADDR=f"10.0.{number}.1")
    assert OutgoingMail.objects.count() == 3


def test_s_09_a_forged_host_is_refused_and_never_in_a_mail(visitor: Client) -> None:
    """S-09: 400, no mail; and links start from the configured address whatever name was called."""
    person = make_trainee()
    for forged in ({"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver@evil.example"}):
        assert visitor.post(RESET, {"email": person.email}, **forged).status_code == 400
    assert not OutgoingMail.objects.exists()
    visitor.post(RESET, {"email": person.email}, HTTP_X_FORWARDED_HOST="evil.example")
    text = OutgoingMail.objects.get().text
    assert set(re.findall(r"https?://[^/\s]+", text)) == {django_settings.BASE_URL}


# --- Change password, profile ---------------------------------------------------------------------------------------


def test_s_04_changing_the_password_ends_other_sessions_and_keeps_this_one(visitor: Client) -> None:
    """S-04: and a mail says that it happened."""
    person, other = make_trainee(), Client()
    for one in (visitor, other):
        sign_in(one, person.email)
    visitor.post("/en/account/password/", {"oldpassword": "wrong", "password1": "a new long sentence"})
    assert is_in(other)
    visitor.post("/en/account/password/", {"oldpassword": PASSWORD, "password1": "a new long sentence"})
    assert (is_in(visitor), is_in(other)) == (True, False)
    assert OutgoingMail.objects.get().kind == "password_changed"


def test_s_04_all_other_sessions_can_be_ended(visitor: Client) -> None:
    """S-04: for a phone that was lost."""
    person, other = make_trainee(), Client()
    for one in (visitor, other):
        sign_in(one, person.email)
    wrong = visitor.post(f"{PROFILE}sessions/", {"sessions-password": "wrong"})
    assert "This is not your password" in wrong.content.decode()
    assert is_in(other)
    visitor.post(f"{PROFILE}sessions/", {"sessions-password": PASSWORD})
    assert (is_in(visitor), is_in(other)) == (True, False)


def test_the_profile_is_saved_in_the_new_language(visitor: Client) -> None:
    person = make_trainee(language="en")
    sign_in(visitor, person.email)
    typed = {"name": "Ана", "language": "bg", "timezone": "Europe/Vienna"}
    response = visitor.post(PROFILE, typed)
    assert response.headers["Location"] == "/bg/account/profile/"
    assert response.cookies["language"].value == "bg"
    person.refresh_from_db()
    assert (person.display_name, person.language, person.timezone) == ("Ана", "bg", "Europe/Vienna")
    assert not person.wants_reminders


def test_a_profile_with_an_invented_zone_is_refused(visitor: Client) -> None:
    person = make_trainee()
    sign_in(visitor, person.email)
    page = visitor.post(PROFILE, {"name": "Ana", "language": "xx", "timezone": "Mars/Olympus"}).content.decode()
    assert 'id="id_timezone_error"' in page
    assert 'id="id_language_error"' in page


# --- Language -------------------------------------------------------------------------------------------------------


def test_the_language_switch_remembers_and_goes_on(visitor: Client) -> None:
    response = visitor.get("/bg/account/language/?next=/bg/glossary/")
    assert response.headers["Location"] == "/bg/glossary/"
    assert response.cookies["language"].value == "bg"
    assert visitor.get("/", HTTP_ACCEPT_LANGUAGE="en").headers["Location"] == "/bg/"


def test_s_11_another_site_cannot_set_the_language(visitor: Client) -> None:
    """S-11: a picture on another page may call the address; it sets nothing."""
    response = visitor.get("/bg/account/language/?next=/bg/", HTTP_SEC_FETCH_SITE="cross-site")
    assert "language" not in response.cookies


def test_the_switch_does_not_change_the_profile(visitor: Client) -> None:
    person = make_trainee(language="en")
    sign_in(visitor, person.email)
    visitor.get("/bg/account/language/?next=/bg/")
    person.refresh_from_db()
    assert person.language == "en"


# --- Invitations ----------------------------------------------------------------------------------------------------


def an_invitation(email: str = "ana@example.org", **fields: Any) -> str:
    """The address of its page, in English."""
    cohort = make_cohort(name="Spring", trainers=[make_trainer(name="Tom")])
    _, token = invite(cohort=cohort, email=email, by=None, now=fields.get("now", clock.now()))
    OutgoingMail.objects.all().delete()
    return f"/en/account/join/{token}/"


def test_an_invitation_shows_what_it_is_to_before_anybody_signs_in(visitor: Client) -> None:
    response = visitor.get(an_invitation())
    page = response.content.decode()
    assert "Spring" in page
    assert "Tom" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_who_holds_an_invitation_makes_an_account_and_is_in_the_cohort(visitor: Client) -> None:
    address = an_invitation()
    form = visitor.get(f"{SIGN_UP}?next={address}").content.decode()
    assert 'value="ana@example.org"' in form
    typed = {"email": "ana@example.org", "name": "Ana", "password": PASSWORD, "next": address}
    response = visitor.post(SIGN_UP, typed, follow=True)
    assert "You are in Spring" in response.content.decode()
    assert Enrolment.objects.get().learner.email == "ana@example.org"
    assert not OutgoingMail.objects.exists()


def test_with_another_address_one_signs_in_first_and_then_is_in_the_cohort(visitor: Client) -> None:
    """S-02: only for the invited address does sign-up tell anything."""
    address = an_invitation()
    typed = {"email": "other@example.org", "name": "Ana", "password": PASSWORD, "next": address}
    response = visitor.post(SIGN_UP, typed, follow=True)
    assert not Enrolment.objects.exists()
    assert f'value="{address}"' in response.content.decode()
    response = visitor.post(SIGN_IN, {"login": "other@example.org", "password": PASSWORD, "next": address}, follow=True)
    assert "You are in Spring" in response.content.decode()


def test_signing_in_by_an_invitation_in_another_language_joins(visitor: Client) -> None:
    address = an_invitation().replace("/en/", "/bg/")
    person = make_trainee()
    sign_in(visitor, person.email, next=address)
    assert Enrolment.objects.get().learner == person


def test_signed_in_one_click_joins_and_looking_does_not(visitor: Client) -> None:
    address, person = an_invitation(), make_trainee()
    sign_in(visitor, person.email)
    assert "You join as" in visitor.get(address).content.decode()
    assert not Enrolment.objects.exists()
    assert "You are in Spring" in visitor.post(address, follow=True).content.decode()
    assert "You are in Spring" in visitor.post(address, follow=True).content.decode()


def test_a_shared_phone_does_not_join_somebody_else(visitor: Client) -> None:
    """P-09: the link is in no session, so whoever signs in later by another way is not taken along."""
    visitor.get(an_invitation())
    sign_in(visitor, make_trainee().email)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(("made", "says"), [(-15, "too old"), (0, "already")])
def test_a_closed_invitation_says_what_to_do(made: int, says: str, visitor: Client) -> None:
    address = an_invitation(now=clock.now() + timedelta(days=made))
    if made == 0:
        first = Client()
        sign_in(first, make_trainee().email, next=address)
    response = visitor.get(address)
    assert response.status_code == 410
    assert says in response.content.decode()
    assert "ask your trainer for a new one" in response.content.decode().lower()


def test_an_expired_invitation_spoils_no_sign_in(visitor: Client) -> None:
    address, person = an_invitation(now=clock.now() - timedelta(days=15)), make_trainee()
    response = visitor.post(SIGN_IN, {"login": person.email, "password": PASSWORD, "next": address}, follow=True)
    assert response.status_code == 410
    assert is_in(visitor)


def test_an_unknown_link_is_not_found(visitor: Client) -> None:
    assert visitor.get("/en/account/join/nothing/").status_code == 404


# --- My data --------------------------------------------------------------------------------------------------------


def test_my_data_can_be_taken_as_a_file(visitor: Client) -> None:
    person = make_trainee(name="Ana Petrova")
    sign_in(visitor, person.email)
    assert "Your account" in visitor.get("/en/account/my-data/").content.decode()
    response = visitor.get("/en/account/my-data/file/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.json()["tables"]["people.User"]["rows"][0]["display_name"] == "Ana Petrova"


def test_p_03_deleting_the_account_takes_the_password(visitor: Client) -> None:
    """P-03: and then it is over: signed out, no way back in."""
    person = make_trainee()
    sign_in(visitor, person.email)
    page = visitor.post("/en/account/my-data/erase/", {"password": "wrong"}).content.decode()
    assert "Nothing was deleted" in page
    assert is_in(visitor)
    response = visitor.post("/en/account/my-data/erase/", {"password": PASSWORD})
    assert response.headers["Location"] == "/en/"
    assert response.headers["Clear-Site-Data"]
    assert not is_in(visitor)
    assert sign_in(visitor, person.email).status_code == 200
    assert not User.objects.filter(email=person.email).exists()


def test_the_only_operator_is_told_why_not(visitor: Client) -> None:
    person = make_operator()
    sign_in(visitor, person.email)
    response = visitor.post("/en/account/my-data/erase/", {"password": PASSWORD})
    assert response.status_code == 409
    assert "only operator" in response.content.decode()
    assert is_in(visitor)


@pytest.mark.parametrize(
    "address", ["profile/", "my-data/", "my-data/file/", "my-data/erase/", "password/", "after-sign-in/"]
)
def test_a_01_pages_about_a_person_ask_who_it_is(address: str, visitor: Client) -> None:
    """A-01: every page of an account is its owner's; nobody signed in, nothing shown."""
    for method in (visitor.get, visitor.post):
        response = method(f"/en/account/{address}")
        assert (response.status_code, response.headers.get("Location", "").split("?")[0]) in {(302, SIGN_IN), (405, "")}


def _bare(page: str, email: str) -> str:
    """The page without what must differ: its secrets and the address that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return re.sub(r'nonce="[^"]*"', "", page).replace(email, "E-MAIL")


def _link(text: str) -> str:
    """The first link of a mail, as a path."""
    found = re.search(rf"{re.escape(django_settings.BASE_URL)}(/\S+)", text)
    assert found
    return found[1]
