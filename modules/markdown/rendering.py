"""The door to Markdown: guard, then parse; in this process if the text is harmless, else in one that can be killed."""

from modules.markdown.child import RenderingFailed, render_in_child
from modules.markdown.engine import convert
from modules.markdown.guard import is_suspicious, too_hard
from modules.markdown.surroundings import Rendered, Surroundings, Trouble

# Raise when the HTML of an unchanged text changes. It is part of a lesson's digest: the next import renders all anew.
FORM = 2


class MarkdownRefused(Exception):
    """The text is not rendered. `troubles` say why, with their lines."""

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__(troubles[0].what)
        self.troubles = troubles


def render(text: str, surroundings: Surroundings) -> Rendered:
    """Safe HTML and what is in it. Raises MarkdownRefused for what the parser could hang or break on."""
    if troubles := too_hard(text):
        raise MarkdownRefused(troubles)
    try:
        return render_in_child(text, surroundings) if is_suspicious(text) else convert(text, surroundings)
    except (RenderingFailed, RecursionError) as error:
        what = (
            f"The text cannot be rendered: {error}."
            if isinstance(error, RenderingFailed)
            else "The text is nested too deeply."
        )
        raise MarkdownRefused([Trouble(1, what, "Make it plainer: shorter paragraphs, fewer brackets.")]) from error
