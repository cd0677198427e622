"""Two cohorts of two trainers, running now, alike but for words that belong to one of them alone."""

from dataclasses import dataclass
from datetime import timedelta

from lms.cohorts.models import Cohort, Enrolment, Invitation
from lms.people.models import User
from lms.reports.models import Report
from lms.shared import clock
from tests.factories.modules import make_guide_page
from tests.factories.people import make_trainer
from tests.factories.reports import make_group, make_report


def make_running_group(code: str, *, trainer: User, size: int = 4, seed: int = 1) -> Cohort:
    """Around today, because pages ask the real clock."""
    now = clock.now()
    today = now.date()
    return make_group(
        size=size,
        seed=seed,
        now=now,
        code=code,
        trainers=[trainer],
        starts_on=today - timedelta(days=40),
        ends_on=today + timedelta(days=60),
    )


@dataclass
class Side:
    """One trainer's cohort with one of everything. `canary` is in each name of it and nowhere else."""

    canary: str
    trainer: User
    cohort: Cohort
    enrolment: Enrolment
    invitation: Invitation
    report: Report
    guide: str

    def urls(self) -> list[str]:
        """Every address below the cohort that answers GET."""
        base = f"/en/train/{self.cohort.code}/"
        below = ["", f"learners/{self.enrolment.learner_id}/", "timetable/", "invitations/", "reports/", "reminders/"]
        below += ["guide/", "guide/print/", f"guide/{self.guide}/"]
        return [base + path for path in below]

    def acts(self) -> list[str]:
        """Every address below the cohort that answers POST only."""
        base = f"/en/train/{self.cohort.code}/"
        learner, invitation = f"learners/{self.enrolment.learner_id}/", f"invitations/{self.invitation.pk}/"
        return [
            base + path
            for path in (f"{learner}end/", f"{learner}again/", f"{invitation}again/", f"{invitation}cancel/")
        ]


def make_side(canary: str) -> Side:
    now = clock.now()
    trainer = make_trainer(name=f"{canary} trainer", email=f"{canary}-trainer@example.org")
    cohort = make_running_group(f"{canary}-group", trainer=trainer)
    Cohort.objects.filter(pk=cohort.pk).update(name=f"{canary} group")
    for learner in User.objects.filter(enrolments__cohort=cohort):
        User.objects.filter(pk=learner.pk).update(display_name=f"{canary} {learner.display_name}")
    invitation = Invitation.objects.create(
        cohort=cohort,
        email=f"{canary}-invited@example.org",
        token_digest=canary,
        invited_by=trainer,
        created_at=now,
        expires_at=now + timedelta(days=14),
    )
    guide = make_guide_page(cohort.programme, f"{canary}-guide", title=f"{canary} page of the guide")
    enrolment = cohort.enrolments.select_related("learner").order_by("learner__email")[0]
    return Side(canary, trainer, cohort, enrolment, invitation, make_report(cohort, trainer, now=now), guide.key)
