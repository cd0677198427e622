"""Headings begin at level two, because the page has the title. Each gets an id; together they are the contents."""

import html
import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from modules.markdown.surroundings import Findings

PREFIX = "s-"  # so that no heading can take an id that the page uses itself
LOWEST = 4


def slug(title: str) -> str:
    """Letters and digits of any script, hyphens between them; at most 80 characters."""
    text = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-_")[:80] or "part"


class _Headings(Treeprocessor):
    def __init__(self, md: Markdown, findings: Findings) -> None:
        super().__init__(md)
        self.findings = findings

    def run(self, root: Element) -> None:
        above, taken = 1, set[str]()
        for heading in root.iter():
            if not re.fullmatch("h[1-6]", str(heading.tag)):
                continue
            level, title = int(heading.tag[1]), _title(heading)
            self._check(level, above, title)
            above = level
            level = min(max(level, 2), LOWEST)
            heading.tag = f"h{level}"
            heading.set("id", _free(PREFIX + slug(title), taken))
            self.findings.toc.append({"id": str(heading.get("id")), "title": title, "level": level})

    def _check(self, level: int, above: int, title: str) -> None:
        about = f"{'#' * level} {title}"[:20]
        if level == 1:
            self.findings.trouble(about, "A heading of level one: that is the lesson's title.", "Begin with “## ”.")
        elif level > LOWEST:
            self.findings.trouble(about, f"A heading of level {level}.", f"Levels 2 to {LOWEST} are enough.")
        elif level > above + 1:
            self.findings.trouble(
                about,
                f"A heading of level {level} follows one of level {above}.",
                "Leave no level out.",
                is_error=False,
            )


def _title(heading: Element) -> str:
    """The words of a heading without the numbers of its sources."""
    words = [heading.text or ""]
    for child in heading:
        words += ["" if child.tag == "sup" else "".join(child.itertext()), child.tail or ""]
    return " ".join(html.unescape("".join(words)).split())


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


class Headings(Extension):
    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.treeprocessors.register(_Headings(md, self.findings), "headings", -20)
