"""What the verbs about credentials refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import Refusal


class AlreadyRevoked(Refusal):
    code: ClassVar[str] = "already_revoked"


class NoReason(Refusal):
    """Taking a credential back needs a reason that can be told to its holder."""

    code: ClassVar[str] = "no_reason"
    status: ClassVar[int] = 422


class Forgotten(Refusal):
    """There was such a credential; its holder asked to be forgotten, and what was printed on it is gone (D6)."""

    code: ClassVar[str] = "credential_forgotten"
    status: ClassVar[int] = 410
