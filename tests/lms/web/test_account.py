"""Sign in, language, profile, password: what is said, where one may be sent (S-01, S-02, S-04, S-10)."""

import re
from typing import Any

import pytest
from django.test import Client

from lms.people.models import OutgoingMail
from lms.people.services import deactivate
from lms.shared import clock
from tests.factories.people import PASSWORD, make_operator, make_person, make_trainee, make_trainer
from tests.lms.web.visiting import PROFILE, SIGN_IN, SIGN_OUT, SIGN_UP, bare, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


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
        pages.append((response.status_code, bare(response.content.decode(), email)))
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
