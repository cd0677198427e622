"""Addresses for mail and print: from LMS_BASE_URL, never from the request, whose Host may be forged (S-09)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def site_url(name: str, *args: Any, language: str, **kwargs: Any) -> str:
    """The full address of a page, in `language` where the page has one."""
    with translation.override(language):
        return str(settings.BASE_URL) + reverse(name, args=args or None, kwargs=kwargs or None)
