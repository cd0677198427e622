"""What a release tells programs: the API hands it on."""

from lms.publishing.plan import ImportPlan
from modules.changes import Action, Change


def _told(*changes: Change) -> list[dict[str, str]]:
    return ImportPlan("farm", 2, 1, changes).summary()["changes"]


def test_texts_are_told_as_lessons_with_their_language() -> None:
    assert _told(
        Change(Action.CHANGED, "text", "soil", language="bg"), Change(Action.RETIRED, "lesson", "water", "old")
    ) == [
        {"kind": "lesson", "key": "soil", "language": "bg", "change": "changed"},
        {"kind": "lesson", "key": "water", "change": "retired"},
    ]


def test_a_quiz_and_its_text_are_one_thing() -> None:
    """A-06: whether words, points or the key of a quiz changed is nobody's business."""
    assert _told(Change(Action.NEW, "quiz", "final"), Change(Action.NEW, "quiz text", "final", "9 questions")) == [
        {"kind": "quiz", "key": "final", "change": "new"}
    ]


def test_the_version_is_no_thing() -> None:
    assert _told(Change(Action.CHANGED, "version", "farm")) == []


def test_terms_have_a_language_and_facts_have_none() -> None:
    assert _told(Change(Action.RESTORED, "term", "humus", language="en"), Change(Action.NEW, "fact", "F42")) == [
        {"kind": "term", "key": "humus", "language": "en", "change": "restored"},
        {"kind": "fact", "key": "F42", "change": "new"},
    ]
