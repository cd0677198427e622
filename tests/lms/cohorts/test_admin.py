"""What operators see of cohorts and reports in the admin."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from tests.factories.people import make_operator, make_trainer
from tests.factories.reports import make_group, make_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["cohorts_cohort", "cohorts_enrolment", "reports_report"])
def test_operators_can_look_and_nobody_can_add_or_delete(now: datetime, client_for: Any, model: str) -> None:
    tom = make_trainer()
    cohort = make_group(size=2, now=now, trainers=[tom])
    rows = {
        "cohorts_cohort": cohort,
        "cohorts_enrolment": cohort.enrolments.all()[0],
        "reports_report": make_report(cohort, tom, now=now),
    }
    operator = client_for(make_operator())
    assert operator.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert operator.get(reverse(f"admin:{model}_change", args=[rows[model].pk])).status_code == 200
    assert operator.get(reverse(f"admin:{model}_add")).status_code == 403
    assert operator.get(reverse(f"admin:{model}_delete", args=[rows[model].pk])).status_code == 403
    assert client_for(tom).get(reverse(f"admin:{model}_changelist")).status_code == 302
