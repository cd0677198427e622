"""The page of a credential and its badge."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.credentials.models import Credential
from lms.credentials.services import revoke, show_credential
from lms.web.credentials import MISSES_ALLOWED
from tests.factories.credentials import NOW, make_credential
from tests.factories.people import make_trainee

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Client]


def page(code: str, language: str = "en") -> str:
    return f"/{language}/credentials/{code}/"


def test_anybody_with_the_code_reads_what_is_printed(client: Client) -> None:
    """X-08, X-09"""
    credential = make_credential("Ana Petrova")
    answer = client.get(page(credential.code))
    words = answer.content.decode()
    assert answer.status_code == 200
    for fact in ("Ana Petrova", "30 June 2027", credential.code, "not a formal qualification"):
        assert fact in words
    assert all(module["title"]["en"] in words for module in credential.facts["modules"])
    assert credential.learner.email not in words


def test_the_page_says_it_in_the_language_of_its_address(client: Client) -> None:
    credential = make_credential()
    assert credential.facts["programme"]["title"]["bg"] in client.get(page(credential.code, "bg")).content.decode()


def test_names_are_text(client: Client) -> None:
    credential = make_credential("<script>alert(1)</script>")
    assert "<script>alert" not in client.get(page(credential.code)).content.decode()


def test_an_unknown_code_is_404_and_many_are_429(client: Client) -> None:
    """X-08"""
    credential = make_credential()
    answers = [client.get(page(f"code-{number}")).status_code for number in range(MISSES_ALLOWED + 2)]
    assert answers == [404] * MISSES_ALLOWED + [429] * 2
    limited = client.get(page(credential.code))
    assert limited.status_code == 429
    assert limited.headers["Retry-After"] == "600"
    assert client.get(reverse("public:credential_badge", args=[credential.code])).status_code == 429


def test_right_codes_are_not_counted(client: Client) -> None:
    credential = make_credential()
    codes = {client.get(page(credential.code)).status_code for _ in range(MISSES_ALLOWED + 5)}
    assert codes == {200}


def test_a_revoked_one_says_so_without_the_reason(client: Client) -> None:
    credential = make_credential()
    revoke(code=credential.code, because="Copied from a neighbour", by=None, now=NOW)
    words = client.get(page(credential.code)).content.decode()
    assert "Not valid any more" in words
    assert "neighbour" not in words
    badge = client.get(reverse("public:credential_badge", args=[credential.code]))
    assert (badge.status_code, badge.json()["state"]) == (410, "revoked")


def test_one_whose_holder_was_forgotten_is_410(client: Client) -> None:
    """D6"""
    credential = make_credential()
    Credential.objects.update(facts={"erased": True}, revoked_at=NOW, revoked_because="erased")
    assert client.get(page(credential.code)).status_code == 410


def test_the_badge_is_json_ld(client: Client) -> None:
    credential = make_credential("Ana Petrova")
    answer = client.get(f"/en/credentials/{credential.code}.json")
    assert answer.headers["Content-Type"] == "application/ld+json"
    document = answer.json()
    assert document["id"].endswith(page(credential.code))
    assert document["credentialSubject"]["identifier"][0]["identityHash"] == "Ana Petrova"


def test_the_holder_hides_the_page_at_once(client: Client, client_for: ClientFor) -> None:
    """P-06"""
    credential = make_credential()
    mine, address = client_for(credential.learner), reverse("public:show_credential", args=[credential.code])
    assert mine.post(address, {"public": "no"}).status_code == 302
    assert client.get(page(credential.code)).status_code == 404
    assert mine.get(page(credential.code)).status_code == 200
    mine.post(address, {"public": "yes"})
    assert client.get(page(credential.code)).status_code == 200


def test_others_cannot_hide_it_and_see_no_button(client_for: ClientFor) -> None:
    credential = make_credential()
    other = client_for(make_trainee(password=None))
    address = reverse("public:show_credential", args=[credential.code])
    assert other.post(address, {"public": "no"}).status_code == 404
    assert address not in other.get(page(credential.code)).content.decode()
    assert client_for(None).post(address, {"public": "no"}).status_code == 302  # to sign in
    credential.refresh_from_db()
    assert credential.is_public


def test_a_hidden_one_is_404_for_others_and_for_programs(client: Client) -> None:
    credential = make_credential()
    show_credential(learner=credential.learner, code=credential.code, public=False, now=NOW)
    assert client.get(f"/en/credentials/{credential.code}.json").status_code == 404
