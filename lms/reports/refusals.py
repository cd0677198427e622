"""What the verbs about reports refuse. The words stand in frontend_templates/errors/_refusals.html."""

from typing import ClassVar

from lms.shared.refusals import Refusal


class UnknownReport(Refusal):
    """No report of that kind, or no file of that format."""

    code: ClassVar[str] = "unknown_report"
    status: ClassVar[int] = 422


class ReportNotReady(Refusal):
    """It is still being made, failed, or its file is gone. `details["state"]` says which."""

    code: ClassVar[str] = "report_not_ready"
