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
# What axe cannot decide by itself, and why it is right as it is: (rule, part of its message) -> reason.
EXPLAINED = {
    (
        "color-contrast",
        "only non-text characters",
    ): "an arrow in the link's own colour, which other links are measured with",
    ("color-contrast", "partially obscured by another element"): "a tab scrolled half out of its own row",
    ("color-contrast", "overlapped by another element"): "the transparent touch area of a term or citation in the line",
}


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Violations, and what axe could not decide and nobody has explained; one line for each element."""
    page.evaluate(_script())
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    undecided = [line for line in _lines(found["incomplete"]) if not _is_explained(line)]
    return [f"{page.url} {line}" for line in [*_lines(found["violations"]), *undecided]]


def _lines(results: list[dict[str, Any]]) -> list[str]:
    return [f"{one['id']}: {node['target'][0]} {_why(node)}" for one in results for node in one["nodes"]]


def _is_explained(line: str) -> bool:
    return any(line.startswith(f"{rule}:") and message in line for rule, message in EXPLAINED)


def _why(node: dict[str, Any]) -> str:
    messages = [check["message"] for check in [*node["any"], *node["all"], *node["none"]]]
    return "; ".join(messages)[:200]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
