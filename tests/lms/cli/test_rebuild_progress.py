"""The command that counts progress anew."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lms.people.models import User
from lms.progress.models import ModuleProgress
from lms.progress.services import complete_lesson
from tests.factories.modules import live_revision, make_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong_row(now: datetime) -> ModuleProgress:
    ana = User.objects.create_user(email="ana@example.org")
    module = make_module(lessons=2)
    complete_lesson(learner=ana, revision=live_revision(module.lessons.all()[0]), now=now)
    ModuleProgress.objects.update(done=0)
    return ModuleProgress.objects.get()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_progress", *arguments, stdout=out)
    return out.getvalue()


def test_checking_names_the_row_and_fails(wrong_row: ModuleProgress) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="1 rows differ"):
        call_command("rebuild_progress", "--check", stdout=out)
    assert f"learner {wrong_row.learner_id}" in out.getvalue()
    assert ModuleProgress.objects.get().done == 0


def test_rebuilding_mends_and_then_finds_nothing(wrong_row: ModuleProgress) -> None:
    assert "1 rows mended." in run()
    assert ModuleProgress.objects.get().done == 1
    assert run("--check") == run() == "Everybody's progress says what the facts say.\n"
