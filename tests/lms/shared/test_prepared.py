"""Queries whose SQL is written once: they give what the queryset gives, on both databases."""

from datetime import datetime
from decimal import Decimal
from itertools import product

import pytest

from lms.progress import availability, lines
from lms.progress.counting import standings
from modules import shelf
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_programme, make_release
from tests.factories.people import make_trainee
from tests.factories.progress import make_lesson_completion, make_quiz_completion, make_visit
from tests.factories.quizzes import make_attempt, make_quiz
from tests.query_counts import counted

pytestmark = pytest.mark.django_db


def test_prepared_rows_are_those_of_the_queryset(now: datetime) -> None:
    module = make_module(lessons=3)
    elsewhere = make_module(module.programme, lessons=1)
    make_release(module.programme)
    ana, boris, nobody = (make_trainee(f"{name}@example.org") for name in ("ana", "boris", "nobody"))
    make_cohort(programme=module.programme, learners=[ana, boris])
    for learner, lessons in ((ana, 3), (boris, 1)):
        for lesson in module.lessons.all()[:lessons]:
            make_visit(learner, lesson, now=now)
            make_lesson_completion(learner, lesson, now=now)
    for learner in (ana, boris, nobody, ana):
        of = learner.pk
        assert sorted(lines._facts.of(of), key=str) == sorted(lines._facts_of(of), key=str)
        assert sorted(availability._rows.of(of), key=str) == sorted(availability._rows_of(of), key=str)
        both = of, module.pk
        assert sorted(lines._facts_in.of(*both), key=str) == sorted(lines._facts_of_module(*both), key=str)
    assert lines._facts_in.of(ana.pk, elsewhere.pk) == []
    assert [len(lines._facts.of(learner.pk)) for learner in (ana, boris, nobody)] == [6, 2, 0]
    assert shelf._rows.of() == list(shelf._programmes()) != []


def test_one_is_counted_as_many_are(now: datetime) -> None:
    """Q-25: after each act one learner in one module, at night everybody: the same figures."""
    programme = make_programme()
    modules = [make_module(programme, lessons=2) for _ in range(2)]
    ana, boris = (make_trainee(f"{name}@example.org") for name in ("ana", "boris"))
    for module in modules:
        quiz = make_quiz(module)
        for lesson in module.lessons.all():
            make_visit(ana, lesson, now=now)
        make_lesson_completion(ana, module.lessons.first(), now=now)
        make_attempt(boris, quiz, now=now, state="submitted", submitted_at=now, score="0.8000", passed=True)
        make_quiz_completion(boris, quiz, now=now)
    everybody = standings([module.pk for module in modules], [ana.pk, boris.pk])
    one_by_one = {}
    for learner, module in product((ana, boris), modules):
        one_by_one |= standings([module.pk], [learner.pk])
    assert one_by_one == everybody
    assert everybody[boris.pk, modules[0].pk].best_score == Decimal("0.8")
    assert everybody[ana.pk, modules[0].pk].done == 1


def test_the_sql_is_written_for_nobody(now: datetime) -> None:
    """A-01: whoever is first leaves nothing of themselves in it."""
    ana = make_trainee("ana@example.org")
    make_visit(ana, make_module(lessons=1).lessons.get(), now=now)
    with counted() as asked:
        rows = lines.PreparedRows(lines._facts_of)
        assert len(rows.of(ana.pk)) == 1
    assert len(asked) == 1
    assert rows.written is not None
    assert not {str(ana.pk), ana.pk.hex, ana.pk} & {value for value in rows.written.params if value}
