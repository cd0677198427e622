"""The trainer's first page counts as the cohort's own page does."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.reports.home import home_cards
from lms.reports.selectors import View, group_page
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.reports import make_group

pytestmark = pytest.mark.django_db


def test_a_card_says_as_many_as_the_page_of_the_cohort(now: datetime) -> None:
    tom = make_trainer()
    now += timedelta(days=40)
    cohorts = [make_group(size=size, seed=size, now=now, trainers=[tom]) for size in (7, 24, 40)]
    cohorts.append(make_cohort(programme=cohorts[0].programme, trainers=[tom], learners=2, timezone="Pacific/Auckland"))
    cards = {card.cohort.code: card.needs for card in home_cards(tom, now=now)}
    for cohort in cohorts:
        assert cards[cohort.code] == group_page(cohort, View(), language="en", now=now).needs_in_all


def test_cohorts_that_do_not_run_ask_for_nobody(now: datetime) -> None:
    tom = make_trainer()
    make_group(size=5, now=now, trainers=[tom])
    assert [card.needs for card in home_cards(tom, now=now - timedelta(days=90))] == [None]
    assert [card.needs for card in home_cards(tom, now=now + timedelta(days=400))] == [None]


def test_a_running_cohort_without_learners_needs_nobody(now: datetime) -> None:
    tom = make_trainer()
    make_cohort(trainers=[tom])
    assert [card.needs for card in home_cards(tom, now=now)] == [0]


def test_home_takes_four_queries_whatever_the_number_of_cohorts(now: datetime) -> None:
    tom = make_trainer()
    counts = []
    for _ in range(3):
        make_group(size=3, now=now, trainers=[tom])
        with CaptureQueriesContext(connection) as queries:
            home_cards(tom, now=now)
        counts.append(len(queries))
    assert counts == [4, 4, 4]


def test_everybody_sees_only_what_they_train(now: datetime) -> None:
    """A-03"""
    tom, olga = make_trainer(), make_trainer(name="Olga")
    make_cohort("toms", trainers=[tom])
    make_cohort("olgas", trainers=[olga])
    codes = {
        person.name: {card.cohort.code for card in home_cards(person, now=now)}
        for person in (tom, olga, make_operator(), make_trainee())
    }
    assert codes == {"Tom": {"toms"}, "Olga": {"olgas"}, "Petya": {"toms", "olgas"}, "Ana": set()}
