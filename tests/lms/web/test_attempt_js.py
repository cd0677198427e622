"""Answers that save themselves, in real Chromium, while the way to the server misbehaves."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lms.people.models import User
from lms.progress.services import submit_quiz
from lms.shared.clock import now
from quizzes.models import Attempt
from quizzes.services import save_response
from tests.factories.people import make_trainee
from tests.factories.quizzes import RIGHT, make_attempt, make_quiz

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVES = "**/answers/*/"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]

# Chromium is driven in a thread of its own: the loop that drives it would keep this thread from asking the database.
_thread = ThreadPoolExecutor(max_workers=1)


def beside(act: Callable[..., Any]) -> Callable[..., Any]:
    """Run the whole test in Chromium's thread."""

    @wraps(act)
    def wrapper(**fixtures: Any) -> Any:
        def run() -> Any:
            try:
                return act(**fixtures)
            finally:
                connection.close()

        return _thread.submit(run).result()

    return wrapper


@pytest.fixture(autouse=True)
def questions_to_the_database_are_allowed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    driver = _thread.submit(sync_playwright().start).result()
    browser = _thread.submit(driver.chromium.launch, executable_path=shutil.which("chromium"), args=FLAGS).result()
    yield browser
    _thread.submit(browser.close).result()
    _thread.submit(driver.stop).result()


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_trainee()


@pytest.fixture
def attempt(ana: User) -> Attempt:
    return make_attempt(ana, make_quiz(shuffle=False), now=now())


def sign_in(context: BrowserContext, server: LiveServer, person: User) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": server.url}])


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, ana: User) -> Iterator[BrowserContext]:
    @beside
    def make() -> BrowserContext:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
        context.set_default_timeout(10_000)
        sign_in(context, live_server, ana)
        return context

    context = make()
    yield context
    _thread.submit(context.close).result()


def opened(phone: BrowserContext, server: LiveServer, attempt: Attempt) -> Page:
    page = phone.new_page()
    page.goto(f"{server.url}/en/attempts/{attempt.pk}/")
    return page


def choose(page: Page, position: int, key: str) -> None:
    page.locator(f"#q{position} input[value={key}]").click()


def says(page: Page, words: str) -> None:
    expect(page.locator("#save-state")).to_have_text(words)


def stored(attempt: Attempt) -> dict[int, Any]:
    return dict(attempt.responses.values_list("item__position", "answer"))


@beside
def test_every_kind_of_answer_saves_itself(phone: BrowserContext, live_server: LiveServer, attempt: Attempt) -> None:
    page = opened(phone, live_server, attempt)
    says(page, "Nothing to save yet")
    expect(page.get_by_text("Save and go on")).to_be_hidden()
    choose(page, 1, "salt")
    says(page, "All answers saved")
    choose(page, 2, "worms")
    choose(page, 2, "puddles")
    page.fill("#answer3", "60,5")
    expect(page.locator("#note3")).to_have_text("Read as 60.5.")
    says(page, "All answers saved")
    expect(page.locator("#answered")).to_have_text("3 of 3 answered")
    assert stored(attempt) == {1: {"choice": "salt"}, 2: {"choices": ["puddles", "worms"]}, 3: {"text": "60,5"}}
    page.reload()
    expect(page.locator("#q2 input:checked")).to_have_count(2)
    choose(page, 2, "worms")
    choose(page, 2, "puddles")
    expect(page.locator("#answered")).to_have_text("2 of 3 answered")
    says(page, "All answers saved")
    assert stored(attempt)[2] == {}


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 200, "content_type": "text/html", "body": "<h1>Hotel: sign in</h1>"},
        {"status": 200, "content_type": "application/json", "body": "{}"},
        {"status": 200, "content_type": "application/json", "body": '{"position": 2, "version": 1}'},
        {"status": 200, "content_type": "application/json", "body": ""},
        {"status": 503, "content_type": "text/html", "body": "busy"},
        {"status": 302, "headers": {"Location": "/en/"}, "body": ""},
    ],
    ids=["captive portal", "empty document", "another question", "empty", "busy", "redirect"],
)
@beside
def test_only_a_receipt_that_names_the_question_counts(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt, reply: dict[str, Any]
) -> None:
    """Q-19"""
    page = opened(phone, live_server, attempt)
    page.route(SAVES, lambda route: route.fulfill(**reply))
    choose(page, 1, "salt")
    says(page, "Not saved – trying again")
    assert stored(attempt) == {}
    page.unroute(SAVES)
    says(page, "All answers saved")
    assert stored(attempt) == {1: {"choice": "salt"}}


