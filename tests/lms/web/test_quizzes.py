"""The pages of quizzes, as browsers without scripts see them, and the address where attempt.js saves."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lms.people.models import User
from lms.progress.services import complete_lesson
from lms.shared.clock import now as present
from modules.models import Fact, Module, Programme
from quizzes.models import Attempt, Mark, Question, QuestionRevision, Quiz, QuizItem, QuizRevision, Response
from tests.factories.modules import live_revision, make_fact, make_lesson, make_module, words
from tests.factories.people import make_operator, make_trainee, make_trainer
from tests.factories.quizzes import (
    RIGHT,
    make_attempt,
    make_quiz,
    multiple_choice_body,
    numeric_body,
    right_answers,
    single_choice_body,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ana(db: None) -> User:
    return make_trainee("ana@example.org")


@pytest.fixture
def module(db: None) -> Module:
    return make_module(lessons=1)


@pytest.fixture
def quiz(module: Module) -> Quiz:
    return make_quiz(module, "soil-final")


@pytest.fixture
def attempt(ana: User, quiz: Quiz) -> Attempt:
    return make_attempt(ana, quiz, now=present())


@pytest.fixture
def phone(client_for: ClientFor, ana: User) -> Client:
    """Ana, signed in."""
    return client_for(ana)


def url(name: str, *args: Any) -> str:
    return reverse(f"quizzes:{name}", args=args)


def form(attempt: Attempt, act: str, *, versions: dict[int, int] | None = None, **answers: Any) -> dict[str, Any]:
    """What the form of an attempt sends: q1=["salt"], …, with versions for all questions."""
    count = attempt.revision.items.count()
    known = {f"version-{position}": (versions or {}).get(position, 0) for position in range(1, count + 1)}
    kinds = attempt.revision.items.values_list("position", "question_revision__question__kind")
    fields = {f"q{position}": f"{kind}-{position}" for position, kind in kinds}
    return {"act": act, **known, **{fields[name]: values for name, values in answers.items()}}


RIGHT_FORM = {"q1": ["organic"], "q2": ["puddles", "roots"], "q3": ["60"]}


def stored(attempt: Attempt) -> dict[int, Any]:
    return dict(attempt.responses.values_list("item__position", "answer"))


# --- The page of a quiz --------------------------------------------------------------------------------------------


def test_everybody_may_read_what_a_quiz_is_and_is_led_to_sign_in_and_back(client: Client, quiz: Quiz) -> None:
    response = client.get(url("quiz", "soil-final"))
    assert response.status_code == 200
    assert f"/account/sign-in/?next={url('quiz', 'soil-final')}" in response.content.decode()
    assert "80\u202f%" in response.content.decode()


def test_starting_without_an_account_leads_to_sign_in_and_back(client: Client, quiz: Quiz) -> None:
    response = client.post(url("quiz", "soil-final"))
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"/account/sign-in/?next={url('quiz', 'soil-final')}")
    assert not Attempt.objects.exists()


def test_starting_twice_leads_to_the_same_attempt(phone: Client, quiz: Quiz) -> None:
    """Q-03"""
    first, second = (phone.post(url("quiz", "soil-final")) for _ in range(2))
    attempt = Attempt.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == url("attempt", attempt.pk)


def test_an_open_attempt_is_offered_first(phone: Client, ana: User, quiz: Quiz) -> None:
    attempt = make_attempt(ana, quiz, now=present(), answers={1: RIGHT["single_choice"]})
    html = phone.get(url("quiz", "soil-final")).content.decode()
    assert url("attempt", attempt.pk) in html
    assert "1 of 3 questions answered" in html
    assert "Start the quiz" not in html


def test_finished_tries_are_listed_with_date_and_score(phone: Client, ana: User, quiz: Quiz, now: datetime) -> None:
    done = make_attempt(ana, quiz, now=now, state="submitted", submitted_at=now, score="0.3333", passed=False)
    html = phone.get(url("quiz", "soil-final")).content.decode()
    assert url("result", done.pk) in html
    assert "33\u202f%" in html
    assert "15 March 2027" in html
    assert "Try again" in html


def test_no_tries_left_is_said_and_refused(phone: Client, ana: User, module: Module, now: datetime) -> None:
    quiz = make_quiz(module, attempts_allowed=1)
    make_attempt(ana, quiz, now=now, state="submitted", submitted_at=now, score=0, passed=False)
    html = phone.get(url("quiz", quiz.key)).content.decode()
    assert "You have no tries left" in html
    assert '<button class="btn">Try again' not in html
    refused = phone.post(url("quiz", quiz.key))
    assert refused.status_code == 409
    assert "This quiz allows 1 try" in refused.content.decode()


def test_a_quiz_that_was_retired_shows_results_to_those_who_have_some(
    client_for: ClientFor, phone: Client, ana: User, quiz: Quiz, now: datetime
) -> None:
    """Q-14"""
    make_attempt(ana, quiz, now=now, state="submitted", submitted_at=now, score=0, passed=False)
    Quiz.objects.update(retired_at=now)
    assert "no longer part of the module" in phone.get(url("quiz", "soil-final")).content.decode()
    assert phone.post(url("quiz", "soil-final")).status_code == 409
    assert client_for(make_trainee()).get(url("quiz", "soil-final")).status_code == 404


def test_a_closed_programme_is_explained_and_refused(phone: Client, client: Client, quiz: Quiz) -> None:
    Programme.objects.update(is_open=False)
    html = phone.get(url("quiz", "soil-final")).content.decode()
    assert "open to members of a cohort" in html
    assert phone.post(url("quiz", "soil-final")).status_code == 403
    assert "Sign in" in client.get(url("quiz", "soil-final")).content.decode()


def test_an_unknown_quiz_is_not_found(phone: Client) -> None:
    assert phone.get(url("quiz", "no-such-quiz")).status_code == 404


# --- Whose attempt it is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["attempt", "finish", "result"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
@pytest.mark.parametrize("make", [make_trainee, make_trainer, make_operator])
def test_somebody_elses_attempt_is_not_found(
    client_for: ClientFor, attempt: Attempt, name: str, method: str, make: Callable[[], User]
) -> None:
    """A-01: the same answer as for an attempt that never was."""
    stranger = client_for(make())
    theirs = getattr(stranger, method)(url(name, attempt.pk))
    nobodys = getattr(stranger, method)(url(name, uuid.uuid4()))
    expected = 405 if (name, method) == ("result", "post") else 404
    assert theirs.status_code == nobodys.status_code == expected
    assert len(theirs.content) == len(nobodys.content)
    attempt.refresh_from_db()
    assert attempt.state == "open"


def test_nobody_saves_into_somebody_elses_attempt(client_for: ClientFor, attempt: Attempt) -> None:
    """A-01"""
    response = save(client_for(make_trainee()), attempt, 1, {"choice": "salt"})
    assert response.status_code == 404
    assert response.json()["code"] == "not_here"
    assert not Response.objects.exists()


@pytest.mark.parametrize("name", ["attempt", "finish", "result"])
def test_without_an_account_attempts_lead_to_sign_in_and_back(client: Client, attempt: Attempt, name: str) -> None:
    response = client.get(url(name, attempt.pk))
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next={url(name, attempt.pk)}")


# --- Answering with plain forms --------------------------------------------------------------------------------------


def test_the_form_shows_what_is_saved(phone: Client, ana: User, quiz: Quiz) -> None:
    answers = {1: {"choice": "salt"}, 2: {"choices": ["puddles", "worms"]}, 3: {"text": "60,5 kg"}}
    attempt = make_attempt(ana, quiz, now=present(), answers=answers)
    html = phone.get(url("attempt", attempt.pk)).content.decode()
    assert set(re.findall(r'value="([a-z]+)" checked', html)) == {"salt", "puddles", "worms"}
    assert 'value="60,5 kg"' in html
    assert "Read as 60.5." in html
    assert "All answers saved" in html
    assert html.count('value="1" data-version') == 3


def test_saving_keeps_the_answers_and_comes_back(phone: Client, attempt: Attempt) -> None:
    response = phone.post(url("attempt", attempt.pk), form(attempt, "save", q1=["salt"], q3=["about 60"]))
    assert response.headers["Location"] == url("attempt", attempt.pk)
    assert stored(attempt) == {1: {"choice": "salt"}, 3: {"text": "about 60"}}
    html = phone.get(url("attempt", attempt.pk)).content.decode()
    assert "Saved. You have answered 2 of 3 questions." in html
    assert "This is not a number. It is kept as you typed it." in html


def test_finishing_with_all_answers_is_one_step(phone: Client, attempt: Attempt) -> None:
    response = phone.post(url("attempt", attempt.pk), form(attempt, "finish", **RIGHT_FORM))
    assert response.headers["Location"] == url("result", attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score) == ("submitted", 1)


def test_finishing_with_open_questions_saves_and_names_them_first(phone: Client, attempt: Attempt) -> None:
    response = phone.post(url("attempt", attempt.pk), form(attempt, "finish", q1=["organic"]))
    assert response.headers["Location"] == url("finish", attempt.pk)
    assert stored(attempt) == {1: {"choice": "organic"}}
    html = phone.get(url("finish", attempt.pk)).content.decode()
    assert "Question 2" in html
    assert "Question 3" in html
    assert "Question 1" not in html
    assert phone.post(url("finish", attempt.pk)).headers["Location"] == url("result", attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_an_answer_that_another_page_replaced_is_shown_beside_ones_own(phone: Client, ana: User, quiz: Quiz) -> None:
    """Q-05: without a script. Sending the form again, knowing both, keeps one's own."""
    attempt = make_attempt(ana, quiz, now=present(), answers={1: {"choice": "salt"}})
    stale = form(attempt, "save", q1=["sand"], q3=["60"])
    response = phone.post(url("attempt", attempt.pk), stale)
    html = response.content.decode()
    assert response.status_code == 409
    assert "<strong data-other>Salt</strong>" in html
    assert re.findall(r'value="([a-z]+)" checked', html) == ["sand"]
    assert stored(attempt) == {1: {"choice": "salt"}, 3: {"text": "60"}}
    again = form(attempt, "save", versions={1: 1, 3: 1}, q1=["sand"], q3=["60"])
    assert phone.post(url("attempt", attempt.pk), again).status_code == 302
    assert stored(attempt)[1] == {"choice": "sand"}


