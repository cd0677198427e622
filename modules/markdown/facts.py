"""`[F42]` becomes a small number that leads to the sources at the foot of the page, by order of first citation."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from modules.markdown.surroundings import Findings

CITATION = r"\[(F[0-9]{1,6})\]"
NARROW_SPACE = "\u202f"  # keeps the number on the line of its statement


def citation(number: str) -> Element:
    """A mark that is numbered later, when the whole page is known. Its text survives where only text can stand."""
    mark = Element("sup", {"class": "cite", "data-fact": number})
    mark.text = f"[{number}]"
    return mark


def with_citations(parent: Element, text: str) -> None:
    """Sets the text of `parent`, citations in it made into marks. For captions, which Markdown does not parse."""
    before, *rest = re.split(CITATION, text)
    parent.text = before
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        mark = citation(number)
        mark.tail = after
        parent.append(mark)


class _Mark(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        return citation(m[1]), m.start(0), m.end(0)


class _Numbers(Treeprocessor):
    def __init__(self, md: Markdown, findings: Findings, facts: frozenset[str], words: Mapping[str, str]) -> None:
        super().__init__(md)
        self.findings, self.facts, self.words = findings, facts, words
        self.cited: dict[str, int] = {}

    def run(self, root: Element) -> None:
        for parent in root.iter():
            previous: Element | None = None
            for child in parent:
                if child.get("data-fact"):
                    self._draw_near(parent, previous)
                previous = child
        for mark in list(root.iter("sup")):
            self._number(mark, mark.attrib.pop("data-fact"))

    def _number(self, mark: Element, fact: str) -> None:
        if fact not in self.facts:
            self.findings.trouble(
                f"[{fact}]",
                f"{fact} may not be cited: it is not in facts.yaml, or its status is U.",
                "Correct the number or find a source.",
            )
        place = self.findings.facts.setdefault(fact, len(self.findings.facts) + 1)
        self.cited[fact] = self.cited.get(fact, 0) + 1
        mark.text = None
        label = f"{self.words['source']} {place}"
        link = SubElement(
            mark, "a", {"href": f"#fact-{fact}", "id": f"cite-{fact}-{self.cited[fact]}", "aria-label": label}
        )
        link.text = str(place)

    @staticmethod
    def _draw_near(parent: Element, previous: Element | None) -> None:
        """The space before a mark becomes one that does not break."""
        if previous is not None:
            previous.tail = re.sub(r"\s+\Z", NARROW_SPACE, previous.tail or "")
        else:
            parent.text = re.sub(r"\s+\Z", NARROW_SPACE, parent.text or "")


class Facts(Extension):
    def __init__(self, findings: Findings, facts: frozenset[str], words: Mapping[str, str]) -> None:
        super().__init__()
        self.findings, self.facts, self.words = findings, facts, words

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.inlinePatterns.register(_Mark(CITATION, md), "facts", 176)
        md.treeprocessors.register(_Numbers(md, self.findings, self.facts, self.words), "facts", -60)
