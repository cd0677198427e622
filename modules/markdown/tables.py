"""A wide table scrolls inside a frame, which the keyboard reaches and a screen reader can name; the page does not."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class _Frames(Treeprocessor):
    def __init__(self, md: Markdown, words: Mapping[str, str]) -> None:
        super().__init__(md)
        self.words = words

    def run(self, root: Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for number, table in enumerate(list(root.iter("table")), 1):
            label = f"{self.words['table']} {number}"
            frame = Element("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": label})
            frame.tail, table.tail = table.tail, None
            parent = parents[table]
            parent[list(parent).index(table)] = frame
            frame.append(table)
            for cell in table.iter():
                _cell(cell)


def _cell(cell: Element) -> None:
    if cell.tag == "th":
        cell.set("scope", "col")
    if align := cell.attrib.pop("align", None):
        cell.set("class", f"to-{align}")


class Tables(Extension):
    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.words = words

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.treeprocessors.register(_Frames(md, self.words), "frames", -50)