def test_finishing_over_a_replaced_answer_asks_first(phone: Client, ana: User, quiz: Quiz) -> None:
    """Q-05"""
    attempt = make_attempt(ana, quiz, now=present(), answers={1: {"choice": "salt"}})
    response = phone.post(url("attempt", attempt.pk), form(attempt, "finish", **RIGHT_FORM))
    assert response.status_code == 409
    attempt.refresh_from_db()
    assert attempt.state == "open"
    assert stored(attempt)[1] == {"choice": "salt"}


def test_an_answer_that_is_none_is_refused_beside_its_question(phone: Client, attempt: Attempt) -> None:
    """Q-20: the others are saved."""
    response = phone.post(url("attempt", attempt.pk), form(attempt, "save", q1=["loam"], q3=["6" * 61], q2=["roots"]))
    assert response.status_code == 422
    assert response.content.decode().count("This answer cannot be kept") == 2
    assert stored(attempt) == {2: {"choices": ["roots"]}}


@pytest.mark.parametrize("version", ["", "-1", "x", "1.5", "9" * 40, "²"])
def test_a_strange_version_counts_as_none(phone: Client, attempt: Attempt, version: str) -> None:
    data = {**form(attempt, "save", q1=["salt"]), "version-1": version}
    assert phone.post(url("attempt", attempt.pk), data).status_code == 302
    assert stored(attempt) == {1: {"choice": "salt"}}


