"""The trainer's pages: who may see them, what they say, how much they ask."""

import gzip
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.cohorts.models import Cohort, CohortModule, Enrolment
from lms.cohorts.services import add_trainer, remove_trainer
from lms.people.models import User
from lms.progress.models import ModuleProgress
from lms.shared import clock
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.lms.web.reading import html_of, text_of
from tests.lms.web.training import Side, make_running_group, make_side

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom() -> User:
    return make_trainer()


@pytest.fixture
def spring(tom: User) -> Cohort:
    return make_running_group("spring", trainer=tom, size=24)


@pytest.fixture
def client(tom: User) -> Client:
    """Tom's browser."""
    browser = Client()
    browser.force_login(tom)
    return browser


def client_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


# --- Who may see what ---------------------------------------------------------------------------------------------


def test_each_page_is_for_its_trainers_and_operators(client_for: Any) -> None:
    """A-03, A-12: everybody else finds nothing, and visitors are asked to sign in"""
    mine, other = make_side("mine"), make_side("other")
    demoted = make_trainer()
    mine.cohort.trainers.add(demoted)
    User.objects.filter(pk=demoted.pk).update(role="trainee")
    for url in mine.urls():
        answers = {
            name: client_for(person).get(url).status_code
            for name, person in {
                "trainer": mine.trainer,
                "operator": make_operator(),
                "other trainer": other.trainer,
                "learner in it": mine.enrolment.learner,
                "trainee": make_trainee(),
                "demoted": User.objects.get(pk=demoted.pk),
                "visitor": None,
            }.items()
        }
        assert answers == {
            "trainer": 200,
            "operator": 200,
            "other trainer": 404,
            "learner in it": 404,
            "trainee": 404,
            "demoted": 404,
            "visitor": 302,
        }, url


def test_acts_are_for_its_trainers_and_need_post(client_for: Any) -> None:
    """A-02, A-03"""
    mine, other = make_side("mine"), make_side("other")
    for url in mine.acts():
        assert client_for(other.trainer).post(url, {"because": "removed"}).status_code == 404
        assert client_for(mine.enrolment.learner).post(url, {"because": "removed"}).status_code == 404
        assert client_for(None).post(url).status_code == 302
        assert client_for(mine.trainer).get(url).status_code == 405
    enrolment = Enrolment.objects.get(pk=mine.enrolment.pk)
    assert enrolment.ended_at is None
    mine.invitation.refresh_from_db()
    assert mine.invitation.cancelled_at is None


def test_nothing_of_another_cohort_is_on_any_page() -> None:
    """A-03: no row, no count, no name"""
    mine, other = make_side("kestrel"), make_side("plover")
    browser = client_of(mine.trainer)
    queries = ["", "?sort=seen", "?sort=-progress&show=behind", "?show=needs", "?q=plover", "?q=example.org", "?page=2"]
    group = mine.urls()[0]
    pages = ["/en/train/", *mine.urls(), *(group + query for query in queries)]
    for url in pages:
        answer = browser.get(url)
        assert answer.status_code == 200
        asked_for = r"q(=|%3D)plover|value=\"plover\"|“plover”"  # the word that Tom typed himself
        words = re.sub(asked_for, "", html_of(answer))
        assert "plover" not in words, url
        assert "kestrel" in words, url
    for url in [*other.urls(), *other.acts()]:
        assert "plover" not in unquote(html_of(browser.get(url))).replace(url[3:], ""), url


def test_ids_of_one_cohort_below_another_are_not_there() -> None:
    """A-04: all cross pairs, whoever asks"""
    sides = [make_side("mine"), make_side("other")]
    operator = make_operator()
    for here in sides:
        for there in sides:
            base = f"/en/train/{here.cohort.code}/"
            expected = 200 if here is there else 404
            learner = f"{base}learners/{there.enrolment.learner_id}/"
            for person in (here.trainer, operator):
                assert client_of(person).get(learner).status_code == expected
            if here is not there:
                for person in (here.trainer, operator):
                    browser = client_of(person)
                    assert browser.post(f"{learner}end/", {"because": "removed"}).status_code == 404
                    assert browser.post(f"{learner}again/").status_code == 404
                    invitation = f"{base}invitations/{there.invitation.pk}/"
                    assert browser.post(f"{invitation}cancel/").status_code == 404
                    assert browser.post(f"{invitation}again/").status_code == 404
                    assert browser.get(f"{base}reports/{there.report.pk}/").status_code == 404
    assert not Enrolment.objects.exclude(ended_at=None).exists()


def test_what_is_not_yours_looks_like_what_does_not_exist(client: Client) -> None:
    """A-01, A-05"""
    other = make_side("other")
    not_mine = client.get(other.urls()[0])
    not_there = client.get("/en/train/no-such-cohort/")
    assert not_mine.status_code == not_there.status_code == 404
    assert text_of(not_mine).replace(other.cohort.code, "") == text_of(not_there).replace("no-such-cohort", "")


