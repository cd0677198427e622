"""Whether a translation waits for its native editor: what the foot of each page with content says."""

from collections.abc import Iterable, Mapping

from modules.models import Module

AWAITING = "awaiting"


def awaits_review(review: Mapping[str, str], language: str) -> str:
    """The language, if texts of the programme in it wait for review; else an empty text."""
    return language if review.get(language) == AWAITING else ""


def any_awaits_review(modules: Iterable[Module], language: str) -> str:
    """The same for a page that shows content of several programmes."""
    return next((language for module in modules if awaits_review(module.programme.review, language)), "")