def test_fields_that_are_not_in_the_form_change_nothing(phone: Client, attempt: Attempt) -> None:
    """A-07"""
    extra = {"score": "1", "passed": "on", "state": "submitted", "learner": "x", "numeric-9": "60", "version-9": "1"}
    phone.post(url("attempt", attempt.pk), {**form(attempt, "save"), **extra})
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, stored(attempt)) == ("open", None, {})


def test_saving_after_the_end_changes_nothing_and_says_so(phone: Client, attempt: Attempt) -> None:
    """Q-04"""
    phone.post(url("attempt", attempt.pk), form(attempt, "finish", **RIGHT_FORM))
    late = phone.post(url("attempt", attempt.pk), form(attempt, "save", versions={1: 1}, q1=["salt"]))
    assert late.headers["Location"] == url("result", attempt.pk)
    assert stored(attempt)[1] == {"choice": "organic"}
    result = phone.get(url("result", attempt.pk)).content.decode()
    assert "was finished before" in result
    assert "They are kept, but they do not count:</p><ul><li>Question 1: " in result


def test_pressing_finish_twice_gives_the_same_result(phone: Client, attempt: Attempt) -> None:
    """Q-06"""
    data = form(attempt, "finish", **RIGHT_FORM)
    answers = [phone.post(url("attempt", attempt.pk), data), phone.post(url("attempt", attempt.pk), data)]
    answers += [phone.post(url("finish", attempt.pk)) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {url("result", attempt.pk)}
    assert Mark.objects.count() == 3
    assert "was finished before" not in phone.get(url("result", attempt.pk)).content.decode()


def test_pages_of_a_state_lead_to_where_the_attempt_is(phone: Client, attempt: Attempt) -> None:
    assert phone.get(url("result", attempt.pk)).headers["Location"] == url("attempt", attempt.pk)
    phone.post(url("finish", attempt.pk))
    assert phone.get(url("attempt", attempt.pk)).headers["Location"] == url("result", attempt.pk)
    assert phone.get(url("finish", attempt.pk)).headers["Location"] == url("result", attempt.pk)


@pytest.mark.parametrize("name", ["attempt", "finish", "result", "quiz"])
def test_personal_pages_are_kept_nowhere(phone: Client, attempt: Attempt, name: str) -> None:
    if name == "result":
        phone.post(url("finish", attempt.pk))
    response = phone.get(url(name, "soil-final" if name == "quiz" else attempt.pk))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


# --- Saving by script ------------------------------------------------------------------------------------------------


def save(phone: Client, attempt: Attempt, position: int, answer: Any, version: Any = 0) -> Any:
    body = json.dumps({"answer": answer, "version": version})
    address = url("save", attempt.pk, position)
    return phone.post(address, body, content_type="application/json", headers={"Accept": "application/json"})


def test_a_saved_answer_is_acknowledged_by_name(phone: Client, attempt: Attempt) -> None:
    """Q-19"""
    response = save(phone, attempt, 3, {"text": "60,5"})
    assert response.status_code == 200
    assert response.json() == {"position": 3, "version": 1, "note": "Read as 60.5."}
    assert "no-store" in response.headers["Cache-Control"]
    assert stored(attempt) == {3: {"text": "60,5"}}


def test_sending_again_is_acknowledged_again(phone: Client, attempt: Attempt) -> None:
    """Q-01"""
    answers = [save(phone, attempt, 1, {"choice": "salt"}).json() for _ in range(3)]
    assert answers == [{"position": 1, "version": 1, "note": ""}] * 3


def test_taking_back_is_acknowledged(phone: Client, attempt: Attempt) -> None:
    save(phone, attempt, 2, {"choices": ["roots"]})
    assert save(phone, attempt, 2, None, 1).json() == {"position": 2, "version": 2, "note": ""}


@pytest.mark.parametrize(
    ("position", "saved", "sent", "said"),
    [
        (1, {"choice": "salt"}, {"choice": "sand"}, "Salt"),
        (2, {"choices": ["puddles", "worms"]}, None, "Puddles stay; Many worms"),
        (3, {"text": "about 60"}, {"text": "60"}, "about 60"),
    ],
)
def test_a_replaced_answer_comes_back_raw_and_in_words(
    phone: Client, ana: User, quiz: Quiz, position: int, saved: Any, sent: Any, said: str
) -> None:
    """Q-05"""
    attempt = make_attempt(ana, quiz, now=present(), answers={position: saved})
    response = save(phone, attempt, position, sent)
    assert response.status_code == 409
    given = response.json()
    assert sorted(given["words"].split("; ")) == sorted(said.split("; "))
    assert (given["code"], given["position"], given["answer"], given["version"]) == ("stale_answer", position, saved, 1)


def test_an_answer_replaced_by_none_comes_back_in_words(phone: Client, attempt: Attempt) -> None:
    """Q-05"""
    save(phone, attempt, 1, {"choice": "salt"})
    save(phone, attempt, 1, None, 1)
    assert save(phone, attempt, 1, {"choice": "sand"}, 1).json()["words"] == "no answer"


def test_saving_by_script_after_the_end_names_the_result(phone: Client, attempt: Attempt) -> None:
    """Q-04"""
    phone.post(url("finish", attempt.pk))
    response = save(phone, attempt, 1, {"choice": "salt"})
    assert response.status_code == 409
    assert response.json() == {"code": "attempt_finished", "result": url("result", attempt.pk)}
    assert stored(attempt) == {}


@pytest.mark.parametrize("position", [1, 2, 3, 4, 0, 10**30])
def test_what_is_no_answer_is_refused(phone: Client, attempt: Attempt, position: int) -> None:
    response = save(phone, attempt, position, {"choice": "loam"})
    assert response.status_code == 422
    assert response.json()["code"] == "malformed_answer"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"answer": {"choice": "salt"}}',
        b'{"answer": "salt", "version": 0}',
        b'{"answer": null, "version": true}',
        b'{"answer": null, "version": 1.5}',
        b'{"answer": null, "version": NaN}',
        b'{"answer": null, "version": 0, "score": 1}',
    ],
)
def test_what_is_no_message_is_refused(phone: Client, attempt: Attempt, body: bytes) -> None:
    """A-07: fields that are not the learner's included."""
    response = phone.post(url("save", attempt.pk, 1), body, content_type="application/json")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert not Response.objects.exists()


