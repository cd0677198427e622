"""A new account and a forgotten password: nobody learns who has an account (S-02, S-08, S-09)."""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client

from lms.people.models import OutgoingMail, User
from tests.factories.people import PASSWORD, make_person, make_trainee
from tests.lms.web.visiting import RESET, SIGN_IN, SIGN_UP, bare, first_link, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


def test_s_02_sign_up_answers_the_same_for_known_and_unknown(visitor: Client) -> None:
    """S-02: the same redirect, the same page; the mailbox tells which it was."""
    make_person("known@example.org", "Known")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        visitor = Client()
        response = visitor.post(SIGN_UP, {"email": email, "name": "Ana", "password": PASSWORD}, follow=True)
        pages.append((response.redirect_chain, bare(response.content.decode(), email)))
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
    known = [make_person(f"known{number}@example.org").email for number in range(9)]
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
    link = first_link(OutgoingMail.objects.get().text)
    visitor.get(link)
    assert not EmailAddress.objects.get().verified  # a mail program that looks at links confirms nothing
    visitor.post(link)
    assert EmailAddress.objects.get().verified
    assert "does not work any more" in visitor.get(link).content.decode()


def test_s_02_a_reset_says_the_same_for_known_and_unknown(visitor: Client) -> None:
    """S-02: and the owner of an unknown mailbox learns only about that mailbox."""
    make_person("known@example.org")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        response = visitor.post(RESET, {"email": email}, follow=True)
        pages.append((response.redirect_chain, bare(response.content.decode(), email)))
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
    link = first_link(mail.text)
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
    link = first_link(OutgoingMail.objects.get().text)
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