def test_a_removed_trainer_is_out_at_the_next_request(spring: Cohort, tom: User, client: Client) -> None:
    """A-08, R-19"""
    add_trainer(cohort=spring, trainer=make_trainer(name="Olga"), by=None, now=clock.now())
    assert client.get("/en/train/spring/").status_code == 200
    remove_trainer(cohort=spring, trainer=tom, by=None, now=clock.now())
    assert client.get("/en/train/spring/").status_code == 404
    assert "spring" not in html_of(client.get("/en/train/")).lower()


def test_pages_stay_in_no_cache(spring: Cohort, client: Client) -> None:
    """P-09"""
    for url in ("/en/train/", "/en/train/spring/"):
        assert "no-store" in client.get(url).headers["Cache-Control"]


# --- Home ---------------------------------------------------------------------------------------------------------


def test_home_names_my_cohorts_and_how_many_need_me(spring: Cohort, client: Client) -> None:
    words = text_of(client.get("/en/train/"))
    assert "Spring" in words
    assert "week 6 of 15" in words
    assert "24 trainees" in words
    assert re.search(r"\d+ needs? you", words)


def test_home_without_cohorts_says_what_to_do(client: Client) -> None:
    assert "You train no cohort yet" in text_of(client.get("/en/train/"))


def test_home_is_not_for_trainees() -> None:
    assert client_of(make_trainee()).get("/en/train/").status_code == 404


# --- The group ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [24, 1000])
@pytest.mark.parametrize("query", ["", "?sort=seen&show=behind&q=Trainee", "?show=needs&sort=-progress&page=2"])
def test_the_whole_page_takes_at_most_ten_queries(tom: User, client: Client, size: int, query: str) -> None:
    make_running_group("spring", trainer=tom, size=size)
    client.get("/en/train/spring/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/en/train/spring/{query}")
    assert answer.status_code == 200
    assert len(queries) <= 10, [q["sql"][:90] for q in queries.captured_queries]


def test_rendering_asks_the_database_nothing(spring: Cohort, tom: User, rf: Any) -> None:
    from lms.web import train

    for view, kwargs in (
        (train.home, {}),
        (train.cohort, {"code": "spring"}),
        (train.learner, {"code": "spring", "learner_id": spring.enrolments.all()[0].learner_id}),
        (train.cohort_timetable, {"code": "spring"}),
    ):
        request = rf.get("/en/train/")
        request.user = tom
        answer = view(request, **kwargs)
        with CaptureQueriesContext(connection) as queries:
            answer.render()
        assert len(queries) == 0, view


def test_a_page_of_a_thousand_is_small(tom: User, client: Client) -> None:
    """W4: at most 60 kB on the line"""
    make_running_group("spring", trainer=tom, size=1000)
    answer = client.get("/en/train/spring/")
    assert html_of(answer).count('<th scope="row">') == 50
    assert len(gzip.compress(answer.content)) < 60_000
    assert "Page 1 of 20" in text_of(answer)


def set_cell(cohort: Cohort, name: str, **fields: Any) -> None:
    learner = User.objects.get(enrolments__cohort=cohort, display_name=name)
    ModuleProgress.objects.filter(learner=learner).delete()
    module = cohort.programme.modules.order_by("position")[0]
    defaults = {"done": 0, "total": 6, "state": "started", "updated_at": clock.now(), "last_active_at": clock.now()}
    ModuleProgress.objects.create(learner=learner, module=module, **{**defaults, **fields})


@pytest.mark.parametrize(
    ("fields", "late", "words", "shape"),
    [
        ({"done": 3}, False, "3 of 6", "started"),
        ({"done": 3}, True, "3 of 6, late", "late"),
        ({"done": 6}, False, "6 of 6, quiz open", "started"),
        ({"done": 6, "attempts": 1, "best_score": "0.5"}, False, "quiz 50\u202f%", "quiz"),
        ({"done": 6, "attempts": 1, "best_score": "0.799"}, True, "quiz 79\u202f%, late", "late"),
        (
            {"done": 6, "attempts": 2, "best_score": "0.92", "quiz_passed": True, "state": "completed"},
            True,
            "done 92\u202f%",
            "done",
        ),
        ({"state": "not_started", "last_active_at": None}, True, "not started, late", "late"),
    ],
)
def test_a_cell_says_in_words_and_shape_how_far_somebody_is(
    spring: Cohort, client: Client, fields: dict[str, Any], late: bool, words: str, shape: str
) -> None:
    set_cell(spring, "Trainee 00001", **fields)
    due = clock.now().date() + timedelta(days=-3 if late else 3)
    CohortModule.objects.filter(cohort=spring).update(due_on=due, opens_on=None)
    html = html_of(client.get("/en/train/spring/?q=Trainee+00001"))
    cell = re.findall(r'<td class="at">(.*?)</td>', html)[0]
    assert re.sub(r"<[^>]+>", "", cell) == words
    assert f'href="#{shape}"' in cell
    assert f'<symbol id="{shape}"' in html


