"""Turns a kind, a language and a context into a letter: frontend_templates/email/<kind>.subject.txt, .txt, .html."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from lms.shared.plain_text import render_plain

SUBJECT_LENGTH = 250


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


def write_letter(kind: str, language: str, context: Mapping[str, Any]) -> Letter:
    """All three parts in `language`. Text parts are not escaped, the HTML part is; a subject is one line (X-04)."""
    everything = {**context, "base_url": settings.BASE_URL, "language": language}
    with translation.override(language):
        subject = render_plain(f"email/{kind}.subject.txt", everything)
        text = render_plain(f"email/{kind}.txt", everything)
        html = render_to_string(f"email/{kind}.html", everything)
    return Letter(" ".join(subject.split())[:SUBJECT_LENGTH], text.strip() + "\n", html.strip() + "\n")
