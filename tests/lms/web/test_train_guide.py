"""The trainer guide: for trainers of the cohort, in order, with sources, and whole on paper."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.cohorts.models import Cohort, CohortModule
from lms.people.models import User
from lms.shared.clock import now as present
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_fact, make_guide_page, make_module, make_programme, make_release
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.lms.web.reading import SOIL, html_of, text_of
from tests.query_counts import as_in_ledger

pytestmark = pytest.mark.django_db
BASE = "/en/train/spring/guide/"


@pytest.fixture
def tom(db: None) -> User:
    return make_trainer()


@pytest.fixture
def spring(tom: User) -> Cohort:
    programme = make_programme(review={"bg": "awaiting"})
    make_release(programme)
    make_fact(programme, "F42")
    soil, water = make_module(programme, "soil"), make_module(programme, "water")
    make_guide_page(programme, "welcome", title="Welcome", html=f'<h2 id="s-why">Why</h2>{SOIL}', facts=["F42"])
    make_guide_page(programme, "through-soil", title="Through soil", module=soil)
    make_guide_page(programme, "through-water", title="Through water", module=water, html=SOIL, facts=["F42"])
    make_guide_page(programme, "welcome", "bg", title="Добре дошли", position=1)
    today = present().date()
    cohort = make_cohort("spring", trainers=[tom], programme=programme, starts_on=today - timedelta(days=20))
    opens = {soil: (-20, -10), water: (-9, 5)}
    for module, (first, last) in opens.items():
        days = {"opens_on": today + timedelta(days=first), "due_on": today + timedelta(days=last)}
        CohortModule.objects.update_or_create(cohort=cohort, module=module, defaults=days)
    return cohort


@pytest.fixture
def client(tom: User, client_for: Any) -> Client:
    found: Client = client_for(tom)
    return found


def test_the_contents_begin_with_the_module_the_cohort_works_on(spring: Cohort, client: Client) -> None:
    html = html_of(client.get(BASE))
    assert html.count("Your cohort is here now") == 1
    assert html.index("Through water") < html.index("Through soil") < html.index("Welcome")


def test_a_page_has_neighbours_and_sources(spring: Cohort, client: Client) -> None:
    html = html_of(client.get(f"{BASE}through-water/"))
    assert f'rel="prev" href="{BASE}through-soil/"' in html
    assert 'rel="next"' not in html
    assert 'id="fact-F42"' in html
    assert 'href="/en/learn/water/"' in html


def test_a_page_without_translation_is_marked(spring: Cohort, client: Client) -> None:
    """C-15."""
    response = client.get("/bg/train/spring/guide/through-soil/")
    assert '<h1 lang="en">Through soil</h1>' in html_of(response)
    assert 'class="note info"' in html_of(response)
    assert "Добре дошли" in text_of(client.get("/bg/train/spring/guide/"))


def test_the_whole_guide_has_each_anchor_once(spring: Cohort, client: Client) -> None:
    html = html_of(client.get(f"{BASE}print/"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in re.findall(r'href="(#[^"]+)"', html)} <= set(ids)
    assert '<h3 id="welcome-s-why">Why</h3>' in html


@pytest.mark.parametrize("page", ["", "print/", "welcome/"])
def test_the_guide_is_for_trainers_of_the_cohort_and_operators(spring: Cohort, client_for: Any, page: str) -> None:
    """A-03."""
    people = {make_operator(): 200, make_trainer("other@example.org"): 404, make_trainee(): 404}
    assert {person: client_for(person).get(BASE + page).status_code for person in people} == people


def test_a_page_of_another_programme_is_not_here(spring: Cohort, client: Client) -> None:
    make_guide_page(make_programme(), "elsewhere")
    assert client.get(f"{BASE}elsewhere/").status_code == 404


def test_trainers_find_the_guide_by_searching_and_nobody_else(spring: Cohort, client: Client, client_for: Any) -> None:
    query = "/en/search/?q=spade"
    assert f'href="{BASE}through-soil/"' in html_of(client.get(query))
    for person in (None, make_trainee(), make_trainer("other@example.org")):
        assert "Through soil" not in html_of(client_for(person).get(query))


def test_a_page_costs_as_many_queries_as_the_ledger_says(spring: Cohort, client: Client) -> None:
    client.get(f"{BASE}welcome/")
    with as_in_ledger("train:guide_page, trainer"):
        client.get(f"{BASE}welcome/")


def test_a_programme_without_guide_says_so(tom: User, client: Client) -> None:
    make_cohort("bare", trainers=[tom])
    assert "There is no guide yet" in text_of(client.get("/en/train/bare/guide/"))
