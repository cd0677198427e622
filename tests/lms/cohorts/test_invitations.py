"""Invitations: one address, 14 days, once; only the digest is kept (S-08)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings

from lms.cohorts.invitations import accept_invitation, cancel_invitation, invitation_page, invite, invited_address
from lms.cohorts.models import Enrolment, Invitation
from lms.cohorts.refusals import (
    AlreadyEnrolled,
    InvitationCancelled,
    InvitationExpired,
    InvitationUsed,
    InvitedJustNow,
)
from lms.people.models import OutgoingMail
from lms.people.refusals import EmailNotValid
from lms.shared.refusals import NotHere
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_trainee, make_trainer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_s_08_an_invitation_keeps_a_digest_and_mails_the_link(now: datetime) -> None:
    """S-08: the link stands in the mail and nowhere else."""
    cohort, tom = make_cohort(name="Spring", language="bg"), make_trainer(name="Tom")
    invitation, token = invite(cohort=cohort, email=" Ana@Example.org", by=tom, now=now)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("invitation", "ana@example.org")
    assert f"{django_settings.BASE_URL}/bg/account/join/{token}/" in mail.text
    assert token not in str(Invitation.objects.values().get())
    assert invitation.expires_at == now + 14 * DAY


def test_accepting_enrols_once(now: datetime) -> None:
    cohort, ana = make_cohort(), make_trainee()
    invitation, token = invite(cohort=cohort, email=ana.email, by=None, now=now)
    enrolment = accept_invitation(token=token, learner=ana, now=now)
    assert (enrolment.cohort, enrolment.learner) == (cohort, ana)
    assert accept_invitation(token=token, learner=ana, now=now + DAY) == enrolment
    assert Enrolment.objects.count() == 1
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.enrolment) == (now, enrolment)


def test_s_08_a_used_link_does_not_let_anybody_else_in(now: datetime) -> None:
    """S-08: one use."""
    _, token = invite(cohort=make_cohort(), email="ana@example.org", by=None, now=now)
    accept_invitation(token=token, learner=make_trainee(), now=now)
    with pytest.raises(InvitationUsed):
        accept_invitation(token=token, learner=make_trainee(), now=now)
    assert Enrolment.objects.count() == 1


def test_a_link_works_until_its_last_second(now: datetime) -> None:
    _, token = invite(cohort=make_cohort(), email="ana@example.org", by=None, now=now)
    ana, end = make_trainee(), now + 14 * DAY
    with pytest.raises(InvitationExpired):
        accept_invitation(token=token, learner=ana, now=end)
    assert accept_invitation(token=token, learner=ana, now=end - timedelta(seconds=1))


def test_a_cancelled_link_says_so(now: datetime) -> None:
    invitation, token = invite(cohort=make_cohort(), email="ana@example.org", by=None, now=now)
    cancel_invitation(invitation=invitation, by=make_trainer(), now=now)
    with pytest.raises(InvitationCancelled):
        accept_invitation(token=token, learner=make_trainee(), now=now)
    with pytest.raises(InvitationCancelled):
        invitation_page(token=token, visitor=None, language="en", now=now)


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_a_link_that_was_never_written_is_not_there(token: str, now: datetime) -> None:
    with pytest.raises(NotHere):
        accept_invitation(token=token, learner=make_trainee(), now=now)
    assert invited_address(token=token, now=now) == ""


def test_inviting_again_sends_a_new_link_and_the_old_one_is_dead(now: datetime) -> None:
    cohort = make_cohort()
    first, old = invite(cohort=cohort, email="ana@example.org", by=None, now=now)
    second, new = invite(cohort=cohort, email="ANA@example.org", by=None, now=now + DAY)
    assert first == second
    with pytest.raises(NotHere):
        accept_invitation(token=old, learner=make_trainee(), now=now + DAY)
    assert invited_address(token=new, now=now + 15 * DAY - timedelta(seconds=1)) == "ana@example.org"
    assert OutgoingMail.objects.count() == 2


def test_s_08_a_hundred_clicks_are_one_mail(now: datetime) -> None:
    """S-08: mail flood."""
    cohort = make_cohort()
    invite(cohort=cohort, email="ana@example.org", by=None, now=now)
    for second in range(99):
        with pytest.raises(InvitedJustNow) as refusal:
            invite(cohort=cohort, email="ana@example.org", by=None, now=now + timedelta(seconds=second))
        assert refusal.value.details["until"] == now + timedelta(minutes=10)
    assert OutgoingMail.objects.count() == 1


def test_somebody_who_is_in_the_cohort_is_not_invited(now: datetime) -> None:
    ana = make_trainee()
    cohort = make_cohort(learners=[ana])
    with pytest.raises(AlreadyEnrolled):
        invite(cohort=cohort, email=ana.email.upper(), by=None, now=now)
    with pytest.raises(EmailNotValid):
        invite(cohort=cohort, email="nobody", by=None, now=now)
    assert not OutgoingMail.objects.exists()


def test_the_page_shows_what_one_would_join_and_who_has_joined(now: datetime, django_assert_num_queries: Any) -> None:
    tom, ana = make_trainer(name="Tom"), make_trainee()
    cohort = make_cohort(name="Spring", trainers=[tom])
    _, token = invite(cohort=cohort, email=ana.email, by=tom, now=now)
    with django_assert_num_queries(2):
        page = invitation_page(token=token, visitor=ana, language="en", now=now)
    assert (page.cohort, page.trainers, page.email, page.joined) == ("Spring", ("Tom",), ana.email, False)
    accept_invitation(token=token, learner=ana, now=now)
    assert invitation_page(token=token, visitor=ana, language="en", now=now + 90 * DAY).joined
    with pytest.raises(InvitationUsed):
        invitation_page(token=token, visitor=make_trainee(), language="en", now=now)
