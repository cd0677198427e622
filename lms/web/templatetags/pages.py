"""Template tags for pages that people read: words in their language, times in words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from lms.shared.languages import Said

register = template.Library()

MONTHS_WITHOUT_CAPITALS = {"bg"}  # Django's own catalogue writes them with one


@register.filter
def spoken(words: Any) -> SafeString:
    """Words that fell back to another language carry its code, so that a screen reader says them right (C-15)."""
    if isinstance(words, Said) and words and words.language != get_language():
        return format_html('<span lang="{}">{}</span>', words.language, words)
    return mark_safe(conditional_escape(words))


@register.filter
def foreign(words: Any) -> SafeString:
    """The attribute lang="en" for an element whose words fell back; nothing otherwise: <h1{{ title|foreign }}>."""
    if isinstance(words, Said) and words and words.language != get_language():
        return format_html(' lang="{}"', words.language)
    return mark_safe("")


@register.filter
def duration(minutes: int) -> str:
    """75 -> "1 h 15 min", with no-break spaces."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    if not rest:
        return gettext("%(hours)d\u00a0h") % {"hours": hours}
    return gettext("%(hours)d\u00a0h %(minutes)d\u00a0min") % {"hours": hours, "minutes": rest}


@register.filter
def hours(value: Decimal) -> str:
    """2.5 -> "2 h 30 min"."""
    return duration(round(value * 60))


@register.filter(expects_localtime=True)
def day(value: date | None, form: str = "") -> str:
    """A day in words: "12 March"; with "year", "12 March 2027"; with "weekday", "Friday 12 March". No day: nothing."""
    if not value:
        return ""
    patterns = {
        "": pgettext("date format", "j F"),
        "year": pgettext("date format", "j F Y"),
        "weekday": pgettext("date format", "l j F"),
    }
    words = date_format(value, patterns[form])
    return words.lower() if get_language() in MONTHS_WITHOUT_CAPITALS else words
