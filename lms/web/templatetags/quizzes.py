"""Template tags for the pages of quizzes."""

from decimal import Decimal

from django import template

from lms.shared.templatetags.lms import number

register = template.Library()


@register.filter
def plain_number(text: str) -> str:
    """A number out of a question, "2.5" or "2%", as the language writes it."""
    if text.endswith("%"):
        return f"{number(Decimal(text[:-1]))}\u202f%"
    return number(Decimal(text))
