"""SVG figures: read by a parser that stops at a DOCTYPE, kept when nothing in them can run or call out (C-09)."""

import re
from typing import Any
from xml.parsers import expat

from modules.package.digest import digest_of_bytes
from modules.package.problems import Problems
from modules.package.schema import AssetSource

GOOD_BYTES = 30_000
MAX_BYTES = 200_000
MAX_DEPTH = 40
MAX_ELEMENTS = 5_000
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,80}\.svg")
SMALLEST_LETTERS = 22

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
ELEMENTS = {
    *("svg", "title", "desc", "style", "defs", "g", "use", "symbol", "text", "tspan", "path", "rect", "circle"),
    *("ellipse", "line", "polyline", "polygon", "pattern", "clipPath", "mask", "marker"),
    *("linearGradient", "radialGradient", "stop"),
}
FOREIGN_ATTRIBUTES = frozenset({f"{XLINK} href", f"{XML} lang", f"{XML} space"})
_URL = re.compile(r"url\s*\(\s*(?!['\"]?#[\w-]+['\"]?\s*\))", re.I)
_BAD_VALUE = re.compile(r"(?:java|vb)script\s*:|expression\s*\(|@import|\\", re.I)
_BAD_STYLE = re.compile(r"url\s*\(|@import|@font-face|@namespace|expression\s*\(|behavior\s*:|\\|<", re.I)
_NUMBERS = re.compile(r"[\s,]+")
_FONT_SIZE = re.compile(r"(?:font\s*:[^;}]*?|font-size\s*:\s*)(?<![\d.])(\d+(?:\.\d+)?)px", re.I)


class _Refused(Exception):
    pass


def read_picture(content: bytes, name: str, where: str, problems: Problems) -> AssetSource | None:
    """The figure, or None when it has an error. `where` is its path in the package; its size was looked at before."""
    if not NAME.fullmatch(name):
        problems.error(
            where,
            0,
            "",
            f"“{name}” is not the name of a figure.",
            "Latin letters, digits and hyphens, and the ending .svg.",
        )
        return None
    if len(content) > GOOD_BYTES:
        problems.warning(
            where,
            0,
            "",
            f"The figure has {len(content) // 1000} kB.",
            f"Under {GOOD_BYTES // 1000} kB loads quickly on a slow line.",
        )
    drawing = _Drawing(where, problems)
    drawing.read(content)
    if not drawing.good:
        return None
    return AssetSource(name, "image/svg+xml", content, digest_of_bytes(content), drawing.width, drawing.height)


