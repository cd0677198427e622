"""Every kind of question on its pages: asked, saved by a plain form, shown again, and its result."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import User
from lms.shared.clock import now
from quizzes.models import Attempt
from tests.factories.people import make_trainee
from tests.factories.quizzes import BODIES, RIGHT, WRONG, make_attempt, make_quiz

pytestmark = pytest.mark.django_db
FURTHER = ("true_false", "matching", "ordering", "short_text", "cloze")
NOT_FOR_LEARNERS = ("It counts.", "nitrous", "Not against", "Measure before", "Not rain", "Because:")


@pytest.fixture
def ana(db: None) -> User:
    return make_trainee("ana@example.org")


@pytest.fixture
def phone(client_for: Callable[[Any], Client], ana: User) -> Client:
    return client_for(ana)


@pytest.fixture
def attempt(ana: User) -> Attempt:
    return make_attempt(ana, make_quiz(kinds=FURTHER, attempts_allowed=2), now=now())


def values_of(answer: dict[str, Any]) -> list[str]:
    return next([value] if isinstance(value, str) else value for value in answer.values())


def form(answers: dict[str, dict[str, Any]], act: str) -> dict[str, Any]:
    fields = {f"{kind}-{place}": values_of(answers[kind]) for place, kind in enumerate(FURTHER, 1)}
    return {"act": act, **fields, **{f"version-{place}": 0 for place in range(1, len(FURTHER) + 1)}}


def page_of(phone: Client, attempt: Attempt, name: str = "attempt") -> str:
    return phone.get(reverse(f"quizzes:{name}", args=[attempt.pk]), headers={"accept-language": "en"}).content.decode()


def test_a_plain_form_saves_every_kind_and_shows_it_again(phone: Client, attempt: Attempt) -> None:
    phone.post(reverse("quizzes:attempt", args=[attempt.pk]), form(RIGHT, "save"))
    stored = dict(attempt.responses.values_list("item__position", "answer"))
    assert stored == {place: RIGHT[kind] for place, kind in enumerate(FURTHER, 1)}
    html = page_of(phone, attempt)
    assert len(re.findall(r"<option [^>]* selected>", html)) == 3 + 3 + 2
    assert re.search(r'value="true" checked', html)
    assert 'value="N2O"' in html


def test_a_page_with_questions_tells_nothing_of_the_answers(phone: Client, attempt: Attempt) -> None:
    """A-06"""
    html = page_of(phone, attempt)
    assert not [words for words in NOT_FOR_LEARNERS if words in html]


def test_every_list_has_a_name(phone: Client, attempt: Attempt) -> None:
    html = page_of(phone, attempt)
    labelled = set(re.findall(r'<label for="(p[\d-]+)"', html))
    lists = re.findall(r"<select ([^>]*)>", html)
    assert len(lists) == 8
    for attributes in lists:
        name = re.search(r'id="([^"]+)"', attributes)
        assert "aria-label=" in attributes or (name and name[1] in labelled)


def test_all_right_passes_at_once(phone: Client, attempt: Attempt) -> None:
    response = phone.post(reverse("quizzes:attempt", args=[attempt.pk]), form(RIGHT, "finish"))
    assert response.headers["Location"] == reverse("quizzes:result", args=[attempt.pk])
    attempt.refresh_from_db()
    assert attempt.score == 1


def test_an_empty_place_is_asked_about_before_the_end(phone: Client, attempt: Attempt) -> None:
    answers = {**RIGHT, "matching": {"choices": ["ditch:buffer", "", ""]}}
    response = phone.post(reverse("quizzes:attempt", args=[attempt.pk]), form(answers, "finish"))
    assert response.headers["Location"] == reverse("quizzes:finish", args=[attempt.pk])
    assert "matching number 2?" in page_of(phone, attempt, "finish")


def test_a_failed_try_explains_what_was_wrong_and_not_what_is_right(phone: Client, attempt: Attempt) -> None:
    """Q-13"""
    phone.post(reverse("quizzes:attempt", args=[attempt.pk]), form(WRONG, "save"))
    phone.post(reverse("quizzes:finish", args=[attempt.pk]))
    html = page_of(phone, attempt, "result")
    for words in ("It counts.", "Not against washing.", "Measure before you plan.", "A gas of wet soil.", "Not rain."):
        assert words in html
    for words in ("nitrous", "Help cover", "Help work-in", "Right answer:", "surplus"):
        assert words not in html
    assert "Not against into-air." not in html  # it was left open
    assert "Question 5 of 5" in html


def test_once_passed_the_right_answers_are_shown(phone: Client, ana: User) -> None:
    quiz = make_quiz(kinds=FURTHER, pass_mark="0")
    attempt = make_attempt(ana, quiz, now=now())
    phone.post(reverse("quizzes:attempt", args=[attempt.pk]), form(WRONG, "save"))
    phone.post(reverse("quizzes:finish", args=[attempt.pk]))
    html = page_of(phone, attempt, "result")
    for words in ("nitrous oxide; N2O", "Help cover", "surplus", "Because:"):
        assert words in html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("true_false", "False"),
        ("short_text", "air"),
        ("matching", "Loss washing: Help buffer; Loss ditch: Help frost"),
        ("cloze", "rain; deficit"),
    ],
)
def test_an_answer_from_another_page_is_said_in_words(phone: Client, attempt: Attempt, kind: str, words: str) -> None:
    """Q-05"""
    address = reverse("quizzes:save", args=[attempt.pk, FURTHER.index(kind) + 1])

    def save(answer: dict[str, Any]) -> Any:
        return phone.post(address, json.dumps({"answer": answer, "version": 0}), content_type="application/json")

    assert save(WRONG[kind]).json() == {"position": FURTHER.index(kind) + 1, "version": 1, "note": ""}
    refused = save(RIGHT[kind])
    assert (refused.status_code, refused.json()["words"]) == (409, words)


def test_the_page_of_a_drawing_quiz_says_how_many_of_how_many(phone: Client) -> None:
    quiz = make_quiz(kinds=["true_false"] * 5, bodies=[BODIES["true_false"](f"Is it {n}?") for n in range(5)], draw=2)
    assert "2 questions, drawn from 5" in phone.get(reverse("quizzes:quiz", args=[quiz.key])).content.decode()
    started = phone.post(reverse("quizzes:quiz", args=[quiz.key]), follow=True).content.decode()
    assert "Question 2 of 2" in started
    assert started.count("<fieldset") == 2
    drawn = Attempt.objects.get().drawn
    other = next(position for position in range(1, 6) if position not in drawn)
    address = reverse("quizzes:save", args=[Attempt.objects.get().pk, other])
    sent = json.dumps({"answer": {"choice": "true"}, "version": 0})
    assert phone.post(address, sent, content_type="application/json").status_code == 422
