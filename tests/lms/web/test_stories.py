"""Pages of stories: every step a link, nothing kept, open like lessons."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.cohorts.models import CohortModule
from lms.shared.clock import now as present
from modules.models import Story
from tests.factories.cohorts import make_cohort
from tests.factories.modules import make_lesson, make_module, make_programme, make_release, make_story
from tests.factories.people import make_trainee
from tests.lms.web.reading import html_of, text_of
from tests.query_counts import as_in_ledger

pytestmark = pytest.mark.django_db
URL = "/en/stories/wet-field/"


@pytest.fixture
def story(db: None) -> Story:
    programme = make_programme(review={"bg": "awaiting"})
    make_release(programme)
    module = make_module(programme, "soil", lessons=1)
    return make_story(module, "wet-field")


def test_a_story_is_walked_by_links_alone(story: Story, client: Client) -> None:
    """U-01: no script, no form."""
    html = html_of(client.get(URL))
    assert '<a class="choice" href="/en/stories/wet-field/?way=drive">' in html
    assert "<script" not in html
    then = html_of(client.get(f"{URL}?way=drive"))
    assert '<a class="choice" href="/en/stories/wet-field/?way=drive.go-on">' in then
    assert "Look at the &lt;ruts&gt;!" in then


def test_a_scene_says_who_speaks_what_followed_and_how_things_stand(story: Story, client: Client) -> None:
    text = text_of(client.get(f"{URL}?way=drive"))
    assert "Mira apprentice" in text
    assert "What followed: The wheels leave ruts." in text
    assert "People +1 Nature −2 Money 0" in text


def test_an_ending_shows_totals_the_way_and_a_question(story: Story, client: Client) -> None:
    response = client.get(f"{URL}?way=wait")
    text = text_of(response)
    for words in (
        "Two days later",
        "Nature +2 better than at the start",
        "Money −1 worse than at the start",
        "Who carried the cost?",
        "This story has 2 endings. You have read one of them.",
        "Start again",
    ):
        assert words in text
    assert 'href="/en/stories/wet-field/">Choose differently here' in html_of(response)


@pytest.mark.parametrize(("query", "is_found"), [("", True), ("?way=drive", False), ("?way=fly", False)])
def test_only_the_beginning_is_for_search_engines(story: Story, client: Client, query: str, is_found: bool) -> None:
    assert ('content="noindex"' not in html_of(client.get(URL + query))) == is_found


def test_a_way_that_does_not_exist_says_so_and_goes_on(story: Story, client: Client) -> None:
    response = client.get(f"{URL}?way=drive.fly")
    assert response.status_code == 200
    assert "This way does not exist." in text_of(response)
    assert "?way=drive.go-on" in html_of(response)


def test_what_is_not_translated_is_marked(story: Story, client: Client) -> None:
    """C-15."""
    assert '<span lang="en">Ruts</span>' in html_of(client.get("/bg/stories/wet-field/?way=drive.go-on"))


def test_a_translation_that_awaits_its_editor_says_so_on_every_page(story: Story, client: Client) -> None:
    make_lesson(story.module, "crumbs")
    paths = ["stories/wet-field/", "learn/soil/", "learn/soil/crumbs/", "glossary/"]
    for path in paths:
        assert 'class="small muted review"' in html_of(client.get(f"/bg/{path}")), path
        assert 'class="small muted review"' not in html_of(client.get(f"/en/{path}")), path


@pytest.mark.parametrize("path", ["learn/soil/", "stories/"])
def test_pages_lead_to_the_story(story: Story, client: Client, path: str) -> None:
    assert URL in html_of(client.get(f"/en/{path}"))


def test_the_last_lesson_leads_to_the_story(story: Story, client: Client) -> None:
    make_lesson(story.module, "crumbs")
    first = story.module.lessons.first()
    assert first
    assert URL in html_of(client.get("/en/learn/soil/crumbs/"))
    assert URL not in html_of(client.get(f"/en/learn/soil/{first.key}/"))


def test_a_story_opens_with_its_module(story: Story, client_for: Any) -> None:
    ana, today = make_trainee(), present().date()
    cohort = make_cohort(programme=story.module.programme, learners=[ana], starts_on=today)
    CohortModule.objects.filter(cohort=cohort).update(opens_on=today + timedelta(days=3))
    assert client_for(ana).get(URL).status_code == 403
    assert client_for(None).get(URL).status_code == 200


def test_a_retired_story_is_not_here(story: Story, client: Client) -> None:
    Story.objects.update(retired_at=present())
    assert client.get(URL).status_code == 404
    assert "No stories yet" in text_of(client.get("/en/stories/"))


@pytest.mark.parametrize("query", ["", "?way=wait"])
def test_a_scene_costs_as_many_queries_as_the_ledger_says(story: Story, client: Client, query: str) -> None:
    client.get(URL + query)
    with as_in_ledger("stories:story, stranger", most=1):
        client.get(URL + query)


def test_frameworks_stand_folded_on_the_module_page(story: Story, client: Client) -> None:
    uri = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001"
    story.module.esco = [{"label": "soil structure", "uri": uri, "kind": "knowledge"}]
    story.module.save()
    response = client.get("/en/learn/soil/")
    assert f'<a href="{uri}" rel="noopener"><span lang="en">soil structure</span></a>' in html_of(response)
    for words in ("Frameworks", "2.1 Systems thinking", "15 Life on land", "Written for level 3."):
        assert words in text_of(response)
