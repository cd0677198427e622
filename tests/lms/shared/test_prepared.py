"""Queries whose SQL is written once: they give what the queryset gives, on both databases."""

from datetime import datetime

import pytest

from lms.progress import availability, lines
from modules import shelf
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_module, make_release
from tests.factories.people import make_trainee
from tests.factories.progress import make_lesson_completion, make_visit
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
