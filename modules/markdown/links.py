"""Links lead to another lesson (`lesson:key`), to a page of the web, or to an address for mail; nowhere else (M-02)."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from modules.markdown.surroundings import Findings, Surroundings

_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_WEB = re.compile(r"https?://[^\s\\<>\"'`\x00-\x20]+", re.I)


def is_web_address(text: str) -> bool:
    """http or https, with a host and without a user name, which serves only to deceive."""
    if not _WEB.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__(md)
        self.findings, self.surroundings = findings, surroundings

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("class") != "term":
                href = (link.get("href") or "").strip()
                link.attrib.clear()
                self._lead(link, href)

    def _lead(self, link: Element, href: str) -> None:
        if href.startswith("lesson:"):
            self._to_lesson(link, href.removeprefix("lesson:"))
        elif is_web_address(href):
            link.set("href", href)
            link.set("rel", "noopener noreferrer")
        elif _MAIL.fullmatch(href):
            link.set("href", href)
        else:
            self.findings.trouble(
                href or "]()",
                f"“{href[:60]}” is not where a link may lead.",
                "Write lesson:key, or an address with https://.",
            )

    def _to_lesson(self, link: Element, key: str) -> None:
        module = self.surroundings.lessons.get(key)
        if module is None:
            self.findings.trouble(
                f"lesson:{key}", f"There is no lesson “{key}”.", "Correct the key, or take the link out."
            )
            return
        self.findings.lessons[key] = None
        link.set("href", f"/{self.surroundings.language}/learn/{module}/{key}/")


class Links(Extension):
    def __init__(self, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__()
        self.findings, self.surroundings = findings, surroundings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.treeprocessors.register(_Links(md, self.findings, self.surroundings), "links", -30)
