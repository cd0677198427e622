"""What the verbs about reminders refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import Refusal


class DaysOutOfRange(Refusal):
    """`least` and `most` say which days a rule may have."""

    code: ClassVar[str] = "days_out_of_range"
    status: ClassVar[int] = 422