@beside
def test_a_lost_receipt_is_no_conflict_with_oneself(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt
) -> None:
    """Q-01: the answer arrived, the word of it did not, and meanwhile another one was chosen."""
    page = opened(phone, live_server, attempt)

    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SAVES, lose_the_receipt)
    choose(page, 1, "salt")
    says(page, "Not saved – trying again")
    assert stored(attempt) == {1: {"choice": "salt"}}
    page.unroute(SAVES)
    choose(page, 1, "sand")
    says(page, "All answers saved")
    assert stored(attempt) == {1: {"choice": "sand"}}


@beside
def test_lists_to_choose_from_save_themselves_by_keyboard(
    phone: BrowserContext, live_server: LiveServer, ana: User
) -> None:
    attempt = make_attempt(ana, make_quiz(kinds=["ordering", "cloze", "true_false"], shuffle=False), now=now())
    page = opened(phone, live_server, attempt)
    page.locator("#q1 select").first.focus()
    for place in (3, 2, 1):  # act, plan, sample: in the order of the alphabet
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    says(page, "All answers saved")
    expect(page.locator("#answered")).to_have_text("1 of 3 answered")  # a gap is still open
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#answered")).to_have_text("3 of 3 answered")
    says(page, "All answers saved")
    page.wait_for_load_state("networkidle")
    assert stored(attempt) == {1: RIGHT["ordering"], 2: RIGHT["cloze"], 3: RIGHT["true_false"]}


@pytest.mark.parametrize(("button", "kept"), [("Keep what stands here", "sand"), ("Take the saved one", "salt")])
@beside
def test_two_pages_with_two_answers_ask_which_to_keep(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt, button: str, kept: str
) -> None:
    """Q-05"""
    page = opened(phone, live_server, attempt)
    save_response(attempt=attempt, position=1, answer={"choice": "salt"}, version=None, now=now())
    choose(page, 1, "sand")
    says(page, "Not saved – this question has two answers")
    expect(page.locator("#conflict1 [data-other]")).to_have_text("Salt")
    assert stored(attempt) == {1: {"choice": "salt"}}
    page.get_by_role("button", name=button).click()
    says(page, "All answers saved")
    expect(page.locator("#q1 input:checked")).to_have_value(kept)
    assert stored(attempt) == {1: {"choice": kept}}


@beside
def test_signed_out_keeps_the_answers_until_one_is_back(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt, ana: User
) -> None:
    """Q-18: also the secret of the form is a new one then."""
    page = opened(phone, live_server, attempt)
    phone.clear_cookies()
    choose(page, 1, "salt")
    choose(page, 2, "roots")
    says(page, "Not saved – sign in again in a new tab, then come back here")
    sign_in(phone, live_server, ana)
    page.evaluate("dispatchEvent(new Event('focus'))")
    says(page, "All answers saved")
    assert stored(attempt) == {1: {"choice": "salt"}, 2: {"choices": ["roots"]}}


@beside
def test_finishing_out_of_reach_stays_and_loses_nothing(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt
) -> None:
    page = opened(phone, live_server, attempt)
    phone.set_offline(True)
    choose(page, 1, "salt")
    page.get_by_role("button", name="Finish").click()
    says(page, "Not saved – trying again")
    expect(page.locator("#q1 input:checked")).to_have_value("salt")
    phone.set_offline(False)
    says(page, "All answers saved")
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/finish/")
    page.get_by_role("button", name="Finish now").click()
    page.wait_for_url("**/result/")
    assert stored(attempt) == {1: {"choice": "salt"}}


@beside
def test_finishing_waits_for_an_answer_that_is_on_its_way(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt
) -> None:
    page = opened(phone, live_server, attempt)

    def dawdle(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route(SAVES, dawdle)
    choose(page, 1, "salt")
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/finish/")
    assert stored(attempt) == {1: {"choice": "salt"}}


@beside
def test_an_attempt_finished_elsewhere_is_said(
    phone: BrowserContext, live_server: LiveServer, attempt: Attempt
) -> None:
    """Q-04"""
    page = opened(phone, live_server, attempt)
    submit_quiz(attempt=attempt, answers={}, now=now())
    choose(page, 1, "salt")
    says(page, "This attempt is finished. Load the page again.")
    assert stored(attempt) == {}


@beside
def test_the_keyboard_is_enough(phone: BrowserContext, live_server: LiveServer, attempt: Attempt) -> None:
    """U-03"""
    page = opened(phone, live_server, attempt)
    page.locator("#q1 input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    says(page, "All answers saved")
    assert set(stored(attempt)) == {1, 2, 3}
