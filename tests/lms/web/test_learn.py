"""Pages for learning: what they show to whom, in which language, and that reading is cheap."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from lms.cohorts.models import CohortModule
from lms.people.models import User
from lms.progress.models import CompletionRecord, LessonVisit
from lms.shared.clock import now as present
from lms.web import learn, public
from modules.models import Lesson
from tests.factories.cohorts import make_cohort
from tests.factories.credentials import make_credential
from tests.factories.modules import make_lesson, make_lesson_revision, make_release, make_term
from tests.factories.parts import make_calculator, make_task
from tests.factories.people import make_trainee
from tests.factories.progress import make_lesson_completion, make_module_progress, make_visit
from tests.factories.quizzes import make_attempt, make_quiz
from tests.lms.web.reading import Course, html_of, make_course, text_of
from tests.query_counts import as_in_ledger, counted

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Client]


@pytest.fixture
def course(db: None) -> Course:
    return make_course()


@pytest.fixture
def ana(db: None) -> User:
    return make_trainee("ana@example.org", password=None)


def close_until(course: Course, learner: User, day: date) -> None:
    today = present().date()
    ends_on = day + timedelta(days=9)
    cohort = make_cohort(programme=course.module.programme, learners=[learner], starts_on=today, ends_on=ends_on)
    CohortModule.objects.filter(cohort=cohort).update(opens_on=day)


# --- Reading without an account, without a script -------------------------------------------------------------------


def test_everybody_may_read_a_lesson(course: Course, client: Client) -> None:
    """U-01: the text, its sources and the meanings of its terms are in the page itself."""
    response = client.get(course.url())
    html = html_of(response)
    assert response.status_code == 200
    assert "<h1>Soil is alive</h1>" in html
    assert 'id="cite-F42-1"' in html
    assert '<li id="fact-F42">' in html
    assert 'href="#cite-F42-1"' in html
    assert 'href="/en/glossary/#humus"' in html
    assert "Dark matter of old plants." in html
    assert "Lesson 1 of 3" in text_of(response)
    assert f"{settings.BASE_URL}{course.url()}" in html  # for paper


def test_a_page_has_no_inline_script_and_no_inline_style(course: Course, client: Client, ana: User) -> None:
    for who in (None, ana):
        if who:
            client.force_login(who)
        for url in (course.url(), "/en/", reverse("learn:glossary"), reverse("learn:search"), "/en/about/"):
            html = html_of(client.get(url))
            assert " style=" not in html
            assert "<style" not in html
            assert html.count("<script") == html.count('<script type="module" src="')


def test_strangers_are_told_how_to_keep_their_progress(course: Course, client: Client) -> None:
    html = html_of(client.get(course.url()))
    assert f'href="{reverse("account_login")}?next={course.url()}"' in html
    assert "<form" not in html


def test_next_and_previous_lead_through_the_module(course: Course, client: Client) -> None:
    html = html_of(client.get(course.url(course.second)))
    assert f'rel="prev" href="{course.url()}"' in html
    assert f'rel="next" href="{course.url(course.last)}"' in html


def test_the_last_lesson_leads_to_the_quiz(course: Course, client: Client) -> None:
    quiz = make_quiz(course.module)
    assert f'href="{reverse("quizzes:quiz", args=[quiz.key])}"' in html_of(client.get(course.url(course.last)))


def test_a_lesson_under_another_module_moves_to_its_own(course: Course, client: Client) -> None:
    response = client.get(f"/en/learn/elsewhere/{course.first.key}/")
    assert (response.status_code, response["Location"]) == (301, course.url())


@pytest.mark.parametrize("path", ["/en/learn/no-such/", "/en/learn/living-resources/no-such/"])
def test_what_is_not_there_is_a_page_with_a_way_on(course: Course, client: Client, path: str) -> None:
    """U-10"""
    response = client.get(path)
    assert response.status_code == 404
    assert f'href="{reverse("public:home")}"' in html_of(response)


# --- Languages --------------------------------------------------------------------------------------------------------


def test_a_lesson_without_translation_is_read_in_its_source_language(course: Course, client: Client) -> None:
    """C-15: the page is Bulgarian, its text is marked as English, and a note says so."""
    html = html_of(client.get(course.url(course.last, language="bg")))
    assert '<html lang="bg">' in html
    assert '<h1 lang="en">Every drop counts</h1>' in html
    assert '<div class="text" lang="en">' in html
    assert '<p class="note info">' in html


def test_a_translated_lesson_carries_no_other_language(course: Course, client: Client) -> None:
    html = html_of(client.get(course.url(language="bg")))
    assert "<h1>Почвата е жива</h1>" in html
    assert '<div class="text">' in html
    assert 'lang="en">Every drop counts' in html  # in the rail, as the only one that is not translated


def test_a_translation_says_that_an_editor_has_not_read_it(course: Course, client: Client) -> None:
    course.module.programme.review = {"bg": "awaiting"}
    course.module.programme.save()
    note = '<p class="small muted review">'
    assert note in html_of(client.get(course.url(language="bg")))
    assert note not in html_of(client.get(course.url(language="en")))
    assert note not in html_of(client.get(course.url(course.last, language="bg")))


def test_a_translation_of_an_older_edition_carries_a_note(course: Course, client: Client) -> None:
    Lesson.objects.filter(pk=course.first.pk).update(edition=2)
    assert '<p class="note info">' in html_of(client.get(course.url(language="bg")))


# --- With an account --------------------------------------------------------------------------------------------------


def test_opening_a_lesson_is_remembered_once_a_minute(course: Course, ana: User, client_for: ClientFor) -> None:
    client = client_for(ana)
    client.get(course.url())
    first = LessonVisit.objects.get(learner=ana).last_at
    client.get(course.url())
    assert LessonVisit.objects.get(learner=ana).last_at == first


def test_two_learners_of_one_lesson_see_what_they_did_themselves(
    course: Course, ana: User, client_for: ClientFor
) -> None:
    """A-01: parts of the page are kept in the process, under all that they are made from."""
    make_lesson_completion(ana, course.first, now=present())
    boris = make_trainee("boris@example.org", name="Boris", password=None)
    done = reverse("learn:complete", args=[course.module.key, course.first.key])
    for _turn in (1, 2):
        of_ana, of_boris, of_nobody = (html_of(client_for(who).get(course.url())) for who in (ana, boris, None))
        assert ("You finished this lesson on" in of_ana, f'action="{done}"' in of_ana) == (True, False)
        assert ("You finished this lesson on" in of_boris, f'action="{done}"' in of_boris) == (False, True)
        assert "Your progress is not kept." in of_nobody
        assert ["Boris" in html for html in (of_ana, of_boris, of_nobody)] == [False, True, False]


def test_who_is_signed_in_reads_a_new_text_with_the_next_request(
    course: Course, ana: User, client_for: ClientFor
) -> None:
    client = client_for(ana)
    assert "<h1>Soil is alive</h1>" in html_of(client.get(course.url()))
    new = {"title": "Soil breathes", "html": "<p>New</p>", "objectives": ["Smell it"], "facts": []}
    make_lesson_revision(course.first, **new)
    make_release(course.module.programme)
    html = html_of(client.get(course.url()))
    assert "<h1>Soil breathes</h1>" in html
    assert "<li>Smell it</li>" in html
    assert "Soil is alive" not in html
    assert 'id="fact-F42"' not in html
    assert "Soil breathes" in html_of(client.get(course.url(course.second)))  # in the rail


def test_done_leads_to_the_next_lesson(course: Course, ana: User, client_for: ClientFor) -> None:
    client = client_for(ana)
    done = reverse("learn:complete", args=[course.module.key, course.first.key])
    assert f'action="{done}"' in html_of(client.get(course.url()))
    response = client.post(done)
    assert (response.status_code, response["Location"]) == (302, course.url(course.second))
    assert CompletionRecord.objects.get(learner=ana).lesson == course.first


def test_done_twice_is_done_once(course: Course, ana: User, client_for: ClientFor) -> None:
    """Q-25"""
    client = client_for(ana)
    for _ in range(2):
        client.post(reverse("learn:complete", args=[course.module.key, course.first.key]))
    assert CompletionRecord.objects.filter(learner=ana, lesson=course.first).count() == 1
    response = client.get(course.url())
    assert "You finished this lesson on" in text_of(response)
    assert "/complete/" not in html_of(response)


def test_after_the_last_lesson_comes_one_that_was_left_out_then_the_quiz(
    course: Course, ana: User, client_for: ClientFor, now: datetime
) -> None:
    quiz = make_quiz(course.module)
    client = client_for(ana)
    make_lesson_completion(ana, course.first, now=now)
    done = reverse("learn:complete", args=[course.module.key, course.last.key])
    assert client.post(done)["Location"] == course.url(course.second)
    make_lesson_completion(ana, course.second, now=now)
    assert client.post(done)["Location"] == reverse("quizzes:quiz", args=[quiz.key])


def test_after_the_last_lesson_of_a_module_without_quiz_comes_the_module(
    course: Course, ana: User, client_for: ClientFor, now: datetime
) -> None:
    for lesson in (course.first, course.second):
        make_lesson_completion(ana, lesson, now=now)
    response = client_for(ana).post(reverse("learn:complete", args=[course.module.key, course.last.key]))
    assert response["Location"] == reverse("learn:module", args=[course.module.key])


def test_done_without_form_or_without_account_leads_back(course: Course, ana: User, client_for: ClientFor) -> None:
    done = reverse("learn:complete", args=[course.module.key, course.first.key])
    assert client_for(ana).get(done)["Location"] == course.url()
    assert client_for(None).post(done)["Location"] == f"{reverse('account_login')}?next={course.url()}"
    assert not CompletionRecord.objects.exists()


def test_a_lesson_that_is_not_open_is_refused_with_its_day(course: Course, ana: User, client_for: ClientFor) -> None:
    day = present().date() + timedelta(days=5)
    close_until(course, ana, day)
    client = client_for(ana)
    page = client.get(course.url())
    done = client.post(reverse("learn:complete", args=[course.module.key, course.first.key]))
    assert (page.status_code, done.status_code) == (403, 403)
    assert f"{day:%B}" in text_of(page)
    assert f'href="{reverse("public:home")}"' in html_of(page)
    assert not CompletionRecord.objects.exists()
    assert not LessonVisit.objects.exists()


def test_a_module_that_is_not_open_shows_what_it_holds_without_links(
    course: Course, ana: User, client_for: ClientFor
) -> None:
    close_until(course, ana, present().date() + timedelta(days=5))
    response = client_for(ana).get(reverse("learn:module", args=[course.module.key]))
    assert "This module opens for you on" in text_of(response)
    assert "Soil is alive" in text_of(response)
    assert course.url() not in html_of(response)


def test_an_updated_lesson_says_when_it_was_finished(
    course: Course, ana: User, client_for: ClientFor, now: datetime
) -> None:
    make_lesson_completion(ana, course.first, now=now)
    Lesson.objects.filter(pk=course.first.pk).update(edition=2)
    response = client_for(ana).get(course.url())
    assert "You finished this lesson on 15 March 2027. It has been updated since." in text_of(response)
    assert "/complete/" in html_of(response)


def test_my_progress_needs_an_account(client: Client) -> None:
    response = client.get(reverse("learn:me"))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('learn:me')}"


def test_my_progress_is_mine(course: Course, ana: User, client_for: ClientFor, now: datetime) -> None:
    """A-01"""
    boris = make_trainee("boris@example.org", "Boris", password=None)
    quiz = make_quiz(course.module)
    make_module_progress(boris, course.module, now=now, done=2, total=3)
    theirs = make_attempt(boris, quiz, now=now, state="submitted", score="0.5", passed=False, submitted_at=now)
    mine = make_attempt(ana, quiz, now=now, state="submitted", score="0.9", passed=True, submitted_at=now)
    html = html_of(client_for(ana).get(reverse("learn:me")))
    assert str(mine.pk) in html
    assert str(theirs.pk) not in html
    assert "2 of 3" not in html


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_for_reading_cannot_be_written_to(course: Course, client: Client, method: str) -> None:
    """A-02"""
    for url in (course.url(), reverse("learn:module", args=["living-resources"]), reverse("learn:glossary")):
        assert getattr(client, method)(url).status_code == 405


def test_words_from_content_and_queries_are_shown_as_they_are(course: Course, client: Client) -> None:
    """M-07, M-08"""
    hostile = "<script>alert(1)</script> {{ settings }} {% now %}"
    make_lesson_revision(course.first, title=hostile, summary=hostile, objectives=[hostile])
    for url in (course.url(), "/en/learn/living-resources/", reverse("learn:search") + "?q=" + hostile):
        response = client.get(url)
        assert response.status_code == 200
        assert "<script>alert" not in html_of(response)
        assert "{{ settings }}" in text_of(response)


# --- Glossary and search ----------------------------------------------------------------------------------------------


def test_the_glossary_has_an_anchor_for_every_term(course: Course, client: Client) -> None:
    response = client.get(reverse("learn:glossary"))
    assert 'id="humus"' in html_of(response)
    assert "A sentence from a farm." in text_of(response)


def test_search_marks_words_keeps_the_query_and_turns_pages(course: Course, client: Client) -> None:
    for number in range(25):
        make_term(course.module, f"water-{number}", term=f"Water {number:02}")
    first = client.get(reverse("learn:search"), {"q": "water"})
    second = client.get(reverse("learn:search"), {"q": "water", "page": 2})
    assert html_of(first).count('<p class="small muted">Term') == 20
    assert html_of(second).count('<p class="small muted">Term') == 5
    assert 'value="water"' in html_of(second)
    assert 'href="?q=water&amp;page=2"' in html_of(first)
    assert "Page 2 of 2" in text_of(second)


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(course: Course, client: Client, page: str) -> None:
    assert client.get(reverse("learn:search"), {"q": "soil", "page": page}).status_code == 200


def test_an_empty_search_asks_for_words_and_a_vain_one_helps_on(course: Course, client: Client) -> None:
    empty = client.get(reverse("learn:search"))
    vain = client.get(reverse("learn:search"), {"q": "humos"})
    assert "Nothing found" not in text_of(empty)
    assert "Nothing found for “humos”" in text_of(vain)
    assert 'href="/en/search/?q=humus"' in html_of(vain)


# --- Caches and queries -----------------------------------------------------------------------------------------------


def test_a_stranger_who_has_the_page_gets_not_modified(course: Course, client: Client) -> None:
    first = client.get(course.url())
    again = client.get(course.url(), headers={"if-none-match": first["ETag"]})
    dated = client.get(course.url(), headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again.content, dated.status_code) == (304, b"", 304)
    assert again["ETag"] == first["ETag"]


def test_a_release_is_a_new_page(course: Course, client: Client) -> None:
    known = [client.get(course.url())["ETag"]]
    make_lesson_revision(course.first, html="<p>New</p>")
    make_release(course.module.programme)
    response = client.get(course.url())
    known += [response["ETag"], client.get(course.url(language="bg"))["ETag"]]
    assert "<p>New</p>" in html_of(response)
    assert len(set(known)) == 3


def test_pages_of_a_person_stay_out_of_caches(course: Course, ana: User, client_for: ClientFor) -> None:
    """P-09"""
    for url in (course.url(), "/en/", reverse("learn:me")):
        response = client_for(ana).get(url)
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        assert "Cookie" in response["Vary"]


def test_reading_costs_as_many_queries_as_the_ledger_says(
    course: Course, ana: User, client_for: ClientFor, now: datetime
) -> None:
    make_quiz(course.module)
    make_calculator(course.module)
    make_task(course.module)
    make_cohort(programme=course.module.programme, learners=[ana], ends_on=date(2999, 1, 1))
    make_visit(ana, course.first, now=now, last_at=present())
    signed_in, stranger = client_for(ana), client_for(None)
    pages = [
        ("learn:lesson, signed in", signed_in, course.url(), 6),
        ("learn:lesson, stranger", stranger, course.url(), 4),
        ("learn:module, signed in", signed_in, reverse("learn:module", args=[course.module.key]), 6),
        ("learn:module, stranger", stranger, reverse("learn:module", args=[course.module.key]), 4),
        ("learn:glossary, stranger", stranger, reverse("learn:glossary"), 4),
        ("learn:search, stranger", stranger, reverse("learn:search") + "?q=soil", 4),
        ("farm:tasks, stranger", stranger, reverse("farm:tasks"), 1),
        ("farm:task, stranger", stranger, reverse("farm:task", args=["dig"]), 1),
        ("farm:task, signed in", signed_in, reverse("farm:task", args=["dig"]), 4),
        ("farm:calculator, signed in", signed_in, reverse("farm:calculator", args=["rain"]), 4),
        ("farm:calculator, stranger", stranger, reverse("farm:calculator", args=["rain"]) + "?rain=1&loss=1", 1),
        ("learn:me, signed in", signed_in, reverse("learn:me"), 10),
        ("public:home, signed in", signed_in, "/en/", 8),
        ("public:home, stranger", stranger, "/en/", 4),
    ]
    for name, client, url, most in pages:
        client.get(url)
        with as_in_ledger(name, most=most):
            assert client.get(url).status_code == 200


def test_opening_a_lesson_for_the_first_time_writes_it_down_in_ten_queries(
    course: Course, ana: User, client_for: ClientFor
) -> None:
    client = client_for(ana)
    client_for(None).get(course.url())
    with counted() as asked:
        client.get(course.url())
    assert len(asked) <= 11, "\n".join(asked)  # PostgreSQL takes a lock more than SQLite


@pytest.mark.parametrize("language", ["en", "bg"])
def test_templates_ask_the_database_nothing(course: Course, ana: User, language: str, rf: RequestFactory) -> None:
    make_quiz(course.module)
    views: list[tuple[Any, dict[str, str]]] = [
        (learn.lesson, {"module": course.module.key, "lesson": course.last.key}),
        (learn.module, {"module": course.module.key}),
        (learn.glossary, {}),
        (learn.search, {}),
        (learn.me, {}),
        (public.home, {}),
        (public.about, {}),
        (public.privacy, {}),
    ]
    for view, arguments in views:
        for person in (ana, AnonymousUser()):
            if view is learn.me and person is not ana:
                continue
            request = rf.get(f"/{language}/", {"q": "soil"})
            request.user = person
            response = view(request, **arguments)
            with counted() as asked:
                response.render()
            assert asked == [], view


def test_a_copy_for_strangers_is_never_made_from_what_somebody_brought(course: Course, ana: User) -> None:
    """P-09: the same address, with and without a session, a message, a query."""
    stranger, signed_in, told = Client(), Client(), Client()
    signed_in.force_login(ana)
    told.cookies["messages"] = "from elsewhere"
    own = html_of(signed_in.get("/en/"))
    assert "Ana" in own
    html = html_of(stranger.get("/en/"))
    assert "Ana" not in html
    assert html_of(signed_in.get("/en/")).replace(own, "") != html
    assert "ETag" not in told.get("/en/")
    assert "ETag" not in stranger.get("/en/?x=1")
    assert html_of(stranger.get("/en/")) == html


def test_a_lesson_is_light(course: Course, client: Client) -> None:
    """U-09: the page, its sheets, its script and its icon; beside the text not more than 30 kB, in six requests."""
    html = html_of(client.get(course.url()))
    parts = re.findall(r'(?:<link rel="(?:stylesheet|icon)" href|<script type="module" src)="/static/([^"]+)"', html)
    sizes = {part: (settings.STATICFILES_DIRS[0] / part).stat().st_size for part in parts}
    assert 1 + len(parts) <= 6
    assert sizes["css/site.css"] <= 12_288
    assert sum(sizes.values()) + len(html.encode()) <= 30_000


def test_a_dead_cache_stops_no_lesson(course: Course, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-08: nothing of these pages is kept in the cache."""
    monkeypatch.setattr(cache, "get", None)
    assert client.get(course.url()).status_code == 200


def test_a_lesson_may_stand_alone(client: Client) -> None:
    lesson = make_lesson()
    html = html_of(client.get(f"/en/learn/{lesson.module.key}/{lesson.key}/"))
    assert 'rel="next"' not in html
    assert 'rel="prev"' not in html
    assert 'class="sources"' not in html
    assert "js/terms" not in html


def test_my_page_leads_to_my_certificate(client_for: ClientFor, ana: User) -> None:
    credential = make_credential()
    address = f"/en/credentials/{credential.code}/"
    assert address in html_of(client_for(credential.learner).get(reverse("learn:me")))
    assert address not in html_of(client_for(ana).get(reverse("learn:me")))
