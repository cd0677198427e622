"""What every answer carries, whatever it is; and whose language and zone a page has (S-13, S-14, S-15, P-09)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import path

from lms import urls as real
from tests.factories.people import make_operator, make_trainee


def a_moment(request: HttpRequest) -> HttpResponse:
    moment = {"moment": datetime(2027, 3, 15, 9, 0, tzinfo=UTC)}
    return HttpResponse(Template("{{ moment|date:'H:i' }}").render(Context(moment)))


def a_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"x", content_type="text/csv")


def too_big(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("moment/", a_moment),
    path("en/moment/", a_moment),
    path("file/", a_file),
    path("too-big/", too_big),
    path("breaks/", breaks),
    *real.urlpatterns,
]
handler400, handler403, handler404 = real.handler400, real.handler403, real.handler404
handler500 = real.handler500
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

ANSWERS: list[tuple[str, dict[str, Any], int]] = [
    ("/en/", {}, 200),
    ("/", {}, 302),
    ("/en/account/sign-in/", {}, 200),
    ("/en/account/profile/", {}, 302),
    ("/admin/", {}, 302),
    ("/en/nothing/", {}, 404),
    ("/en/account/join/nothing/", {}, 404),
    ("/en/", {"HTTP_HOST": "evil.example"}, 400),
    ("/breaks/", {}, 500),
    ("/file/", {}, 200),
    ("/health/live", {}, 200),
    ("/en/account/language/?next=//evil.example", {}, 302),
]


@pytest.mark.parametrize(("address", "extra", "status"), ANSWERS)
def test_s_13_s_15_every_answer_carries_the_headers(address: str, extra: dict[str, Any], status: int) -> None:
    """S-13, S-15: pages, redirects, files and errors alike."""
    response = Client(raise_request_exception=False).get(address, **extra)
    assert response.status_code == status
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    nothing = {"default-src", "object-src", "base-uri", "frame-ancestors"}
    assert all(rules[name] == "'none'" for name in nothing)
    assert rules["form-action"] == rules["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize("status", [403, 413, 429])
def test_s_13_refusals_of_the_framework_carry_them_too(status: int, settings: Any) -> None:
    """S-13: the other errors of the list."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if status == 413:
        client = Client(raise_request_exception=False)
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
        response = client.post("/too-big/", {"text": "x" * 100}, content_type="application/x-www-form-urlencoded")
        status = 400  # Django's word for it
    elif status == 429:
        client = Client()
        for number in range(31):
            response = client.post("/en/account/sign-in/", {"login": f"a{number}@example.org", "password": "x"})
    else:
        response = client.post("/en/account/sign-in/", {})
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"]
    assert response.headers["Permissions-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_p_09_pages_of_a_person_are_kept_nowhere(client: Client) -> None:
    """P-09: HTML for somebody who is signed in; files say themselves what may be kept."""
    client.force_login(make_trainee())
    assert client.get("/en/").headers["Cache-Control"] == "private, no-store"
    assert client.get("/en/account/profile/").headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in client.get("/file/").headers


def test_a_visitor_costs_no_query_and_varies_by_nothing_they_did_not_send(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/en/moment/")
    assert "Cookie" not in response.headers.get("Vary", "")


def test_times_are_in_the_persons_zone(client: Client) -> None:
    assert client.get("/en/moment/").content == b"09:00"
    client.force_login(make_trainee(timezone="Europe/Sofia"))
    assert client.get("/en/moment/").content == b"11:00"


def test_a_zone_that_is_no_more_falls_back(client: Client) -> None:
    client.force_login(make_trainee(timezone="Mars/Olympus"))
    assert client.get("/en/moment/").content == b"09:00"


def test_the_address_decides_the_language_then_the_person_then_the_browser(client: Client) -> None:
    assert client.get("/en/moment/", HTTP_ACCEPT_LANGUAGE="bg").headers["Content-Language"] == "en"
    answer = client.get("/moment/", HTTP_ACCEPT_LANGUAGE="bg")
    assert answer.headers["Content-Language"] == "bg"
    assert "Accept-Language" in answer.headers["Vary"]
    client.force_login(make_trainee(language="en"))
    assert client.get("/moment/", HTTP_ACCEPT_LANGUAGE="bg").headers["Content-Language"] == "en"


def test_s_14_cookies_are_for_us_alone(client: Client) -> None:
    """S-14: not for scripts, not across sites; Secure and __Host- as soon as there is TLS (lms/settings.py)."""
    person = make_trainee()
    client.post("/en/account/sign-in/", {"login": person.email, "password": "wild thyme on the slope"})
    client.get("/bg/account/language/")
    assert set(client.cookies) >= {"session", "language"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/people/user/", "/admin/login/"])
def test_a_02_the_admin_is_for_operators_and_has_one_door(address: str, client: Client) -> None:
    """A-02: everybody else comes to the sign-in page or is refused."""
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/en/account/sign-in/?next=")
    client.force_login(make_trainee())
    assert client.get(address, follow=True).status_code == 403
    client.force_login(make_operator())
    assert client.get(address, follow=True).status_code == 200
