"""The site's addresses: those with a language before them, and those without. Each area has a list of its own."""

from django.urls import URLPattern, URLResolver

from lms.web.health_urls import urlpatterns as health

without_language: list[URLPattern | URLResolver] = [*health]

with_language: list[URLPattern | URLResolver] = []