class _Drawing:
    def __init__(self, where: str, problems: Problems) -> None:
        self.where, self.problems = where, problems
        self.good = True
        self.width = self.height = self.elements = 0
        self.path: list[str] = []
        self.style = ""
        self.has_title = False
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self, content: bytes) -> None:
        try:
            content.decode("utf-8")
            self.parser.Parse(content, True)
        except UnicodeDecodeError:
            self._refuse("The file is not UTF-8 text.", "Save it with the encoding UTF-8.", "", 0)
        except expat.ExpatError as error:
            self._refuse(
                f"This is not XML: {expat.ErrorString(error.code)}.",
                "Open it in a drawing program and save it as plain SVG.",
                "",
                error.lineno,
            )
        except _Refused:
            pass
        else:
            self._look_at_the_whole()

    def _refuse(self, what: str, hint: str, field: str = "", line: int | None = None) -> None:
        self.good = False
        self.problems.error(self.where, self.parser.CurrentLineNumber if line is None else line, field, what, hint)

    def _warn(self, what: str, hint: str, field: str = "") -> None:
        self.problems.warning(self.where, self.parser.CurrentLineNumber, field, what, hint)

    # --- expat calls these ------------------------------------------------------------------------------------------

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            self._refuse(f"The encoding {encoding} is not read.", "Save the file as UTF-8.")

    def _doctype(self, *_: Any) -> None:
        self._refuse("A DOCTYPE is refused: it can define entities.", "Take the line out.")
        raise _Refused

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f"“<?{target}” is refused.", "Take it out.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.path) >= MAX_DEPTH:
            self._refuse(
                "The drawing has too many parts.", f"At most {MAX_ELEMENTS}, and {MAX_DEPTH} inside each other."
            )
            raise _Refused
        space, _, short = name.rpartition(" ")
        if space != SVG or short not in ELEMENTS:
            self._refuse(
                f"<{short}> is refused.", "Only shapes, text, gradients and <style> may stand in a figure.", short
            )
        self.path.append(short)
        self.has_title = self.has_title or self.path == ["svg", "title"]
        if len(self.path) == 1:
            self._root(space, short, attributes)
        for attribute, value in attributes.items():
            self._attribute(short, attribute, value)

    def _end(self, _name: str) -> None:
        if self.path.pop() == "style":
            if bad := _BAD_STYLE.search(self.style):
                self._refuse(
                    f"“{bad[0]}” is refused in <style>.",
                    "A figure loads nothing from elsewhere and brings no fonts.",
                    "style",
                )
            self._letters(self.style)
            self.style = ""

    def _text(self, text: str) -> None:
        if self.path and self.path[-1] == "style":
            self.style += text

    # --- what is right ----------------------------------------------------------------------------------------------

    def _attribute(self, element: str, name: str, value: str) -> None:
        space, _, short = name.rpartition(" ")
        field = f"{element}.{short}"
        if short.lower().startswith("on"):
            self._refuse(f"“{short}” is refused: it runs a script.", "Take it out.", field)
        elif space and name not in FOREIGN_ATTRIBUTES:
            self._refuse(f"“{short}” belongs to another format.", "Save the drawing as plain SVG.", field)
        elif short == "href" and not re.fullmatch(r"#[\w-]+", value):
            self._refuse(
                "A figure may point only to its own parts.", "Write “#” and the id of a part, or take it out.", field
            )
        elif _URL.search(value) or _BAD_VALUE.search(value):
            self._refuse(
                f"The value of “{short}” is refused: it could load or run something.",
                "Only url(#part) may stand here.",
                field,
            )
        elif short in {"style", "font-size"}:
            self._letters(value if short == "style" else f"font-size:{value.removesuffix('px')}px")

    def _letters(self, css: str) -> None:
        for size in _FONT_SIZE.findall(css):
            if float(size) < SMALLEST_LETTERS:
                self._warn(
                    f"Letters of {size} px.",
                    f"At least {SMALLEST_LETTERS} px: on a phone the drawing is half as wide.",
                    "font-size",
                )

    def _root(self, space: str, short: str, attributes: dict[str, str]) -> None:
        if (space, short) != (SVG, "svg"):
            self._refuse("The file is no SVG drawing.", f'It begins with <svg xmlns="{SVG}" …>.')
            raise _Refused
        try:
            _, _, width, height = (float(number) for number in _NUMBERS.split(attributes.get("viewBox", "").strip()))
            self.width, self.height = round(width), round(height)
        except (ValueError, OverflowError):
            self.width = self.height = 0
        if not (0 < self.width <= 10_000 and 0 < self.height <= 10_000):
            self._refuse(
                "The drawing needs a viewBox.", 'Write viewBox="0 0 640 H" with H of 200 to 420.', "svg.viewBox"
            )
        elif self.width != 640 or not 200 <= self.height <= 420:
            self._warn(
                f"The viewBox is {self.width} wide and {self.height} high.",
                "640 wide and 200 to 420 high fits a phone.",
                "svg.viewBox",
            )
        for name in ("width", "height"):
            if name in attributes:
                self._warn(f"The drawing has a fixed {name}.", "Take it out; the page decides.", f"svg.{name}")
        if attributes.get("role") != "img":
            self._warn("The drawing does not say that it is a picture.", 'Write role="img".', "svg.role")

    def _look_at_the_whole(self) -> None:
        if not self.has_title:
            self.problems.warning(
                self.where, 1, "svg.title", "The drawing has no title.", "Add a short <title> as its first child."
            )
