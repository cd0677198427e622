"""The last word: whatever the parser made, only what stands here leaves (M-01 to M-03); no remote pictures (M-05)."""

import re

import nh3

from modules.markdown.callouts import KINDS
from modules.markdown.links import is_web_address

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "a", "sup"),
    *("img", "figure", "figcaption", "section", "details", "summary", "div"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "id", "aria-label", "data-term", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"tabindex", "role", "aria-label"},
}
CLASSES = {
    "section": {"callout", *(f"callout-{kind}" for kind in KINDS)},
    "p": {"callout-title"},
    "details": {"answer"},
    "a": {"term"},
    "sup": {"cite"},
    "div": {"scroll"},
    "th": {"to-left", "to-center", "to-right"},
    "td": {"to-left", "to-center", "to-right"},
}
_INSIDE = re.compile(
    r"#fact-F[0-9]{1,6}|/[a-z]{2,3}(?:-[A-Za-z0-9]{2,4})?/(?:glossary/#[a-z0-9-]+|learn/[a-z0-9-]+/[a-z0-9-]+/)"
)
_VALUES = {
    "src": re.compile(r"/assets/[0-9a-f]{64}/[A-Za-z0-9._-]{1,120}"),
    "id": re.compile(r"s-[\w-]{1,90}|cite-F[0-9]{1,6}-[0-9]{1,4}"),
    "data-term": re.compile(r"[a-z0-9-]{2,60}"),
    "rel": re.compile("noopener noreferrer"),
    "width": re.compile("[0-9]{1,5}"),
    "height": re.compile("[0-9]{1,5}"),
    "loading": re.compile("lazy"),
    "decoding": re.compile("async"),
    "start": re.compile("[0-9]{1,5}"),
    "scope": re.compile("col"),
    "tabindex": re.compile("0"),
    "role": re.compile("region"),
}
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+@-]+")


def _vet(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _INSIDE.fullmatch(value) or _MAIL.fullmatch(value) or is_web_address(value) else None
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_vet,
    allowed_classes=CLASSES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """HTML with the allowed tags, attributes and addresses alone. Cleaning twice changes nothing."""
    return _CLEANER.clean(html)
