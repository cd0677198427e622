"""A number, its thousands and its unit stay on one line: the spaces between them become such that do not break."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_UNITS = (
    "%|‰|°C|mg|g|kg|t|kt|Mt|l|ml|mm|cm|m|km|m²|m³|ha|Mha|kW|kWh|MWh|MJ|V|h|min|EUR|euro|euros|"
    "million|billion|мг|г|кг|т|л|мм|см|м|км|ха|ч|мин|евро|млн|млрд|дни|часа"
)
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![^\W\d_]))")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_AFTER_CURRENCY = re.compile(r"\bEUR (?=\d)")
_AS_IT_STANDS = frozenset({"code", "pre"})


def joined(text: str) -> str:
    text = _THOUSANDS.sub("\u00a0", _BEFORE_UNIT.sub("\u00a0", text))
    return _AFTER_CURRENCY.sub("EUR\u00a0", text)


class _Join(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and element.tag not in _AS_IT_STANDS:
                element.text = joined(element.text)
            if element.tail:
                element.tail = joined(element.tail)


class Units(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the base class's name
        md.treeprocessors.register(_Join(md), "units", 1)
