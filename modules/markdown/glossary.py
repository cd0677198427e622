"""`[[key]]` and `[[key|words]]` become links to the glossary. A script may show the definition in place."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from modules.markdown.surroundings import Findings, Surroundings

TERM = r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{1,200}))?\]\]"


class _Term(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__(TERM, md)
        self.findings, self.surroundings = findings, surroundings

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        key, words = m[1].strip(), (m[2] or "").strip()
        name = self.surroundings.terms.get(key)
        if name is None:
            self.findings.trouble(
                f"[[{m[1]}", f"There is no term “{key}” in glossary.yaml.", "Add it there, or correct the key."
            )
            return words or key, m.start(0), m.end(0)
        self.findings.terms[key] = None
        if not words:
            self.findings.bare_terms[key] = None
        link = Element(
            "a", {"class": "term", "href": f"/{self.surroundings.language}/glossary/#{key}", "data-term": key}
        )
        link.text = words or name
        return link, m.start(0), m.end(0)


class Glossary(Extension):
    def __init__(self, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__()
        self.findings, self.surroundings = findings, surroundings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.inlinePatterns.register(_Term(md, self.findings, self.surroundings), "glossary", 177)