def test_signed_out_is_said_as_a_document_and_nothing_is_saved(client: Client, attempt: Attempt) -> None:
    """Q-18: never a page to sign in with status 200."""
    response = save(client, attempt, 1, {"choice": "salt"})
    assert (response.status_code, response.json()["code"]) == (401, "signed_out")
    assert not Response.objects.exists()


def test_saving_needs_the_secret_of_the_form(ana: User, attempt: Attempt) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    response = save(client, attempt, 1, {"choice": "salt"})
    assert (response.status_code, response.json()["code"]) == (403, "form_expired")
    assert client.get(url("save", attempt.pk, 1)).status_code == 405


# --- Queries ---------------------------------------------------------------------------------------------------------


def asked(act: Callable[[], Any]) -> int:
    """How many questions an act asks the database, without the words that open and close transactions."""
    with CaptureQueriesContext(connection) as queries:
        act()
        words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        return sum(not query["sql"].startswith(words) for query in queries)


@pytest.mark.parametrize("questions", [8, 20])
def test_few_queries_whatever_the_number_of_questions(phone: Client, ana: User, module: Module, questions: int) -> None:
    quiz = make_quiz(module, kinds=["single_choice"] * questions)
    attempt = make_attempt(ana, quiz, now=present(), answers=right_answers(quiz))
    assert asked(lambda: phone.get(url("attempt", attempt.pk))) <= 4
    assert asked(lambda: save(phone, attempt, questions, {"choice": "salt"}, 1)) <= 6
    phone.post(url("finish", attempt.pk))
    assert asked(lambda: phone.get(url("result", attempt.pk))) <= 10
    assert asked(lambda: phone.get(url("quiz", quiz.key))) <= 7


