"""Blocks with a title: `!!! farm "A title"` becomes a section, `??? answer "A title"` unfolds, without a script."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.treeprocessors import Treeprocessor

from modules.markdown.surroundings import Findings

KINDS = ("scene", "example", "farm", "try", "remember", "safety")
FOLDED = "answer"


class _Blocks(AdmonitionProcessor):
    """Finds a block and what is indented under it. Both marks make the same element: each may hold the other."""

    RE = re.compile(r'(?:^|\n)((?:!!!|\?\?\?) [a-z]+)(?: +"([^"\n]*)")? *(?:\n|$)')

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        mark, kind = match[1].split(" ")
        return f"{'folded' if mark == '???' else 'open'} {kind}", match[2] or None


class _Sections(Treeprocessor):
    def __init__(self, md: Markdown, findings: Findings) -> None:
        super().__init__(md)
        self.findings = findings

    def run(self, root: Element) -> None:
        for block in root.iter("div"):
            names = (block.get("class") or "").split()
            if names[:1] == [_Blocks.CLASSNAME]:
                self._change(block, names[1] == "folded", names[2])

    def _change(self, block: Element, folded: bool, kind: str) -> None:
        title = block[0] if len(block) and block[0].get("class") == _Blocks.CLASSNAME_TITLE else None
        if title is None:
            self.findings.trouble(
                f" {kind}", f"The block “{kind}” has no title.", "Write the title in quotes behind the kind."
            )
        if (kind == FOLDED) != folded or (not folded and kind not in KINDS):
            mark = "???" if folded else "!!!"
            known = f"After ??? stands {FOLDED}; after !!! one of {', '.join(KINDS)}."
            self.findings.trouble(f"{mark} {kind}", f"“{mark} {kind}” is not a kind of block.", known)
        block.tag = "details" if folded else "section"
        block.set("class", FOLDED if folded else f"callout callout-{kind}")
        if title is not None and folded:
            title.tag = "summary"
            del title.attrib["class"]
        elif title is not None:
            title.set("class", "callout-title")


class Callouts(Extension):
    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.parser.blockprocessors.register(_Blocks(md.parser), "callouts", 105)
        md.treeprocessors.register(_Sections(md, self.findings), "callouts", -10)
