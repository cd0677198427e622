"""What the verbs about credentials refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import Refusal


class AlreadyRevoked(Refusal):
    code: ClassVar[str] = "already_revoked"


class NoReason(Refusal):
    """Taking a credential back needs a reason that can be told to its holder."""

    code: ClassVar[str] = "no_reason"
    status: ClassVar[int] = 422
