"""What pages for learners show, and in how many queries."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from lms.cohorts.models import CohortModule
from lms.people.models import User
from lms.progress.availability import NotOpen
from lms.progress.selectors import StudyPage, learner_home, module_page, my_page, study_page
from lms.progress.timetable import my_timetable
from lms.shared.refusals import NotHere
from modules.models import Lesson, Module, Programme
from modules.shelf import shelf
from quizzes.models import AttemptState, Quiz
from tests.factories.cohorts import make_cohort
from tests.factories.modules import (
    live_revision,
    make_fact,
    make_lesson,
    make_lesson_revision,
    make_module,
    make_programme,
    make_release,
    make_term,
    words,
)
from tests.factories.progress import (
    make_lesson_completion,
    make_module_progress,
    make_quiz_completion,
    make_visit,
)
from tests.factories.quizzes import make_attempt, make_quiz
from tests.query_counts import counted

pytestmark = pytest.mark.django_db


def opens(module: Module, learner: User, opens_on: date | None, due_on: date | None = None, **fields: object) -> None:
    cohort = make_cohort(programme=module.programme, learners=[learner], **fields)
    CohortModule.objects.filter(cohort=cohort, module=module).update(opens_on=opens_on, due_on=due_on)


def submitted(learner: User, quiz: Quiz, score: str, *, now: datetime) -> None:
    passed = Decimal(score) >= Decimal("0.8")
    make_attempt(learner, quiz, now=now, state="submitted", score=score, passed=passed, submitted_at=now)


# --- A module -------------------------------------------------------------------------------------------------------


def test_lessons_show_what_the_learner_has_done(ana: User, now: datetime) -> None:
    module = make_module(lessons=4)
    done, started, updated, _new = module.lessons.all()
    make_lesson_completion(ana, done, now=now)
    make_visit(ana, started, now=now)
    make_lesson_completion(ana, updated, now=now)
    Lesson.objects.filter(pk=updated.pk).update(edition=2)
    page = module_page(learner=ana, module_key=module.key, language="en", now=now, shelf=shelf())
    assert [lesson.state for lesson in page.lessons] == ["done", "started", "updated", "new"]
    assert [lesson.number for lesson in page.lessons] == [1, 2, 3, 4]


def test_finishing_the_new_edition_too_makes_it_done_again(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    lesson = module.lessons.get()
    make_lesson_completion(ana, lesson, now=now, edition=1)
    make_lesson_completion(ana, lesson, now=now, edition=2)
    Lesson.objects.filter(pk=lesson.pk).update(edition=2)
    assert (
        module_page(learner=ana, module_key=module.key, language="en", now=now, shelf=shelf()).lessons[0].state
        == "done"
    )


def test_what_others_have_done_is_not_shown(ana: User, boris: User, now: datetime) -> None:
    """A-03"""
    module = make_module(lessons=1)
    make_lesson_completion(boris, module.lessons.get(), now=now)
    submitted(boris, make_quiz(module), "0.9", now=now)
    for learner in (ana, None):
        page = module_page(learner=learner, module_key=module.key, language="en", now=now, shelf=shelf())
        assert page.lessons[0].state == "new"
        assert (page.quizzes[0].best, page.quizzes[0].tries, page.quizzes[0].passed) == (None, 0, False)


def test_a_quiz_shows_the_best_result_and_what_tries_are_left(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    quiz = make_quiz(module, attempts_allowed=4, pass_mark="0.8")
    submitted(ana, quiz, "0.7", now=now)
    submitted(ana, quiz, "0.5", now=now)
    make_attempt(ana, quiz, now=now, state=AttemptState.VOID)
    running = make_attempt(ana, quiz, now=now)
    [line] = module_page(learner=ana, module_key=module.key, language="en", now=now, shelf=shelf()).quizzes
    assert (line.best, line.tries, line.tries_left, line.questions) == (Decimal("0.7"), 2, 1, 3)
    assert (line.open_attempt, line.may_start, line.passed) == (running.pk, False, False)


def test_a_passed_quiz_is_passed_for_ever(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    quiz = make_quiz(module)
    make_quiz_completion(ana, quiz, now=now)
    assert module_page(learner=ana, module_key=module.key, language="en", now=now, shelf=shelf()).quizzes[0].passed


def test_practice_stands_before_the_final(now: datetime) -> None:
    module = make_module(lessons=1)
    final, practice = make_quiz(module), make_quiz(module, purpose="practice", lesson=module.lessons.get())
    page = module_page(learner=None, module_key=module.key, language="en", now=now, shelf=shelf())
    assert [(quiz.key, quiz.is_final) for quiz in page.quizzes] == [(practice.key, False), (final.key, True)]


def test_a_module_that_opens_later_can_be_looked_at(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    opens(module, ana, date(2027, 4, 1))
    page = module_page(learner=ana, module_key=module.key, language="en", now=now, shelf=shelf())
    assert page.refused is not None
    assert page.refused.until == date(2027, 4, 1)


def test_a_closed_programme_is_closed_to_strangers(ana: User, now: datetime) -> None:
    module = make_module(make_programme(is_open=False), lessons=1)
    for learner in (None, ana):
        with pytest.raises(NotOpen):
            module_page(learner=learner, module_key=module.key, language="en", now=now, shelf=shelf())
        with pytest.raises(NotOpen):
            study_page(learner=learner, lesson_key=module.lessons.get().key, language="en", now=now, shelf=shelf())


def test_retired_modules_and_lessons_are_not_here(now: datetime) -> None:
    module = make_module(lessons=1, retired_at=now)
    lesson = make_lesson(make_module(lessons=1), retired_at=now)
    with pytest.raises(NotHere):
        module_page(learner=None, module_key=module.key, language="en", now=now, shelf=shelf())
    for key in (lesson.key, module.lessons.get().key, "unknown"):
        with pytest.raises(NotHere):
            study_page(learner=None, lesson_key=key, language="en", now=now, shelf=shelf())


def test_a_module_page_is_three_queries_of_its_own_whatever_it_holds(ana: User, now: datetime) -> None:
    module = make_module(lessons=10)
    asked = []
    for _ in range(2):
        make_release(module.programme)
        published = shelf()
        module_page(learner=None, module_key=module.key, language="bg", now=now, shelf=published)
        with counted() as found:
            page = module_page(learner=ana, module_key=module.key, language="bg", now=now, shelf=published)
        asked.append(len(found))
        for _ in range(10):
            make_visit(ana, make_lesson(module), now=now)
            submitted(ana, make_quiz(module, purpose="practice"), "0.5", now=now)
            make_term(module, language="bg")
    assert (len(page.lessons), len(page.quizzes), len(page.about.terms)) == (20, 10, 10)
    assert asked == [3, 3]


# --- A lesson -------------------------------------------------------------------------------------------------------


def study(lesson: Lesson, now: datetime, learner: User | None = None, language: str = "en") -> StudyPage:
    return study_page(learner=learner, lesson_key=lesson.key, language=language, now=now, shelf=shelf())


def test_a_lesson_knows_its_neighbours_and_the_quiz_behind_the_last(now: datetime) -> None:
    module = make_module(lessons=3)
    quiz = make_quiz(module)
    first, middle, last = module.lessons.all()
    page = study(middle, now)
    assert page.text.previous
    assert page.following
    assert (page.text.previous.key, page.following.key, page.text.quiz) == (first.key, last.key, None)
    assert (study(first, now).text.previous, study(last, now).following, study(last, now).text.quiz) == (
        None,
        None,
        quiz.key,
    )


def test_a_practice_quiz_follows_its_lesson(now: datetime) -> None:
    module = make_module(lessons=2)
    first = module.lessons.first()
    assert first is not None
    practice = make_quiz(module, purpose="practice", lesson=first)
    make_quiz(module)
    page = study(first, now)
    assert page.text.practice is not None
    assert (page.text.practice.key, page.practice_passed, page.text.quiz) == (practice.key, False, None)


def test_the_text_is_that_of_the_language(now: datetime) -> None:
    lesson = make_lesson(languages=())
    make_lesson_revision(lesson, "en", title="Soil", html="<p>Soil</p>")
    make_lesson_revision(lesson, "bg", title="Почва", html="<p>Почва</p>")
    page = study(lesson, now, language="bg")
    assert (page.text.revision.html, page.lesson.title, page.text.revision.language) == ("<p>Почва</p>", "Почва", "bg")


def test_a_missing_translation_falls_back_to_the_source_language(now: datetime) -> None:
    """C-15"""
    page = study(make_lesson(languages=("en",)), now, language="bg")
    assert (page.text.revision.language, page.lesson.title.language, page.text.is_older_translation) == (
        "en",
        "en",
        False,
    )


def test_a_translation_of_an_older_edition_says_so(now: datetime) -> None:
    lesson = make_lesson(edition=2)
    make_lesson_revision(lesson, "bg", edition=1)
    assert study(lesson, now, language="bg").text.is_older_translation
    assert not study(lesson, now, language="en").text.is_older_translation


def test_an_older_text_is_not_shown(now: datetime) -> None:
    lesson = make_lesson()
    make_lesson_revision(lesson, "en", html="<p>new</p>")
    assert study(lesson, now).text.revision.html == "<p>new</p>"


def test_a_lesson_that_opens_later_is_refused_with_its_day(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    opens(module, ana, date(2027, 4, 1))
    with pytest.raises(NotOpen) as refused:
        study(module.lessons.get(), now, ana)
    assert refused.value.details == {"reason": "opens_later", "until": date(2027, 4, 1)}


def test_headings_make_contents_only_when_there_is_a_choice(now: datetime) -> None:
    lesson = make_lesson(languages=())
    parts = [{"id": f"s-{n}", "title": f"Part {n}", "level": level} for n, level in enumerate((2, 3, 2))]
    make_lesson_revision(lesson, toc=parts[:2])
    assert study(lesson, now).text.contents == ()
    make_lesson_revision(lesson, toc=parts)
    make_release(lesson.module.programme)
    assert [heading.id for heading in study(lesson, now).text.contents] == ["s-0", "s-2"]


def test_a_study_page_is_two_queries_of_its_own_whatever_it_cites(ana: User, now: datetime) -> None:
    module = make_module(lessons=20)
    lesson = module.lessons.first()
    assert lesson is not None
    for n in range(10):
        make_term(module, f"t{n}")
        make_fact(module.programme, f"F{n}")
    html = "".join(f'<a data-term="t{n}">t</a>' for n in range(10))
    make_lesson_revision(lesson, html=html, facts=[f"F{n}" for n in range(10)])
    page = study(lesson, now)
    assert (len(page.lessons), len(page.text.sources), len(page.text.meanings)) == (20, 10, 10)
    published = shelf()
    with counted() as asked:
        study_page(learner=ana, lesson_key=lesson.key, language="en", now=now, shelf=published)
    with counted() as of_stranger:
        study_page(learner=None, lesson_key=lesson.key, language="en", now=now, shelf=published)
    assert (len(asked), len(of_stranger)) == (2, 0)


def test_a_programme_that_closes_is_closed_with_the_next_request(ana: User, now: datetime) -> None:
    lesson = make_lesson()
    study(lesson, now, ana)
    Programme.objects.update(is_open=False)
    with pytest.raises(NotOpen):
        study(lesson, now, ana)
    Programme.objects.update(is_open=True)
    assert study(lesson, now, ana).lesson.key == lesson.key


def test_what_is_kept_of_a_lesson_says_nothing_of_its_readers(ana: User, boris: User, now: datetime) -> None:
    """A-01"""
    lesson = make_lesson()
    make_lesson_completion(ana, lesson, now=now)
    states = [study(lesson, now, learner).lesson.state for learner in (ana, boris, None, ana)]
    assert states == ["done", "new", "new", "done"]


# --- Home and my progress -------------------------------------------------------------------------------------------


def test_home_shows_the_next_step_and_every_module_with_its_bar(ana: User, now: datetime) -> None:
    programme = make_programme()
    first, second = make_module(programme, lessons=2), make_module(programme, lessons=2)
    make_quiz(second)
    make_module_progress(ana, first, now=now, state="completed", done=2, quiz_passed=True)
    make_module_progress(ana, second, now=now, done=1, total=2)
    done, open_lesson = second.lessons.all()
    make_lesson_completion(ana, done, now=now)
    home = learner_home(learner=ana, language="en", now=now, shelf=shelf())
    [line] = home.programmes
    assert [(module.state, module.share) for module in line.modules] == [("completed", 100), ("started", 33)]
    assert (line.completed, line.share) == (1, 66)
    assert home.step.lesson is not None
    assert (home.step.kind, home.step.lesson.key) == ("lesson", open_lesson.key)


def test_home_of_somebody_new_starts_with_the_first_lesson(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    step = learner_home(learner=ana, language="en", now=now, shelf=shelf()).step
    assert step.lesson is not None
    assert (step.is_first, step.lesson.key) == (True, module.lessons.get().key)


def test_home_says_when_modules_open_and_are_due(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    opens(module, ana, date(2027, 4, 1), date(2027, 4, 20))
    home = learner_home(learner=ana, language="en", now=now, shelf=shelf())
    line = home.programmes[0].modules[0]
    assert line.refused
    assert line.due
    assert (line.refused.until, line.due.on, line.due.is_late) == (date(2027, 4, 1), date(2027, 4, 20), False)
    assert (home.step.kind, home.step.opens_on) == ("wait", date(2027, 4, 1))


def test_home_is_five_queries_of_its_own_and_my_page_six_whatever_they_show(ana: User, now: datetime) -> None:
    programme = make_programme()
    make_cohort(programme=programme, learners=[ana])
    asked = []
    for _ in range(2):
        for _ in range(10):
            module = make_module(programme, lessons=2)
            make_module_progress(ana, module, now=now)
            submitted(ana, make_quiz(module), "0.5", now=now)
        make_release(programme)
        published = shelf()
        learner_home(learner=ana, language="bg", now=now, shelf=published)
        with counted() as home:
            learner_home(learner=ana, language="bg", now=now, shelf=published)
        with counted() as mine:
            page = my_page(learner=ana, language="bg", now=now, shelf=published)
        asked.append((len(home), len(mine)))
    assert asked == [(5, 6), (5, 6)]
    assert len(page.attempts) == 20


def test_my_page_has_my_attempts_newest_first_and_my_cohorts(ana: User, boris: User, now: datetime) -> None:
    module = make_module(title=words("Soil"), lessons=1)
    quiz = make_quiz(module)
    submitted(boris, quiz, "1", now=now)
    for days, score in ((2, "0.5"), (1, "0.9")):
        at = now - timedelta(days=days)
        submitted(ana, quiz, score, now=at)
    make_attempt(ana, quiz, now=now)
    make_cohort("spring", programme=module.programme, learners=[ana])
    make_cohort("autumn", programme=module.programme, learners=[boris])
    page = my_page(learner=ana, language="en", now=now, shelf=shelf())
    assert [(attempt.score, attempt.passed) for attempt in page.attempts] == [
        (Decimal("0.9"), True),
        (Decimal("0.5"), False),
    ]
    assert [cohort.code for cohort in page.cohorts] == ["spring"]


# --- The timetable --------------------------------------------------------------------------------------------------


def test_the_first_due_day_of_running_cohorts_counts(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    opens(module, ana, None, date(2027, 5, 1))
    opens(module, ana, None, date(2027, 4, 1))
    opens(module, ana, None, date(2027, 3, 20), ends_on=date(2027, 3, 10))
    assert my_timetable(learner=ana, now=now).due[module.pk].on == date(2027, 4, 1)


@pytest.mark.parametrize(("zone", "is_late"), [("Pacific/Kiritimati", True), ("America/Los_Angeles", False)])
def test_late_is_judged_by_the_day_where_the_cohort_is(ana: User, zone: str, is_late: bool) -> None:
    """Q-12"""
    module = make_module(lessons=1)
    opens(module, ana, None, date(2027, 3, 15), timezone=zone)
    moment = datetime.fromisoformat("2027-03-15T12:00:00+00:00")
    assert my_timetable(learner=ana, now=moment).due[module.pk].is_late is is_late


def test_who_left_a_cohort_has_none_of_its_days(ana: User, now: datetime) -> None:
    module = make_module(lessons=1)
    opens(module, ana, None, date(2027, 4, 1))
    ana.enrolments.update(ended_at=now, ended_because="withdrew")
    timetable = my_timetable(learner=ana, now=now)
    assert (timetable.cohorts, dict(timetable.due)) == ((), {})


def test_a_study_page_of_a_learner_knows_when_it_was_done_and_seen(ana: User, now: datetime) -> None:
    lesson = make_lesson()
    make_visit(ana, lesson, now=now)
    make_lesson_completion(ana, lesson, now=now)
    page = study(lesson, now, ana)
    assert (page.done_at, page.visited_at, page.text.revision.pk) == (now, now, live_revision(lesson).pk)
