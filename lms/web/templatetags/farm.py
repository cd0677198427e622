"""Template tags for calculators: formulas in words and in numbers, addresses with numbers in them."""

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.shared.templatetags.lms import number
from modules.package.spelling import Piece, Pieces

register = template.Library()

NARROW = "\u202f"


@register.filter
def figure(value: Decimal) -> str:
    """A number as the language writes it, in groups of three from 10,000 on: 12 500,5. A form reads it back."""
    text = number(abs(value))
    whole = text[: len(text) - len(text.lstrip("0123456789"))]
    grouped = f"{int(whole):,}".replace(",", NARROW) if len(whole) > 4 else whole
    return f"{'−' if value < 0 else ''}{grouped}{text[len(whole) :]}"


@register.filter
def in_words(pieces: Pieces, names: Mapping[str, str]) -> SafeString:
    """A formula with the names of its values."""
    return format_html_join("", "{}", ((_worded(piece, names),) for piece in pieces))


@register.filter
def in_numbers(pieces: Pieces, numbers: Mapping[str, Decimal]) -> SafeString:
    """The same with the numbers of one calculation; a negative one stands in brackets."""
    return format_html_join("", "{}", ((_numbered(piece, numbers),) for piece in pieces))


@register.filter
def as_query(values: Mapping[str, str]) -> str:
    """The end of an address that brings these values."""
    return urlencode(values)


def _worded(piece: Piece, names: Mapping[str, str]) -> SafeString:
    if piece.kind == "name":
        return format_html('<span class="value">{}</span>', names[piece.text])
    return _plain(piece)


def _numbered(piece: Piece, numbers: Mapping[str, Decimal]) -> SafeString:
    if piece.kind == "name":
        text = figure(numbers[piece.text])
        return conditional_escape(f"({text})" if numbers[piece.text] < 0 else text)
    return _plain(piece)


def _plain(piece: Piece) -> SafeString:
    if piece.kind == "number":
        return conditional_escape(figure(Decimal(piece.text)))
    if piece.kind == "function":
        return conditional_escape(_functions().get(piece.text, piece.text))
    if piece.kind == "word":
        return conditional_escape(f" {_('and') if piece.text == 'and' else _('or')} ")
    return conditional_escape(piece.text)


def _functions() -> dict[str, str]:
    """Those that have a word on the page; ln and the sign of a root are written the same everywhere."""
    return {
        "min": pgettext("of two numbers in a formula", "the smaller of "),
        "max": pgettext("of two numbers in a formula", "the larger of "),
        "round": pgettext("a number in a formula", "rounded "),
        "sign": pgettext("of a number in a formula", "sign of "),
        "sqrt": "√",
    }
