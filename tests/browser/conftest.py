"""Real Chromium against the whole service with its demo people.

`page` is a phone of 360 px; it fails a test at its end when the page broke its content security policy, threw an error,
or asked another server for anything. `sign_in(page, who)` takes seconds once for each person and nothing after that.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.harness.tree import Tree

PASSWORD = "green-skills-demo"
PHONE, TABLE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
FLAGS = [
    "--no-sandbox",  # containers run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
WATCH = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", event =>
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": FLAGS}


@pytest.fixture(scope="session")
def site() -> Iterator[Tree]:
    """The service as `make run` starts it: five modules, demo people, worker and timetable."""
    tree = Tree()
    tree.start(seconds=150)
    yield tree
    tree.remove()


@pytest.fixture(scope="session")
def base_url(site: Tree) -> str:
    """Where page.goto("/en/") goes."""
    return site.address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": PHONE, "locale": "en-GB"}


@pytest.fixture
def page(context: BrowserContext, site: Tree) -> Iterator[Page]:
    context.add_init_script(WATCH)
    one = context.new_page()
    errors: list[str] = []
    one.on("pageerror", lambda error: errors.append(str(error)))
    one.on("request", lambda request: _note_stranger(request.url, site, errors))
    one.on("console", lambda message: "Content Security Policy" in message.text and errors.append(message.text))
    yield one
    refused = one.evaluate("window.__refused || []") if not one.is_closed() else []
    assert [*errors, *refused] == []


def _note_stranger(url: str, site: Tree, errors: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(site.address).netloc:
        errors.append(f"asked {parts.netloc}")


@pytest.fixture(scope="session")
def cookies_of(browser: Browser, browser_context_args: dict[str, Any]) -> Callable[[str], Any]:
    """Signs a person in, once; the cookies serve all later tests."""
    known: dict[str, Any] = {}

    def cookies(email: str) -> Any:
        if email not in known:
            context = browser.new_context(**browser_context_args)
            page = context.new_page()
            page.goto("/en/account/sign-in/")
            page.fill("[name=login]", email)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
            known[email] = context.cookies()
            context.close()
        return known[email]

    return cookies


@pytest.fixture
def sign_in(cookies_of: Callable[[str], Any]) -> Callable[[Page, str], None]:
    """sign_in(page, "trainer") or any full address."""

    def do(page: Page, who: str) -> None:
        page.context.add_cookies(cookies_of(who if "@" in who else f"{who}@example.org"))

    return do
