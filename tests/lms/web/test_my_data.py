"""My data: see, take, delete (P-02, P-03, A-01)."""

import pytest
from django.test import Client

from lms.people.models import User
from tests.factories.people import PASSWORD, make_operator, make_trainee
from tests.lms.web.visiting import SIGN_IN, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


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
