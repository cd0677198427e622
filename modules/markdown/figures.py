"""Pictures come from the lesson's own folder, never from elsewhere (M-05). One alone in its paragraph is a figure."""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from modules.markdown.facts import with_citations
from modules.markdown.surroundings import Findings, Surroundings


class _Pictures(Treeprocessor):
    def __init__(self, md: Markdown, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__(md)
        self.findings, self.surroundings = findings, surroundings

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for image in [child for child in parent if child.tag == "img"]:
                caption = image.attrib.pop("title", "").strip()
                if not self._place(image):
                    image.tag, image.text = "span", image.get("alt")  # the words stay, the picture goes
                    image.attrib.clear()
                elif (
                    parent.tag == "p"
                    and len(parent) == 1
                    and not (parent.text or "").strip()
                    and not (image.tail or "").strip()
                ):
                    parent.tag, image.tail = "figure", None
                    if caption:
                        with_citations(SubElement(parent, "figcaption"), caption)

    def _place(self, image: Element) -> bool:
        name, alt = image.get("src") or "", (image.get("alt") or "").strip()
        about = f"]({name}"
        if not self.surroundings.figures:
            self.findings.trouble(about, "This page shows no figures.", "Say it in words, or in a table.")
            return False
        picture = self.surroundings.pictures.get(name)
        if picture is None:
            where = (
                "The picture is not in this package."
                if ":" in name or name.startswith("/")
                else f"There is no file “{name}” in the lesson's assets folder."
            )
            self.findings.trouble(about, where, "Put the figure there and write its file name alone.")
            return False
        if not alt:
            self.findings.trouble(
                f"![{about}",
                "The picture has no text alternative.",
                "Say between the brackets what it tells: ![Three bars show …](file.svg).",
            )
        self.findings.pictures[name] = None
        image.attrib.clear()
        for key, value in (("src", picture.url), ("alt", alt), ("width", picture.width), ("height", picture.height)):
            image.set(key, str(value))
        image.set("loading", "lazy")
        image.set("decoding", "async")
        return True


class Figures(Extension):
    def __init__(self, findings: Findings, surroundings: Surroundings) -> None:
        super().__init__()
        self.findings, self.surroundings = findings, surroundings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.treeprocessors.register(_Pictures(md, self.findings, self.surroundings), "figures", -40)
