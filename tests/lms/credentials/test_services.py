"""What is earned is issued once, with frozen facts, from what the server has recorded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lms.credentials.models import Achievement, Credential
from lms.credentials.refusals import AlreadyRevoked, NoReason
from lms.credentials.services import (
    REPLACED,
    ensure_achievement,
    issue_earned,
    issue_if_earned,
    reissue,
    revoke,
    show_credential,
)
from lms.people.models import AuditEvent, User
from lms.shared.refusals import NotHere
from modules.models import Module, Programme
from tests.factories.credentials import NOW, complete_programme, make_credential, make_graduate
from tests.factories.modules import make_module, make_programme
from tests.factories.people import make_operator, make_trainee
from tests.factories.progress import make_module_completion

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def test_a_completed_programme_earns_one_credential() -> None:
    ana, programme = make_graduate()
    credential = issue_if_earned(learner=ana, programme=programme, now=NOW)
    assert credential
    assert (credential.learner, credential.issued_at, credential.achievement.programme) == (ana, NOW, programme)
    assert issue_if_earned(learner=ana, programme=programme, now=LATER) == credential
    assert AuditEvent.objects.filter(verb="credential issued", target_id=str(ana.pk)).count() == 1


def test_without_a_completed_programme_nothing_is_issued() -> None:
    """X-06: whatever else is recorded."""
    programme = make_programme()
    ana = make_trainee(password=None)
    for _ in range(2):
        make_module_completion(ana, make_module(programme), now=NOW)
    assert issue_if_earned(learner=ana, programme=programme, now=NOW) is None
    assert issue_earned(now=NOW) == 0
    assert not Credential.objects.exists()


def test_somebody_elses_completion_earns_me_nothing() -> None:
    """X-06"""
    _ana, programme = make_graduate()
    assert issue_if_earned(learner=make_trainee(password=None), programme=programme, now=NOW) is None


def test_the_facts_are_frozen() -> None:
    ana, programme = make_graduate(timezone="Europe/Sofia")
    credential = issue_if_earned(learner=ana, programme=programme, now=NOW)
    assert credential
    before = credential.facts
    Module.objects.update(title={"en": "Other"}, hours=9)
    Programme.objects.update(title={"en": "Other"})
    User.objects.filter(pk=ana.pk).update(display_name="Somebody else")
    credential.refresh_from_db()
    assert credential.facts == before
    assert before["name"] == "Ana Petrova"
    assert before["release"] == 7
    assert [module["completed_on"] for module in before["modules"]] == ["2027-06-30", "2027-06-30"]
    assert (before["hours"], before["field_hours"]) == ("5.00", "6.00")


def test_days_are_days_in_the_learners_zone() -> None:
    programme = make_programme()
    make_module(programme)
    ana = make_trainee(password=None, timezone="Europe/Sofia")
    complete_programme(ana, programme, now=datetime(2027, 6, 29, 22, 30, tzinfo=UTC))
    credential = issue_if_earned(learner=ana, programme=programme, now=NOW)
    assert credential
    assert credential.facts["completed_on"] == "2027-06-30"


def test_a_module_completed_in_two_editions_stands_there_once_with_its_first_day() -> None:
    ana, programme = make_graduate(modules=1)
    module = programme.modules.get()
    ana.completions.create(module=module, edition=2, completed_at=LATER)
    credential = issue_if_earned(learner=ana, programme=programme, now=LATER)
    assert credential
    assert [fact["completed_on"] for fact in credential.facts["modules"]] == ["2027-06-30"]


def test_the_timetable_issues_to_everybody_who_has_earned_it_and_again_to_nobody() -> None:
    for _ in range(3):
        make_graduate()
    make_graduate(is_active=False)
    assert issue_earned(now=NOW) == 3
    assert issue_earned(now=LATER) == 0
    assert Credential.objects.count() == 3


def test_codes_are_long_and_differ() -> None:
    """X-08: 128 random bits are 22 characters."""
    codes = {make_credential().code for _ in range(5)}
    assert len(codes) == 5
    assert all(len(code) == 22 for code in codes)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_issue_one() -> None:
    """X-07"""
    ana, programme = make_graduate()
    barrier = Barrier(8)

    def issue(_number: int) -> Any:
        try:
            barrier.wait()
            return issue_if_earned(learner=ana, programme=programme, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        issued = list(pool.map(issue, range(8)))
    assert Credential.objects.count() == 1
    assert {credential.code for credential in issued} == {Credential.objects.get().code}
    assert Achievement.objects.count() == 1


def test_the_achievement_has_the_programmes_title_and_words_for_what_it_asks() -> None:
    programme = make_programme()
    achievement = ensure_achievement(programme=programme)
    assert achievement.name == programme.title
    assert set(achievement.criteria) == {"en", "bg"}
    assert ensure_achievement(programme=programme) == achievement


# --- Taking back, issuing anew, hiding --------------------------------------------------------------------------------


def test_revoking_needs_a_reason_and_happens_once() -> None:
    petya, credential = make_operator(password=None), make_credential()
    with pytest.raises(NoReason):
        revoke(code=credential.code, because="  ", by=petya, now=LATER)
    revoke(code=credential.code, because="Marked by mistake", by=petya, now=LATER)
    credential.refresh_from_db()
    assert (credential.revoked_at, credential.revoked_because) == (LATER, "Marked by mistake")
    with pytest.raises(AlreadyRevoked):
        revoke(code=credential.code, because="Again", by=petya, now=LATER)
    with pytest.raises(NotHere):
        revoke(code="nothing", because="No", by=petya, now=LATER)
    assert AuditEvent.objects.get(verb="credential revoked").actor_id == petya.pk


def test_what_was_taken_back_is_not_issued_again_by_itself() -> None:
    credential = make_credential()
    revoke(code=credential.code, because="Marked by mistake", by=None, now=LATER)
    assert issue_earned(now=LATER) == 0
    programme = credential.achievement.programme
    assert issue_if_earned(learner=credential.learner, programme=programme, now=LATER) is None


def test_a_new_name_gets_a_new_credential_and_the_old_one_says_replaced() -> None:
    """X-07"""
    credential = make_credential("Ana Petrova")
    User.objects.filter(pk=credential.learner_id).update(display_name="Ana Georgieva")
    new = reissue(code=credential.code, by=None, now=LATER)
    credential.refresh_from_db()
    assert (credential.revoked_at, credential.revoked_because) == (LATER, REPLACED)
    assert new.code != credential.code
    assert new.facts == {**credential.facts, "name": "Ana Georgieva"}
    assert Credential.objects.filter(revoked_at=None).get() == new
    with pytest.raises(AlreadyRevoked):
        reissue(code=credential.code, by=None, now=LATER)


def test_a_hidden_credential_stays_hidden_when_it_is_issued_anew() -> None:
    credential = make_credential()
    show_credential(learner=credential.learner, code=credential.code, public=False, now=NOW)
    assert reissue(code=credential.code, by=None, now=LATER).is_public is False


def test_only_the_holder_hides_a_credential() -> None:
    """P-06"""
    credential = make_credential()
    with pytest.raises(NotHere):
        show_credential(learner=make_trainee(password=None), code=credential.code, public=False, now=NOW)
    hidden = show_credential(learner=credential.learner, code=credential.code, public=False, now=NOW)
    assert hidden.is_public is False
    assert AuditEvent.objects.get(verb="credential hidden").actor_id == credential.learner_id
