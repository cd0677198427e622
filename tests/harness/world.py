"""A small world for tests of who may do what: two cohorts, their trainers, one trainee each, an operator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.cohorts.invitations import invite
from lms.credentials.services import issue_if_earned
from lms.people.models import User
from lms.people.services import issue_token
from lms.progress.models import CompletionRecord
from lms.progress.services import submit_quiz
from lms.reminders.stop_link import signed_for
from lms.reports.services import ask_for_report, build_report
from modules.models import Asset
from tests.factories.cohorts import make_cohort
from tests.factories.modules import (
    make_fact,
    make_guide_page,
    make_lesson,
    make_module,
    make_programme,
    make_story,
    make_term,
)
from tests.factories.parts import make_calculator, make_task
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.progress import make_module_completion
from tests.factories.quizzes import make_attempt, make_quiz, wrong_answers

PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"


@dataclass(frozen=True)
class World:
    """`people` by the names of tests/access_matrix.yaml, None for nobody; `words` behind its $words."""

    people: dict[str, User | None]
    tokens: dict[str, str]
    words: dict[str, Any]


def make_world(now: datetime) -> World:
    ana, ivo = make_trainee("ana@example.org"), make_trainee("ivo@example.org", "Ivo")
    tom, olga = make_trainer("tom@example.org"), make_trainer("olga@example.org", "Olga")
    people: dict[str, User | None] = {"nobody": None, "ana": ana, "ivo": ivo, "tom": tom, "olga": olga}
    people["petya"] = make_operator("petya@example.org")
    programme = make_programme("green")
    module = make_module(programme, "soil")
    make_lesson(module, "why-soil")
    make_term(module, "humus")
    make_fact(programme, "F42")
    make_story(module, "wet-field")
    make_guide_page(programme, "why-soil-guide")
    make_calculator(module, "rain")
    make_task(module, "dig")
    quiz = make_quiz(module, "soil-check")
    spring = make_cohort("spring", learners=[ana], trainers=[tom], programme=programme)
    make_cohort("autumn", learners=[ivo], trainers=[olga], programme=programme)
    finished = submit_quiz(attempt=make_attempt(ana, quiz, now=now), answers=wrong_answers(quiz), now=now)
    attempt = make_attempt(ana, quiz, now=now, number=2)
    picture = Asset.objects.create(
        digest="5" * 64, name="field.svg", media_type="image/svg+xml", size=len(PICTURE), content=PICTURE
    )
    make_module_completion(ana, module, now=now)
    CompletionRecord.objects.create(learner=ana, programme=programme, completed_at=now)
    credential = issue_if_earned(learner=ana, programme=programme, now=now)
    assert credential is not None
    invitation, token = invite(cohort=spring, email="new@example.org", by=tom, now=now)
    asked, _new = ask_for_report(by=tom, cohort=spring, kind="completion", file_format="csv", language="en", now=now)
    build_report(report_id=asked.pk, now=now)
    words = {
        "attempt": attempt.pk,
        "finished": finished.pk,
        "credential": credential.code,
        "picture": picture.digest,
        "invitation": token,
        "invitation_id": invitation.pk,
        "report": asked.pk,
        "stop_link": signed_for(ana),
        "ana_id": ana.pk,
        "ivo_id": ivo.pk,
    }
    return World(people, {name: _token(person, now) for name, person in people.items() if person}, words)


def _token(person: User, now: datetime) -> str:
    year = now.replace(year=now.year + 1)
    return issue_token(owner=person, scopes=["content:read"], expires_at=year, now=now)[1]
