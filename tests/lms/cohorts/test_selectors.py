"""Questions about cohorts."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lms.cohorts.invitations import accept_invitation, cancel_invitation, invite
from lms.cohorts.selectors import cohort_by_code, invitations, my_cohorts, timetable, trainers_of
from tests.factories.cohorts import make_cohort, make_enrolment
from tests.factories.modules import make_module, make_programme
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.reports import set_due

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2027, 2, 28), 0),
        (date(2027, 3, 1), 1),
        (date(2027, 3, 7), 1),
        (date(2027, 3, 8), 2),
        (date(2027, 6, 30), 18),
        (date(2027, 7, 1), 19),
    ],
)
def test_weeks_count_from_the_first_day(now: datetime, today: date, week: int) -> None:
    tom = make_trainer()
    make_cohort(trainers=[tom])
    (card,) = my_cohorts(tom, now.replace(year=today.year, month=today.month, day=today.day))
    assert (card.week, card.weeks) == (week, 18)
    assert (card.has_started, card.is_running, card.is_over) == (week >= 1, 1 <= week <= 18, week > 18)


def test_the_day_is_that_of_the_cohort(now: datetime) -> None:
    tom = make_trainer()
    make_cohort(trainers=[tom], timezone="Pacific/Auckland")
    (card,) = my_cohorts(tom, now.replace(hour=23))
    assert card.today == now.date() + timedelta(days=1)


def test_size_counts_who_is_in_now(now: datetime, django_assert_num_queries: Any) -> None:
    tom = make_trainer()
    cohort = make_cohort(trainers=[tom, make_trainer(), make_trainer()], learners=3)
    make_enrolment(cohort, ended_at=now, ended_because="withdrew")
    make_cohort(trainers=[tom], starts_on=date(2027, 4, 1))
    make_cohort()
    with django_assert_num_queries(1):
        cards = my_cohorts(tom, now)
    assert [card.size for card in cards] == [0, 3]
    assert len(my_cohorts(make_operator(), now)) == 3
    assert my_cohorts(make_trainee(), now) == []


def test_timetable_lists_live_modules_in_order_with_their_days(now: datetime, django_assert_num_queries: Any) -> None:
    programme = make_programme()
    second, first = make_module(programme, position=2), make_module(programme, position=1, title={"en": "Soil"})
    make_module(programme, position=3, retired_at=now)
    cohort = make_cohort(programme=programme)
    set_due(make_cohort(programme=programme), first, date(2027, 5, 1))
    set_due(cohort, second, date(2027, 4, 1), opens_on=date(2027, 3, 9))
    came_later = make_module(programme, position=4)
    with django_assert_num_queries(1):
        lines = timetable(cohort, "bg")
    assert [(line.module_id, line.position) for line in lines] == [(first.pk, 1), (second.pk, 2), (came_later.pk, 3)]
    assert [(line.opens_on, line.due_on) for line in lines] == [
        (None, None),
        (date(2027, 3, 9), date(2027, 4, 1)),
        (None, None),
    ]
    assert (lines[0].title, lines[0].title.language) == ("Soil", "en")


def test_trainers_are_listed_by_name() -> None:
    cohort = make_cohort(trainers=[make_trainer(name="Tom"), make_trainer(name="Olga")])
    assert [trainer.name for trainer in trainers_of(cohort)] == ["Olga", "Tom"]


def test_a_cohort_is_found_by_its_code() -> None:
    assert cohort_by_code("spring") is None
    assert cohort_by_code(make_cohort("spring").code) is not None


def test_invitations_say_what_became_of_them(now: datetime) -> None:
    cohort, tom = make_cohort(), make_trainer()
    ana = make_trainee(email="ana@example.org")
    _invitation, token = invite(cohort=cohort, email="ana@example.org", by=tom, now=now)
    accept_invitation(token=token, learner=ana, now=now + timedelta(days=1))
    cancelled, _token = invite(cohort=cohort, email="boris@example.org", by=tom, now=now)
    cancel_invitation(invitation=cancelled, by=tom, now=now + timedelta(days=2))
    invite(cohort=cohort, email="vera@example.org", by=tom, now=now)
    invite(cohort=make_cohort(), email="other@example.org", by=tom, now=now)

    def states(at: datetime) -> dict[str, tuple[str, date]]:
        return {line.email: (line.state, line.on) for line in invitations(cohort, at)}

    first = now.date()
    assert states(now + timedelta(days=3)) == {
        "ana@example.org": ("accepted", first + timedelta(days=1)),
        "boris@example.org": ("cancelled", first + timedelta(days=2)),
        "vera@example.org": ("sent", first),
    }
    assert states(now + timedelta(days=14))["vera@example.org"] == ("expired", first + timedelta(days=14))