def test_starting_and_finishing_take_fifteen_queries_at_most(phone: Client, ana: User, module: Module) -> None:
    """The longest way: twenty answers still in the form, a pass that completes module and programme."""
    quiz = make_quiz(module, kinds=["single_choice"] * 20)
    complete_lesson(learner=ana, revision=live_revision(module.lessons.get()), now=present())
    assert asked(lambda: phone.post(url("quiz", quiz.key))) <= 15
    attempt = Attempt.objects.get()
    data = form(attempt, "finish", **{f"q{number}": ["organic"] for number in range(1, 21)})
    assert asked(lambda: phone.post(url("attempt", attempt.pk), data)) <= 15
    assert ana.completions.exclude(programme=None).exists()


# --- What must not come out ------------------------------------------------------------------------------------------


SECRET_FACT, SECRET_EXPLANATION = "A fact that gives it away", "An explanation that gives it away"


def secret_bodies(*, twin: bool) -> list[dict[str, Any]]:
    """Two sets of bodies that differ in their keys alone: what is right, and what follows from it."""
    right = {"right": "salt"} if twin else {}
    several = {"right": ("worms", "crumbs")} if twin else {}
    number = {"answer": "7", "tolerance": "2%"} if twin else {}
    common = {"facts": ["F42"], "explain": words(SECRET_EXPLANATION + (" twice" if twin else ""))}
    return [
        single_choice_body(**right, **common),
        multiple_choice_body(**several, **common),
        numeric_body(**number, **common),
    ]


