"""axe on a page: the rules of WCAG 2.2 A and AA and the best practices, with target-size, which axe leaves off (T8)."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
# What axe cannot decide by itself, and why it is right as it is. Rule -> reason.
EXPLAINED: dict[str, str] = {}


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Violations, and what axe could not decide and nobody has explained; one line for each element."""
    page.evaluate(_script())
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    undecided = [one for one in found["incomplete"] if one["id"] not in EXPLAINED]
    return [
        f"{page.url} {one['id']}: {node['target'][0]} {_why(node)}"
        for one in [*found["violations"], *undecided]
        for node in one["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    messages = [check["message"] for check in [*node["any"], *node["all"], *node["none"]]]
    return "; ".join(messages)[:200]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
