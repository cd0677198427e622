"""Pure: the text of a lesson becomes safe HTML, once, when it is imported. No Django, no database."""

from modules.markdown.rendering import FORM, MarkdownRefused, render
from modules.markdown.surroundings import Picture, Rendered, Surroundings, Trouble

__all__ = ["FORM", "MarkdownRefused", "Picture", "Rendered", "Surroundings", "Trouble", "render"]