def record(client: Client, ana: User, *, twin: bool, shuffle: bool) -> list[bytes]:
    """Every byte that a learner can get before finishing, with the same names and numbers in both worlds."""
    for model in (Response, Attempt, QuizItem, QuestionRevision, Question, QuizRevision, Quiz, Fact):
        model.objects.all().delete()
    quiz = make_quiz(Module.objects.get(), "soil-final", bodies=secret_bodies(twin=twin), shuffle=shuffle)
    make_fact(quiz.module.programme, statement=words(SECRET_FACT))
    fixed = uuid.UUID("00000000-0000-4000-8000-000000000001")
    attempt = make_attempt(ana, quiz, now=present(), id=fixed)
    seen = [client.get(url("quiz", "soil-final"))]
    seen.append(client.get(url("attempt", fixed)))
    answers = [(1, {"choice": "organic"}), (1, {"choice": "salt"}), (2, {"choices": ["worms"]}), (3, {"text": "60"})]
    versions = {1: 0, 2: 0, 3: 0}
    for position, answer in answers:
        seen.append(save(client, attempt, position, answer, versions[position]))
        versions[position] += 1
        seen.append(save(client, attempt, position, {"choice": "sand"}, 0))
    seen += [client.get(url("attempt", fixed)), client.get(url("finish", fixed)), client.get(url("result", fixed))]
    seen.append(client.post(url("attempt", fixed), form(attempt, "save", q1=["loam"], q2=["roots"], q3=["6" * 70])))
    headers = [
        sorted((name, value) for name, value in one.headers.items() if name != "Content-Security-Policy")
        for one in seen
    ]
    return [_without_nonces(one.content) + repr(head).encode() for one, head in zip(seen, headers, strict=True)]


