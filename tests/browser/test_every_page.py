"""Every page, in both languages, on small and large screens: nothing that keeps somebody out (G-25, G-26, U-rows)."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, TABLE
from tests.harness.accessibility import faults, scrolls_sideways
from tests.harness.tree import Tree

MISSING = "no-such-page/"
NARROW = {"width": 320, "height": 640}
PAGES = {
    "nobody": [
        "",
        "about/",
        "privacy/",
        "glossary/",
        "search/?q=water",
        "search/?q=zzzz",
        "learn/living-resources/",
        "learn/living-resources/every-drop-counts/",
        "learn/adaptability/climate-at-the-farm-gate/",
        "stories/",
        "stories/spray-or-wait/",
        "stories/spray-or-wait/?way=count.wait.monday.show-both",
        "calculators/",
        "calculators/nitrogen-budget/?mineral=110&manure=x&other=10&crop_yield=&content=20",
        "calculators/nitrogen-budget/?mineral=110&manure=60&other=10&crop_yield=6&content=20&area=20",
        "tasks/",
        "tasks/spade-test/",
        "tasks/spade-test/observe/",
        "account/sign-in/",
        "account/sign-up/",
        "account/password/reset/",
        MISSING,
    ],
    "trainee": ["", "me/", "learn/living-resources/", "account/profile/", "account/my-data/", "account/password/"],
    "trainer": [
        "train/",
        "train/spring/",
        "train/spring/timetable/",
        "train/spring/invitations/",
        "train/spring/reports/",
        "train/spring/reminders/",
        "train/spring/guide/",
        "train/spring/guide/task-bank/",
        "train/spring/guide/guide-living-resources/",
        "train/spring/guide/print/",
    ],
    "trainer2": ["train/autumn/"],
}


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_a_page_keeps_nobody_out(page: Page, site: Tree, sign_in: object, language: str, who: str, path: str) -> None:
    """G-26: axe without a fault, no sideways scrolling from 320 px, one heading, a title and the language said."""
    if who != "nobody":
        sign_in(page, who)  # type: ignore[operator]
    answer = page.goto(f"/{language}/{path}")
    assert answer is not None
    assert answer.status == (404 if path == MISSING else 200)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.title()
    for size in (PHONE, TABLE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert faults(page) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert not scrolls_sideways(page)