def test_an_empty_cell_is_a_dash_to_the_eye_and_words_to_the_ear(spring: Cohort, client: Client) -> None:
    CohortModule.objects.filter(cohort=spring).update(due_on=None)
    ModuleProgress.objects.all().delete()
    cell = re.findall(r'<td class="at">(.*?)</td>', html_of(client.get("/en/train/spring/")))[0]
    assert '<span class="muted" aria-hidden="true">–</span>' in cell
    assert re.sub(r"<[^>]+>", "", cell) == "–not started"


def test_columns_say_how_they_are_sorted_and_a_click_turns_them(spring: Cohort, client: Client) -> None:
    plain = html_of(client.get("/en/train/spring/"))
    assert plain.count("aria-sort=") == 1
    assert 'aria-sort="ascending"><a href="?sort=-name"' in plain
    turned = html_of(client.get("/en/train/spring/?sort=-seen&show=behind"))
    assert 'aria-sort="descending"><a href="?sort=seen&amp;show=behind"' in turned
    assert '<a href="?sort=name&amp;show=behind"' in turned


def test_filters_and_search_keep_each_other(spring: Cohort, client: Client) -> None:
    html = html_of(client.get("/en/train/spring/?show=behind&q=Trainee&page=1"))
    assert '<input type="hidden" name="show" value="behind">' in html
    assert 'href="?show=all&amp;q=Trainee#group"' in html
    assert 'value="Trainee"' in html


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=x", "?page=99999999", "?sort=password", "?show=x", "?q=%00", "?sort=-"]
)
def test_addresses_that_make_no_sense_are_no_errors(spring: Cohort, client: Client, query: str) -> None:
    assert client.get(f"/en/train/spring/{query}").status_code == 200


def test_a_page_beyond_the_end_leads_back(spring: Cohort, client: Client) -> None:
    words = text_of(client.get("/en/train/spring/?page=9"))
    assert "There is no such page." in words
    assert "Show everybody" in words


def test_a_search_without_result_says_so_and_escapes_what_was_typed(spring: Cohort, client: Client) -> None:
    html = html_of(client.get("/en/train/spring/?q=<script>alert(1)</script>"))
    assert "<script>alert" not in html
    assert "Nobody here is called" in html


def test_an_empty_cohort_leads_to_invitations(tom: User, client: Client) -> None:
    make_cohort("spring", trainers=[tom])
    html = html_of(client.get("/en/train/spring/"))
    assert "Nobody is in this cohort yet" in html
    assert 'href="/en/train/spring/invitations/"' in html


def test_who_needs_the_trainer_is_said_with_numbers(tom: User, client: Client) -> None:
    spring = make_running_group("spring", trainer=tom, size=3)
    CohortModule.objects.filter(cohort=spring).update(due_on=None)
    ago = clock.now() - timedelta(days=16)
    set_cell(spring, "Trainee 00001", done=3, last_active_at=ago)
    set_cell(spring, "Trainee 00002", done=6, attempts=3, best_score="0.6")
    set_cell(spring, "Trainee 00003", done=1)
    words = text_of(client.get("/en/train/spring/"))
    assert "Who needs you (2)" in words
    assert "No visit for 16 days. Half of the group was here today." in words
    assert "3 tries at the quiz of module 1, the best 60 %." in words
    assert words.index("Trainee 00002") < words.index("Trainee 00001"), "whom one can help at once comes first"


def test_totals_are_bars_with_words(spring: Cohort, client: Client) -> None:
    html = html_of(client.get("/en/train/spring/"))
    done = ModuleProgress.objects.filter(module__position=1, state="completed").count()
    assert f"{done} of 24 completed" in html
    assert f'<rect class="full" width="{100 * done / 24:.2f}"' in html


def test_who_left_can_be_found_again(spring: Cohort, client: Client) -> None:
    gone = spring.enrolments.order_by("learner__email")[0]
    Enrolment.objects.filter(pk=gone.pk).update(ended_at=clock.now(), ended_because="withdrew")
    assert "Left" in text_of(client.get("/en/train/spring/"))
    html = html_of(client.get("/en/train/spring/?show=left"))
    assert html.count('<th scope="row">') == 1
    assert gone.learner.name in html


# --- One trainee ----------------------------------------------------------------------------------------------------


