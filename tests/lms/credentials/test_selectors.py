"""What a code opens."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.credentials.models import Credential
from lms.credentials.refusals import Forgotten
from lms.credentials.selectors import my_credentials, verify
from lms.credentials.services import reissue, revoke, show_credential
from lms.shared.refusals import NotHere
from tests.factories.credentials import NOW, make_credential
from tests.factories.people import make_trainee

pytestmark = pytest.mark.django_db


def test_a_code_shows_what_is_printed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """X-09"""
    credential = make_credential("Ana Petrova")
    with django_assert_num_queries(1):
        award = verify(credential.code, language="bg")
    assert (award.name, award.state, award.release, award.is_mine) == ("Ana Petrova", "valid", 7, False)
    assert award.programme.startswith("Програма")
    assert [module.completed_on for module in award.modules] == [date(2027, 6, 30)] * 2
    assert award.hours == sum((module.hours for module in award.modules), Decimal(0)) == Decimal(5)


def test_an_unknown_code_opens_nothing() -> None:
    make_credential()
    with pytest.raises(NotHere):
        verify("AAAAAAAAAAAAAAAAAAAAAA", language="en")


def test_a_hidden_one_opens_for_its_holder_alone() -> None:
    """P-06, X-08"""
    credential = make_credential()
    show_credential(learner=credential.learner, code=credential.code, public=False, now=NOW)
    assert verify(credential.code, language="en", viewer=credential.learner).is_mine
    for viewer in (None, make_trainee(password=None)):
        with pytest.raises(NotHere):
            verify(credential.code, language="en", viewer=viewer)


def test_a_revoked_and_a_replaced_one_say_so() -> None:
    """X-07"""
    revoked, replaced = make_credential(), make_credential()
    revoke(code=revoked.code, because="Marked by mistake", by=None, now=NOW)
    reissue(code=replaced.code, by=None, now=NOW)
    assert verify(revoked.code, language="en").state == "revoked"
    assert verify(replaced.code, language="en").state == "replaced"


def test_one_whose_holder_was_forgotten_is_gone() -> None:
    """D6"""
    credential = make_credential()
    Credential.objects.update(facts={"erased": True}, revoked_at=NOW, revoked_because="erased")
    with pytest.raises(Forgotten):
        verify(credential.code, language="en")


def test_mine_are_those_that_stand() -> None:
    credential = make_credential()
    new = reissue(code=credential.code, by=None, now=NOW + timedelta(days=1))
    assert [award.code for award in my_credentials(credential.learner, "en")] == [new.code]
    assert my_credentials(make_trainee(password=None), "en") == ()
