"""Accounts: who may have one, and what both answers of sign-up have in common (S-02)."""

from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hashers

from lms.people.models import AuditEvent, OutgoingMail, Role, User
from lms.people.refusals import EmailNotValid, EmailTaken, LastOperator, PasswordTooWeak, WrongPassword
from lms.people.selectors import audit_trail, person_by_email
from lms.people.services import change_profile, deactivate, end_other_sessions, record, register, sign_up
from tests.factories.people import PASSWORD, make_operator, make_trainee

pytestmark = pytest.mark.django_db


def a_person(now: datetime, **fields: Any) -> User:
    words = {"email": "ana@example.org", "name": "Ana", "role": Role.TRAINEE, "language": "bg", "password": PASSWORD}
    return register(now=now, **{**words, **fields})


def test_an_address_is_one_person_however_it_is_typed(now: datetime) -> None:
    person = a_person(now, email=" Ana@Example.ORG ")
    assert person.email == "ana@example.org"
    assert person_by_email("ANA@example.org ") == person
    with pytest.raises(EmailTaken):
        a_person(now, email="ana@EXAMPLE.org")
    assert User.objects.count() == 1


def test_an_account_without_a_password_opens_for_nobody(now: datetime) -> None:
    person = a_person(now, password=None)
    assert not person.has_usable_password()
    assert not person.check_password("")


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a b@example.org", "ana@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused(email: str, now: datetime) -> None:
    with pytest.raises(EmailNotValid):
        a_person(now, email=email)


def test_d1_trainers_need_longer_passwords_than_trainees(now: datetime) -> None:
    """D1, S-03: eight characters for trainees, twelve for whoever sees others' data. The reason is said."""
    a_person(now, email="a@example.org", password="sunflow8")
    for role in (Role.TRAINER, Role.OPERATOR):
        with pytest.raises(PasswordTooWeak) as refusal:
            a_person(now, email="b@example.org", role=role, password="sunflow8")
        assert "12" in refusal.value.details["reasons"][0]


def test_registering_is_written_down(now: datetime) -> None:
    person = a_person(now)
    assert [line.verb for line in audit_trail(person.pk)] == ["person registered"]


def test_s_02_both_ends_of_sign_up_hash_once_and_write_one_mail(
    now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S-02: what takes time is the same, so the clock tells nothing; what differs goes into the mailbox."""
    hasher, hashed = get_hashers()[0], []
    monkeypatch.setattr(type(hasher), "encode", _counting(type(hasher).encode, hashed))
    words = {"email": "ana@example.org", "name": "Ana", "language": "en", "password": PASSWORD, "now": now}
    first, second = sign_up(**words), sign_up(**words)
    assert first.person is not None
    assert second.person is None
    assert len(hashed) == 2
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")].count("confirm_email") == 1
    assert OutgoingMail.objects.filter(kind="account_exists", to="ana@example.org").count() == 1


def _counting(real: Any, calls: list[int]) -> Any:
    def encode(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return real(*args, **kwargs)

    return encode


def test_signing_up_again_changes_nothing_about_the_account(now: datetime) -> None:
    sign_up(email="ana@example.org", name="Ana", language="en", password=PASSWORD, now=now)
    sign_up(email="ana@example.org", name="Not Ana", language="bg", password="another long sentence", now=now)
    person = User.objects.get()
    assert (person.display_name, person.language, person.check_password(PASSWORD)) == ("Ana", "en", True)


def test_who_came_by_an_invitation_needs_no_mail_to_confirm(now: datetime) -> None:
    words = {"name": "Ana", "language": "en", "password": PASSWORD, "now": now}
    done = sign_up(email="Ana@example.org", proven="ana@example.org", **words)
    assert done.mail is None
    assert EmailAddress.objects.get().verified
    other = sign_up(email="boris@example.org", proven="ana@example.org", **words)
    assert other.mail is not None
    assert not EmailAddress.objects.get(email="boris@example.org").verified


def test_p_06_turning_reminders_off_is_written_down(now: datetime) -> None:
    """P-06: the objection counts at once, and it can be shown when it was made."""
    person = make_trainee()
    words = {"name": " Ana Petrova ", "language": "bg", "timezone": "Europe/Sofia", "now": now}
    change_profile(person=person, wants_reminders=False, **words)
    change_profile(person=person, wants_reminders=False, **words)
    person.refresh_from_db()
    assert (person.display_name, person.wants_reminders) == ("Ana Petrova", False)
    assert [line.verb for line in audit_trail(person.pk)] == ["reminders turned off"]


def test_s_04_the_same_password_under_a_new_salt_ends_sessions(now: datetime, settings: Any) -> None:
    """S-04: the digest that every session carries is made from the stored password."""
    person = make_trainee()
    before = person.get_session_auth_hash()
    end_other_sessions(person=person, password=PASSWORD, now=now)
    assert person.get_session_auth_hash() != before
    assert person.check_password(PASSWORD)
    with pytest.raises(WrongPassword):
        end_other_sessions(person=person, password="wrong", now=now)


def test_the_last_operator_cannot_be_closed(now: datetime) -> None:
    person = make_operator()
    with pytest.raises(LastOperator):
        deactivate(person=person, by=person, now=now)
    make_operator()
    assert not deactivate(person=person, by=person, now=now).is_active


def test_only_active_operators_may_anything_in_the_admin() -> None:
    """A-02: the role decides, on the next request."""
    person = make_operator()
    assert person.has_perm("people.view_user")
    assert person.has_module_perms("people")
    person.is_active = False
    assert not person.has_perm("people.view_user")
    assert not make_trainee().has_module_perms("people")


def test_the_trail_keeps_who_what_and_when(now: datetime) -> None:
    person = make_trainee(name="Ana")
    record(actor=person, verb="x", target_label="t" * 300, target_id=7, data={"n": 1}, now=now)
    event = AuditEvent.objects.get()
    assert (event.actor_id, event.actor_label, event.target_id, event.at) == (person.pk, "Ana", "7", now)
    assert len(event.target_label) == 200