def _without_nonces(content: bytes) -> bytes:
    return re.sub(rb'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", content)


@pytest.mark.parametrize("shuffle", [True, False])
def test_two_quizzes_that_differ_in_their_keys_alone_show_the_same_bytes(
    phone: Client, ana: User, module: Module, shuffle: bool
) -> None:
    """A-06: non-interference, on the real pages, headers included."""
    first = record(phone, ana, twin=False, shuffle=shuffle)
    second = record(phone, ana, twin=True, shuffle=shuffle)
    assert first == second
    shown = b" ".join(first).decode()
    assert "Organic matter" in shown
    for secret in (SECRET_EXPLANATION, SECRET_FACT, "Not Salt", "Not Many worms"):
        assert secret not in shown


def failed(phone: Client, ana: User, quiz: Quiz) -> tuple[Attempt, str]:
    attempt = make_attempt(
        ana, quiz, now=present(), answers={1: {"choice": "salt"}, 2: {"choices": ["puddles", "roots"]}}
    )
    phone.post(url("finish", attempt.pk))
    return attempt, phone.get(url("result", attempt.pk)).content.decode()


def test_after_a_failed_try_only_ones_own_answers_are_explained(phone: Client, ana: User, module: Module) -> None:
    """Q-13: a try costs nothing, so it must tell nothing that it did not earn."""
    make_fact(module.programme, statement=words(SECRET_FACT))
    quiz = make_quiz(module, bodies=secret_bodies(twin=False))
    _, html = failed(phone, ana, quiz)
    assert "Not Salt." in html
    assert "Organic matter" not in html
    assert html.count(SECRET_EXPLANATION) == html.count(SECRET_FACT) == 1  # of the second question, which was right
    assert "Right answer:" not in html
    assert "Right answers are shown once you have passed" in html


def test_an_empty_submit_tells_nothing(phone: Client, attempt: Attempt) -> None:
    """Q-13"""
    phone.post(url("finish", attempt.pk))
    html = phone.get(url("result", attempt.pk)).content.decode()
    for secret in ("Organic matter", "Because:", "Right answer:", "Not Salt"):
        assert secret not in html
    assert html.count("left open") == 3


def test_a_last_try_shows_everything_once_it_is_over(phone: Client, ana: User, module: Module) -> None:
    """Q-13: also on the pages of earlier tries, but not while the last one is open."""
    quiz = make_quiz(module, attempts_allowed=2)
    first, html = failed(phone, ana, quiz)
    assert "Organic matter" not in html
    phone.post(url("quiz", quiz.key))
    assert "Organic matter" not in phone.get(url("result", first.pk)).content.decode()
    phone.post(url("finish", Attempt.objects.get(state="open").pk))
    html = phone.get(url("result", first.pk)).content.decode()
    assert "Organic matter" in html
    assert "60 kg N/ha" in html
    assert "No tries left." in html


def test_a_passed_try_shows_everything(phone: Client, attempt: Attempt) -> None:
    phone.post(url("attempt", attempt.pk), form(attempt, "finish", **RIGHT_FORM))
    html = phone.get(url("result", attempt.pk)).content.decode()
    assert "You passed" in html
    assert "You scored 100\u202f%. 80\u202f% passes." in html
    assert html.count("Because:") == 3
    assert "Right answer:" in html


def test_a_result_leads_to_the_lessons_to_read_again(phone: Client, ana: User, module: Module) -> None:
    lesson = make_lesson(module, "soil-is-alive")
    gone = make_lesson(module, "old-lesson", retired_at=present())
    bodies = [single_choice_body(lesson=lesson.key), single_choice_body(lesson=gone.key)]
    quiz = make_quiz(module, kinds=["single_choice"] * 2, bodies=bodies)
    attempt = make_attempt(ana, quiz, now=present())
    phone.post(url("finish", attempt.pk))
    html = phone.get(url("result", attempt.pk)).content.decode()
    assert html.count(f"/en/learn/{module.key}/soil-is-alive/") == 2
    assert "old-lesson" not in html


def test_a_result_says_what_the_module_still_needs(phone: Client, attempt: Attempt) -> None:
    phone.post(url("attempt", attempt.pk), form(attempt, "finish", **RIGHT_FORM))
    assert "1 lesson of this module is still open." in phone.get(url("result", attempt.pk)).content.decode()


def test_a_review_shows_the_text_that_was_answered(phone: Client, ana: User, quiz: Quiz) -> None:
    """Q-14: a new text is live, the old try is explained with the old one."""
    attempt = make_attempt(ana, quiz, now=present(), answers={1: {"choice": "salt"}})
    old = QuestionRevision.objects.get(items__quiz_revision=attempt.revision, items__position=1)
    QuizRevision.objects.update(is_live=False)
    phone.post(url("finish", attempt.pk))
    html = phone.get(url("result", attempt.pk)).content.decode()
    assert old.body["stem"]["en"] in html


def test_pages_speak_bulgarian_where_the_texts_do(phone: Client, attempt: Attempt) -> None:
    with translation.override("bg"):
        html = phone.get(url("attempt", attempt.pk)).content.decode()
    assert '<html lang="bg">' in html
    assert "Organic matter (bg)" in html


def test_a_page_that_falls_back_marks_the_words(phone: Client, ana: User, module: Module) -> None:
    body = single_choice_body(stem="Only English")
    body["stem"] = {"en": "Only English"}
    attempt = make_attempt(ana, make_quiz(module, kinds=["single_choice"], bodies=[body]), now=present())
    with translation.override("bg"):
        html = phone.get(url("attempt", attempt.pk)).content.decode()
    assert '<span class="stem" lang="en">Only English' in html


def test_texts_of_authors_and_learners_are_escaped(phone: Client, ana: User, module: Module) -> None:
    hostile = '<script>alert("1")</script>'
    body = numeric_body(stem=hostile, explain=words(hostile))
    attempt = make_attempt(ana, make_quiz(module, kinds=["numeric"], bodies=[body]), now=present())
    phone.post(url("attempt", attempt.pk), form(attempt, "save", q1=[hostile]))
    shown = phone.get(url("attempt", attempt.pk)).content.decode()
    phone.post(url("finish", attempt.pk))
    shown += phone.get(url("result", attempt.pk)).content.decode()
    assert "alert(" in shown
    assert "<script>alert" not in shown


def test_scores_are_rounded_down_so_that_none_looks_like_a_pass(
    phone: Client, ana: User, quiz: Quiz, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    make_attempt(ana, quiz, now=now, state="submitted", submitted_at=later, score="0.7999", passed=False)
    html = phone.get(url("quiz", "soil-final")).content.decode()
    assert "79\u202f%" in html
