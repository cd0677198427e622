"""The site's addresses: those with a language before them, and those without. Each area has a list of its own."""

from django.urls import URLPattern, URLResolver

without_language: list[URLPattern | URLResolver] = []

with_language: list[URLPattern | URLResolver] = []