@pytest.fixture
def ana(spring: Cohort) -> Enrolment:
    return spring.enrolments.select_related("learner").order_by("learner__email")[0]


def url_of(enrolment: Enrolment) -> str:
    return f"/en/train/spring/learners/{enrolment.learner_id}/"


def test_the_page_of_a_trainee_shows_days_and_no_minutes_device_or_address(ana: Enrolment, client: Client) -> None:
    """P-07"""
    answer = client.get(url_of(ana), REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="canary-phone/1.0")
    words = text_of(answer)
    assert ana.learner.name in words
    assert not re.search(r"\d{1,2}:\d{2}", words), "no time of day"
    assert "203.0.113" not in words
    assert "canary-phone" not in words


def test_taking_somebody_out_asks_why_and_can_be_undone(ana: Enrolment, tom: User, client: Client) -> None:
    assert "you can undo this" in text_of(client.get(url_of(ana)))
    nothing = client.post(f"{url_of(ana)}end/", follow=True)
    assert "Choose why. Nothing was changed." in text_of(nothing)
    out = client.post(f"{url_of(ana)}end/", {"because": "removed"}, follow=True)
    assert "taken out by a trainer" in text_of(out)
    assert "Take back into the cohort" in text_of(out)
    back = client.post(f"{url_of(ana)}again/", follow=True)
    words = text_of(back)
    assert "Back in the cohort, with everything as it was." in words
    assert words.count(f", {tom.name}") >= 2, "the trail names who did it"
    ana.refresh_from_db()
    assert ana.ended_at is None


def test_a_trainer_cannot_say_that_somebody_asked_to_be_forgotten(ana: Enrolment, client: Client) -> None:
    client.post(f"{url_of(ana)}end/", {"because": "erased"})
    ana.refresh_from_db()
    assert ana.ended_at is None


# --- Timetable ------------------------------------------------------------------------------------------------------


def days(cohort: Cohort, **changed: str) -> dict[str, str]:
    """What the form sends when nothing was changed, and then these."""
    sent = {}
    for line in CohortModule.objects.filter(cohort=cohort).select_related("module"):
        sent[f"{line.module.key}-opens_on"] = line.opens_on.isoformat() if line.opens_on else ""
        sent[f"{line.module.key}-due_on"] = line.due_on.isoformat() if line.due_on else ""
    return sent | changed


def test_days_are_saved(spring: Cohort, client: Client) -> None:
    first = CohortModule.objects.filter(cohort=spring).select_related("module")[0]
    due = spring.starts_on + timedelta(days=20)
    sent = days(spring, **{f"{first.module.key}-due_on": due.isoformat()})
    answer = client.post("/en/train/spring/timetable/", sent, follow=True)
    assert "Saved." in text_of(answer)
    assert f'value="{due.isoformat()}"' in html_of(answer)
    first.refresh_from_db()
    assert first.due_on == due
    assert "Nothing was different." in text_of(client.post("/en/train/spring/timetable/", sent, follow=True))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("due_on", "soon", "This is not a day."),
        ("due_on", "2027-02-30", "This is not a day."),
        ("opens_on", "1999-01-01", "between the first and the last day"),
        ("due_on", "2999-01-01", "between the first and the last day"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_saved(
    spring: Cohort, client: Client, field: str, typed: str, words: str
) -> None:
    lines = list(CohortModule.objects.filter(cohort=spring).select_related("module"))
    key = lines[1].module.key
    other = {f"{lines[0].module.key}-due_on": spring.ends_on.isoformat()}
    answer = client.post("/en/train/spring/timetable/", days(spring, **other, **{f"{key}-{field}": typed}))
    html = html_of(answer)
    assert answer.status_code == 200
    assert words in html
    assert re.search(
        rf'name="{key}-{field}"[^>]*aria-invalid="true"[^>]*aria-describedby="id_{key}-{field}_error"', html
    )
    lines[0].refresh_from_db()
    assert lines[0].due_on != spring.ends_on


def test_due_before_opening_is_said(spring: Cohort, client: Client) -> None:
    key = CohortModule.objects.filter(cohort=spring)[0].module.key
    opens, due = spring.starts_on + timedelta(days=9), spring.starts_on + timedelta(days=8)
    sent = days(spring, **{f"{key}-opens_on": opens.isoformat(), f"{key}-due_on": due.isoformat()})
    assert "The module cannot be due before it opens." in html_of(client.post("/en/train/spring/timetable/", sent))


def test_sides_are_alike(client_for: Any) -> None:
    """The two cohorts of these tests differ in their words alone, so that a leak shows."""
    sides: list[Side] = [make_side("mine"), make_side("other")]
    pages = [html_of(client_for(side.trainer).get(side.urls()[0])) for side in sides]
    assert pages[0].count("<tr>") == pages[1].count("<tr>")
