"""Headers of every answer, errors included."""

import pytest

from tests.api.conftest import Ask, Shelf
from tests.api.test_access import CONTENT, OPEN

ORIGINS = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:8000",
    "http://127.0.0.1:8000.evil.example",
    "https://learn.example.org",
    "http://localhost",
    "file://",
    "chrome-extension://abc",
    "https://evil.example:443",
    "//evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "",
]
PATHS = [*CONTENT.values(), *OPEN.values(), "nonsense/", "lessons/not-there/", "lessons/?x=1"]


@pytest.mark.parametrize("origin", ORIGINS)
def test_s12_no_other_site_may_read_the_api_in_a_browser(origin: str, shelf: Shelf, ask: Ask) -> None:
    """S-12: there are no CORS headers, on no address and for no origin, preflight included."""
    preflight = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    for path in PATHS:
        for method in ("get", "options"):
            answer = ask(path, method=method, headers=preflight)
            assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("path", PATHS)
def test_s13_s15_every_answer_has_the_security_headers(path: str, shelf: Shelf, ask: Ask) -> None:
    """S-13, S-15: also errors."""
    headers = ask(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", CONTENT.values())
def test_answers_are_kept_by_the_caller_alone_and_asked_about_each_time(path: str, shelf: Shelf, ask: Ask) -> None:
    answer = ask(path)
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Accept-Language", "Accept-Encoding"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("path", ["lessons/not-there/", "lessons/?x=1"])
def test_errors_are_not_kept(path: str, shelf: Shelf, ask: Ask) -> None:
    assert ask(path)["Cache-Control"] == "no-store"
