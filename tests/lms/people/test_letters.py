"""Letters: three parts each, in the reader's language, with links from the configured address (S-09, X-04)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory

from lms.people.letters import write_letter
from lms.shared.addresses import site_url

KINDS = ("account_exists", "confirm_email", "invitation", "password_changed", "password_reset", "unknown_account")
DAY = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_x_04_every_letter_has_three_parts_and_one_line_of_subject(kind: str) -> None:
    """X-04: whatever the context holds."""
    context = {"name": "Ana\nB", "cohort": "A\r\nB", "starts_on": DAY, "ends_on": DAY, "valid_until": DAY, "url": "U"}
    letter = write_letter(kind, "en", context)
    assert letter.subject
    assert letter.subject.splitlines() == [letter.subject]
    assert letter.text.strip()
    assert '<html lang="en">' in letter.html


@pytest.mark.parametrize("kind", KINDS)
def test_x_04_letters_state_their_language(kind: str) -> None:
    """X-04: a screen reader reads Bulgarian as Bulgarian."""
    assert '<html lang="bg">' in write_letter(kind, "bg", {"valid_until": DAY}).html


def test_s_09_links_start_from_the_configured_address(settings: Any) -> None:
    """S-09: no request can change it; a forged Host is not even asked."""
    settings.BASE_URL = "https://learn.example.org"
    RequestFactory(SERVER_NAME="evil.example")
    assert site_url("account:join", "abc", language="bg") == "https://learn.example.org/bg/account/join/abc/"


def test_a_subject_is_never_longer_than_its_column() -> None:
    context = {"cohort": "x" * 400, "valid_until": DAY}
    assert len(write_letter("invitation", "en", context).subject) == 250
