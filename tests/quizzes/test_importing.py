"""Quizzes and questions from a package into rows."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.importing import import_modules, programme_for
from modules.models import Release
from modules.package.reader import read_package
from modules.package.schema import Package
from quizzes.importing import compare_quizzes, import_quizzes
from quizzes.models import QuestionRevision, Quiz, QuizItem, QuizRevision
from tests.packages.copies import MINIMAL, QUIZZES, Copy, copy_of_minimal

pytestmark = pytest.mark.django_db
FINAL = f"{QUIZZES}soil-final.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of_minimal(tmp_path / "package")


def _package(path: Path = MINIMAL) -> Package:
    package, problems = read_package(path)
    assert package is not None, problems
    return package


def _import(package: Package, now: datetime) -> list[str]:
    programme = programme_for(package)
    release = Release.objects.create(
        programme=programme, version=package.version, digest=package.digest, imported_at=now
    )
    import_modules(package, release=release, now=now)
    return [
        f"{change.action} {change.thing} {change.key}" for change in import_quizzes(package, release=release, now=now)
    ]


def test_how_many_questions_are_drawn_is_imported(copy: Copy, now: datetime) -> None:
    copy.write(FINAL, copy.read(FINAL).replace("points: 2", "points: 1"))
    copy.edit(FINAL, "shuffle: true", "shuffle: true\ndraw: 2")
    _import(_package(copy.path), now)
    assert dict(QuizRevision.objects.values_list("quiz__key", "draw")) == {"soil-check": 0, "soil-final": 2}


def test_import_returns_what_it_did(now: datetime) -> None:
    assert _import(_package(), now) == [
        "new quiz soil-check",
        "new quiz soil-final",
        "new quiz text soil-check",
        "new quiz text soil-final",
    ]


def test_the_questions_stand_in_their_order_with_their_points(now: datetime) -> None:
    _import(_package(), now)
    items = QuizItem.objects.filter(quiz_revision__quiz__key="soil-final").order_by("position")
    assert list(items.values_list("question_revision__question__key", "position", "points")) == [
        ("holds-water", 1, 1),
        ("signs", 2, 2),
        ("cubic-metres", 3, 2),
    ]


def test_importing_twice_changes_nothing(now: datetime) -> None:
    """C-20."""
    _import(_package(), now)
    assert compare_quizzes(_package()).steps == ()


def test_a_question_that_did_not_change_keeps_its_row(copy: Copy, now: datetime) -> None:
    _import(_package(copy.path), now)
    copy.edit(FINAL, "What helps soil most", "What helps a soil most")
    assert _import(_package(copy.path), now) == ["changed quiz text soil-final"]
    assert QuestionRevision.objects.count() == 5
    assert QuizRevision.objects.filter(quiz__key="soil-final").count() == 2


def test_an_old_form_comes_back_without_a_new_row(copy: Copy, now: datetime) -> None:
    _import(_package(copy.path), now)
    first = QuizRevision.objects.get(quiz__key="soil-final")
    copy.edit(FINAL, "points: 1", "points: 4")
    _import(_package(copy.path), now)
    assert _import(_package(), now) == ["restored quiz text soil-final"]
    assert QuizRevision.objects.get(quiz__key="soil-final", is_live=True) == first
    assert QuizRevision.objects.filter(quiz__key="soil-final").count() == 2


def test_a_retired_quiz_comes_back_as_itself(copy: Copy, now: datetime) -> None:
    _import(_package(copy.path), now)
    check = Quiz.objects.get(key="soil-check")
    texts = {name: copy.read(QUIZZES + name) for name in ("soil-check.yaml", "soil-check.bg.yaml")}
    for name in texts:
        copy.remove(QUIZZES + name)
    assert _import(_package(copy.path), now) == ["retired quiz soil-check"]
    check.refresh_from_db()
    assert check.retired_at == now
    for name, text in texts.items():
        copy.write(QUIZZES + name, text)
    assert _import(_package(copy.path), now) == ["restored quiz soil-check"]
    check.refresh_from_db()
    assert check.retired_at is None


def test_comparing_takes_four_queries(now: datetime) -> None:
    _import(_package(), now)
    with CaptureQueriesContext(connection) as asked:
        compare_quizzes(_package())
    assert len(asked) <= 4
