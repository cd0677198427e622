"""Template tags for pages: language switch, import map, percentages, minutes."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, get_language_info, ngettext, override

from lms.shared.kept import Shelves

register = template.Library()


LANGUAGES = "base/_languages.html"
LONG = 200  # such addresses are not asked for often, and would take room
_parts: Shelves[SafeString] = Shelves(most=2000)


@register.simple_tag
def kept(part: str, **inputs: Hashable) -> SafeString:
    """{% include part with … only %}, kept in the process: for parts that are the same on many pages.

    A part sees nothing but its inputs, and they are its key, with the language and the zone of the reader. So nobody
    gets what was made for somebody else; and what is made of content takes something that an import makes anew.
    """
    key = part, get_language(), get_current_timezone_name(), *inputs.items()
    known = _parts.find(key)
    return _parts.keep(key, SafeString(get_template(part).render(inputs))) if known is None else known


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Links to this page in the other languages, kept for addresses that many ask for."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return (
        kept(LANGUAGES, path=path) if len(path) < LONG else SafeString(get_template(LANGUAGES).render({"path": path}))
    )


@register.simple_tag
def language_links(path: str) -> list[dict[str, Any]]:
    """Where a page is in each language: code, its own name, url, switch, whether it is the present one.

    `switch` goes to the same page and has the language remembered on the way.
    """
    current = get_language()
    links = []
    for code, _name in settings.LANGUAGES:
        name, url = get_language_info(code)["name_local"].capitalize(), translate_url(path, code)
        with override(code):
            switch = f"{reverse('account:language')}?{urlencode({'next': url})}"
        links.append({"code": code, "name": name, "url": url, "switch": switch, "current": code == current})
    return links


@register.filter
def percent(share: Any) -> str:
    """0.8 -> "80 %", with a thin no-break space. Rounds down: 79.9 never reads as passed."""
    return "" if share is None else f"{int(share * 100)}\u202f%"


@register.filter
def number(value: Any) -> str:
    """A number with the decimal sign of the language."""
    return str(number_format(value, use_l10n=True))


@register.filter
def minutes(count: int) -> str:
    hours, rest = divmod(int(count), 60)
    if not hours:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    return f"{hours}\u202fh {rest}\u202fmin" if rest else f"{hours}\u202fh"


@register.simple_tag
def script_tag(name: str) -> SafeString:
    """A module script of ours, by its hashed address: {% script_tag "attempt" %}."""
    return format_html('<script type="module" src="{}"></script>', static(f"js/{name}.js"))
