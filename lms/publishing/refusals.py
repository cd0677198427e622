"""Why a package is not imported. Operators read these in the command's answer; pages never show them."""

from collections.abc import Sequence
from typing import ClassVar

from lms.publishing.plan import ImportPlan
from lms.shared.refusals import Refusal
from modules.package.problems import PackageProblem


class ImportRefused(Refusal):
    """The database is as it was before."""

    code: ClassVar[str] = "import_refused"
    sentence: ClassVar[str] = "The package is not imported."

    def __str__(self) -> str:
        return self.sentence.format(**self.details)


class PackageHasErrors(ImportRefused):
    """`problems` has at least one error, each with file and line."""

    sentence = "The package has errors. Nothing was changed."

    def __init__(self, problems: Sequence[PackageProblem]) -> None:
        super().__init__()
        self.problems = list(problems)


class PackageIsOlder(ImportRefused):
    """C-21."""

    sentence = (
        "The package has version {offered}, but version {live} of “{key}” is live. Nothing was changed. "
        "To go back to an old text, raise the version above {live} in package.yaml."
    )


class RetiringNeedsConsent(ImportRefused):
    """C-22: something that learners may have records of, or that people look up by its address, would go."""

    sentence = (
        "The package leaves out {count} that are live: {names}. Nothing was changed. "
        "If that is meant, import again with --allow-retire; records of learners are kept."
    )

    def __init__(self, plan: ImportPlan) -> None:
        names = [f"{change.thing} {change.name}" for change in plan.retiring]
        super().__init__(count=len(names), names=", ".join(names))
        self.plan = plan


class ImportBusy(ImportRefused):
    """The database was kept by somebody else for too long."""

    sentence = "The database is busy, perhaps with another import. Nothing was changed. Try again in a minute."
