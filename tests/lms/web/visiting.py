"""Visiting the account pages: a browser that is thrown away, and what one does with it."""

import re
from typing import Any

from django.conf import settings
from django.test import Client

from tests.factories.people import PASSWORD

SIGN_IN, SIGN_UP, SIGN_OUT = "/en/account/sign-in/", "/en/account/sign-up/", "/en/account/sign-out/"
RESET, PROFILE = "/en/account/password/reset/", "/en/account/profile/"


def sign_in(visitor: Client, email: str, password: str = PASSWORD, **extra: str) -> Any:
    return visitor.post(SIGN_IN, {"login": email, "password": password, **extra})


def is_in(visitor: Client) -> bool:
    return visitor.get(PROFILE).status_code == 200


def bare(page: str, email: str) -> str:
    """The page without what must differ: its secrets and the address that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return re.sub(r'nonce="[^"]*"', "", page).replace(email, "E-MAIL")


def first_link(text: str) -> str:
    """The first link of a mail, as a path."""
    found = re.search(rf"{re.escape(settings.BASE_URL)}(/\S+)", text)
    assert found
    return found[1]
