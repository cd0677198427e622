"""What the verbs about people refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import NotAllowed, Refusal


class EmailTaken(Refusal):
    """There is an account with this address. Never shown to somebody who is not signed in (S-02)."""

    code: ClassVar[str] = "email_taken"


class EmailNotValid(Refusal):
    code: ClassVar[str] = "email_not_valid"
    status: ClassVar[int] = 422


class PasswordTooWeak(Refusal):
    """`reasons` say why, in the language of the moment (D1)."""

    code: ClassVar[str] = "password_too_weak"
    status: ClassVar[int] = 422


class WrongPassword(NotAllowed):
    code: ClassVar[str] = "wrong_password"


class LastOperator(Refusal):
    """Somebody must be left who can let others in."""

    code: ClassVar[str] = "last_operator"
