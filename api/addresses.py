"""Full addresses in answers. They start from LMS_BASE_URL, never from the request, whose Host may be forged (S-09)."""

import re
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

FROM_THE_ROOT = re.compile(r'(?<= )(src|href)="/(?!/)')


@lru_cache(maxsize=4096)
def api_url(name: str, *args: str) -> str:
    """The address of something in this API."""
    return str(settings.BASE_URL) + reverse(f"api:{name}", args=args)


@lru_cache(maxsize=4096)
def page_url(name: str, language: str, *args: str) -> str:
    """The page for people about the same thing, in `language` where the site speaks it."""
    codes = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in codes else settings.LANGUAGE_CODE):
        return str(settings.BASE_URL) + reverse(name, args=args)


def asset_url(digest: str, name: str) -> str:
    return f"{settings.BASE_URL}/assets/{digest}/{name}"


def with_query(url: str, **query: str | int | None) -> str:
    """The address with those of the parameters that are not None."""
    text = urlencode({name: value for name, value in query.items() if value is not None})
    return f"{url}?{text}" if text else url


def with_full_addresses(html: str) -> str:
    """The same HTML with addresses that work elsewhere: those from the site's root get the site before them."""
    return FROM_THE_ROOT.sub(rf'\1="{settings.BASE_URL}/', html)
