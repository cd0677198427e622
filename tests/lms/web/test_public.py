"""Pages that are open to everybody, the way to a language, pictures."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from lms.shared.languages import Said
from lms.web.templatetags.pages import day, duration, foreign, hours, spoken
from modules.models import Asset
from tests.factories.modules import make_module, make_programme, words
from tests.factories.people import make_trainee
from tests.lms.web.reading import html_of, make_course, text_of

ClientFor = Callable[[Any], Client]


@pytest.mark.django_db
def test_the_front_page_shows_the_modules_to_everybody(client: Client) -> None:
    programme = make_programme(title=words("Green skills", "Зелени умения"))
    make_module(programme, title=words("Soil", "Почва"), lessons=2)
    make_module(programme, title=words("Water", "Вода"), lessons=1)
    response = client.get("/bg/")
    assert response.status_code == 200
    assert [word in text_of(response) for word in ("Зелени умения", "Почва", "Вода")] == [True] * 3
    assert html_of(response).index("Почва") < html_of(response).index("Вода")
    assert reverse("account_signup").removeprefix("/en") in html_of(response)


@pytest.mark.django_db
def test_the_front_page_without_content_says_so(client: Client) -> None:
    assert "The content has not been imported." in text_of(client.get("/en/"))
    client.force_login(make_trainee(password=None))
    assert "The content has not been imported." in text_of(client.get("/en/"))


@pytest.mark.django_db
def test_a_signed_in_person_sees_the_next_step_first(client_for: ClientFor) -> None:
    course = make_course()
    html = html_of(client_for(make_trainee(password=None)).get("/en/"))
    assert "Start here" in html
    assert html.index(f'href="{course.url()}"') < html.index(
        f'href="{reverse("learn:module", args=[course.module.key])}"'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/about/", "/en/privacy/", "/bg/about/", "/bg/privacy/"])
def test_help_and_privacy_are_there_for_everybody(client: Client, path: str) -> None:
    make_module(make_programme(credits=words("Not endorsed by anybody", "Никой не го одобрява")))
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_credits_come_from_the_package(client: Client) -> None:
    make_module(make_programme(credits=words("Not endorsed by anybody")))
    assert "Not endorsed by anybody" in text_of(client.get("/en/about/"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/about/", "/en/privacy/", "/en/glossary/", "/en/search/?q=x"])
def test_pages_have_one_h1_one_main_and_a_skip_link(client: Client, path: str) -> None:
    """U-03"""
    make_course()
    html = html_of(client.get(path))
    assert (html.count("<h1"), html.count("<main"), html.count('class="skip"')) == (1, 1, 1)


# --- The way to a language --------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepts", "cookie", "chosen", "expected"),
    [
        ("", None, None, "/en/"),
        ("bg,en;q=0.5", None, None, "/bg/"),
        ("de, fr", None, None, "/en/"),
        ("en", "bg", None, "/bg/"),
        ("en", "xx", None, "/en/"),
        ("en", "en", "bg", "/bg/"),
        ("bg", None, "", "/bg/"),
    ],
)
def test_the_bare_address_leads_to_a_language(
    client: Client, accepts: str, cookie: str | None, chosen: str | None, expected: str
) -> None:
    """Signed-in choice, cookie, browser, English."""
    if cookie:
        client.cookies["language"] = cookie
    if chosen is not None:
        client.force_login(make_trainee(language=chosen, password=None))
    response = client.get("/", headers={"accept-language": accepts})
    assert (response.status_code, response["Location"]) == (302, expected)
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


# --- Pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_is_kept_for_a_year_and_may_do_nothing(client: Client) -> None:
    """C-09"""
    Asset.objects.create(digest="a" * 64, name="soil.svg", media_type="image/svg+xml", size=6, content=b"<svg/>")
    response = client.get(reverse("asset", args=["a" * 64, "soil.svg"]))
    assert (response.content, response["Content-Type"]) == (b"<svg/>", "image/svg+xml")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("digest", ["b" * 64, "..", "x"])
def test_an_unknown_picture_is_not_here(client: Client, digest: str) -> None:
    assert client.get(f"/assets/{digest}/soil.svg").status_code == 404


# --- Words of pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "english"), [(1, "1 minute"), (12, "12 minutes"), (60, "1\u00a0h"), (150, "2\u00a0h 30\u00a0min")]
)
def test_durations_in_words(minutes: int, english: str) -> None:
    assert duration(minutes) == english
    assert hours(Decimal(minutes) / 60) == english


def test_days_in_words() -> None:
    moment = date(2027, 3, 12)
    assert (day(moment), day(moment, "year"), day(moment, "weekday")) == (
        "12 March",
        "12 March 2027",
        "Friday 12 March",
    )
    with translation.override("bg"):
        assert day(moment) == "12 март"


def test_a_moment_is_shown_as_the_day_where_the_person_is() -> None:
    late = Context({"moment": datetime(2027, 3, 12, 23, 30, tzinfo=UTC)})
    template = Template("{% load pages %}{{ moment|day }}")
    with timezone.override(ZoneInfo("Europe/Sofia")):
        assert template.render(late) == "13 March"
    with timezone.override(ZoneInfo("America/New_York")):
        assert template.render(late) == "12 March"


def test_words_of_another_language_are_marked_and_escaped() -> None:
    """C-15"""
    assert spoken(Said("<Почва>", "bg")) == '<span lang="bg">&lt;Почва&gt;</span>'
    assert spoken(Said("<Soil>", "en")) == "&lt;Soil&gt;"
    assert (foreign(Said("Почва", "bg")), foreign(Said("Soil", "en")), foreign("plain")) == (' lang="bg"', "", "")
