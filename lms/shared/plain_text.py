"""Templates that make plain text: subjects, text parts of mail, sentences for messages. Nothing is escaped in them."""

from collections.abc import Mapping
from typing import Any

from django.template import Context, loader


def render_plain(name: str, context: Mapping[str, Any]) -> str:
    """The template without HTML escaping: O'Neil stays O'Neil. Never put the result into a page as markup."""
    template = loader.get_template(name).template  # type: ignore[attr-defined]  # Django's own engine, behind its wrapper
    return str(template.render(Context(dict(context), autoescape=False)))
