"""What a verb says instead of doing. lms/web/errors.py makes a page of it, api/errors.py a problem document."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A verb refuses. `code` has its words in frontend_templates/errors/_refusals.html; `details` fill them."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class NotHere(Refusal):
    """There is no such thing, or it is not yours: the two look the same from outside (A-01)."""

    code = "not_here"
    status = 404


class NotAllowed(Refusal):
    """You may know that it exists, but not do this."""

    code = "not_allowed"
    status = 403
