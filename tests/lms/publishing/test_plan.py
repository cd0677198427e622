"""A plan in words."""

from lms.publishing.plan import LISTED, ImportPlan
from modules.changes import Action, Change


def _plan(*changes: Change, live: int | None = 1, **fields: object) -> ImportPlan:
    return ImportPlan("farm", 2, live, changes, **fields)  # type: ignore[arg-type]


TEXT = Change(Action.CHANGED, "text", "soil", language="en")
LESSON = Change(Action.RETIRED, "lesson", "water", "old")
TERM = Change(Action.RETIRED, "term", "humus", language="en")


def test_nothing_to_do_is_said() -> None:
    assert _plan().nothing_to_do
    assert _plan().headline() == "farm 2: no changes."


def test_the_headline_counts_by_action() -> None:
    assert _plan(TEXT, LESSON).headline() == "farm 1 → 2: 0 new, 1 changed, 0 restored, 1 retired."
    assert _plan(TEXT, live=None).headline() == "farm 2: 0 new, 1 changed, 0 restored, 0 retired."
    assert _plan(TEXT, live=2).headline() == "farm 2: 0 new, 1 changed, 0 restored, 0 retired."


def test_each_change_is_a_line_with_its_learners() -> None:
    assert list(_plan(TEXT, LESSON, concerned={LESSON: 7}).lines()) == [
        "changed   text       soil (en)",
        "retired   lesson     water (old); it concerns 7 learners",
    ]


def test_what_has_records_or_an_address_needs_consent() -> None:
    pages = tuple(Change(Action.RETIRED, thing, "x") for thing in ("calculator", "task", "story", "guide page"))
    assert _plan(TEXT, LESSON, TERM, *pages).retiring == (LESSON, *pages)


def test_many_terms_are_counted_and_long_lists_cut() -> None:
    terms = [Change(Action.NEW, "term", f"term-{number}") for number in range(LISTED)]
    lessons = [Change(Action.NEW, "lesson", f"lesson-{number}") for number in range(LISTED + 5)]
    lines = list(_plan(*terms, *lessons).lines())
    assert lines[-2:] == ["and 5 more", f"new       term       {LISTED} of them"]
    assert len(lines) == LISTED + 2


def test_the_release_keeps_the_counts_and_what_changed() -> None:
    assert _plan(TEXT, LESSON).summary() == {
        "new": 0,
        "changed": 1,
        "restored": 0,
        "retired": 1,
        "things": {"lesson retired": 1, "text changed": 1},
        "changes": [
            {"kind": "lesson", "key": "soil", "change": "changed", "language": "en"},
            {"kind": "lesson", "key": "water", "change": "retired"},
        ],
    }
