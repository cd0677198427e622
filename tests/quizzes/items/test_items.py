"""Every kind of question, against its table of answers; and what no kind may do."""

import copy
import itertools
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizzes.items import ITEM_TYPES, numeric
from quizzes.marking import FOUR_PLACES

HERE = Path(__file__).parent
TABLES = {kind: yaml.safe_load((HERE / f"{kind}.yaml").read_text(encoding="utf-8")) for kind in ITEM_TYPES}
CASES = [
    pytest.param(kind, TABLES[kind]["question"], line, id=f"{kind}-{line.get('typed', line.get('chosen'))}")
    for kind in ITEM_TYPES
    for line in TABLES[kind]["answers"]
]


def body_of(kind: str, **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(TABLES[kind]["question"]), **changes}


def values_of(line: dict[str, Any]) -> list[str]:
    return line["chosen"] if "chosen" in line else [line["typed"]]


@pytest.mark.parametrize(("kind", "body", "line"), CASES)
def test_answers_earn_what_the_table_says(kind: str, body: dict[str, Any], line: dict[str, Any]) -> None:
    answer = ITEM_TYPES[kind].read(values_of(line))
    if line["score"] == "open":
        assert answer is None
    else:
        assert answer is not None
        share = ITEM_TYPES[kind].grade(body, answer).quantize(FOUR_PLACES)
        assert share == Decimal(str(line["score"]))


@pytest.mark.parametrize(
    "line", [line for line in TABLES["numeric"]["answers"] if line["score"] != "open"], ids=lambda line: line["typed"]
)
def test_numbers_are_read_as_the_table_says(line: dict[str, Any]) -> None:
    expected = None if line["read"] == "none" else Decimal(line["read"])
    assert numeric.understood(line["typed"]) == expected


def test_nonsense_is_kept_as_typed_and_called_no_number() -> None:
    answer = numeric.read(["about 60"])
    assert answer == {"text": "about 60"}
    reviewed = numeric.review(body_of("numeric"), answer, "en")
    assert (reviewed["text"], reviewed["is_number"]) == ("about 60", False)


@pytest.mark.parametrize(
    ("tolerance", "typed", "score"),
    [
        ("2%", "61.71", 1),
        ("2%", "61.72", 0),
        ("2%", "59.29", 1),
        ("2%", "59.28", 0),
        ("0", "60.5", 1),
        ("0", "60.51", 0),
    ],
)
def test_a_tolerance_may_be_a_share_of_the_answer(tolerance: str, typed: str, score: int) -> None:
    body = body_of("numeric", tolerance=tolerance)
    assert numeric.grade(body, {"text": typed}) == score


def test_a_share_of_a_negative_answer_reaches_both_sides() -> None:
    body = body_of("numeric", answer="-50", tolerance="2%")
    assert [numeric.grade(body, {"text": typed}) for typed in ("-51", "-49", "-51.01", "50")] == [1, 1, 0, 0]


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_bodies_of_the_tables_are_right(kind: str) -> None:
    assert ITEM_TYPES[kind].check(body_of(kind)) == []


def strings_in(value: Any) -> list[str]:
    """Every text in a nested value, field names included."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (str(key), *strings_in(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in strings_in(inner)]
    return [str(value)]


def every_feedback(value: Any) -> list[Any]:
    if isinstance(value, dict):
        own = [value["feedback"]] if "feedback" in value else []
        return own + [found for inner in value.values() for found in every_feedback(inner)]
    return [found for inner in value for found in every_feedback(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_presenting_gives_no_key_feedback_or_explanation(kind: str, language: str) -> None:
    """A-06"""
    body = body_of(kind)
    shown = strings_in(ITEM_TYPES[kind].present(body, language, "seed"))
    secrets = [body["explain"][language], "right", "feedback", "explain", "answer", "tolerance"]
    secrets += [text for text in strings_in(every_feedback(body)) if text not in ("en", "bg")]
    secrets += [str(body[field]) for field in ("answer", "tolerance") if field in body and kind == "numeric"]
    secrets += [text for texts in body.get("answers", {}).values() for text in texts] + strings_in(
        body.get("mistakes", [])
    )
    assert not set(secrets) & set(shown)


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
@pytest.mark.parametrize("seed", [None, "a", "b", "c"])
def test_bodies_that_differ_in_the_key_alone_are_presented_alike(kind: str, seed: str | None) -> None:
    """A-06: byte for byte, order included."""
    one, other = body_of(kind), body_of(kind)
    for choice in other["choices"]:
        choice["right"] = not choice["right"]
    present = ITEM_TYPES[kind].present
    assert json.dumps(present(one, "en", seed)) == json.dumps(present(other, "en", seed))


def test_numeric_bodies_that_differ_in_the_key_alone_are_presented_alike() -> None:
    """A-06"""
    other = body_of("numeric", answer="7", tolerance="2%", explain={"en": "other", "bg": "друго"})
    assert numeric.present(body_of("numeric"), "en", "a") == numeric.present(other, "en", "b")


def test_shuffling_keeps_every_choice_and_depends_on_the_seed() -> None:
    body = body_of("multiple_choice")
    orders = {
        tuple(choice["key"] for choice in ITEM_TYPES["multiple_choice"].present(body, "en", str(seed))["choices"])
        for seed in range(60)
    }
    assert len(orders) > 12
    assert all(sorted(order) == ["crumbs", "puddles", "roots", "worms"] for order in orders)


def test_without_a_seed_choices_stand_as_written() -> None:
    shown = ITEM_TYPES["single_choice"].present(body_of("single_choice"), "en", None)
    assert [choice["key"] for choice in shown["choices"]] == ["organic", "salt", "plough"]


def test_a_missing_translation_falls_back_and_says_so() -> None:
    body = body_of("single_choice", stem={"en": "Only English"})
    shown = ITEM_TYPES["single_choice"].present(body, "bg", None)
    assert (shown["stem"], shown["language"]) == ("Only English", "en")


WRONG_BODIES = [
    ("single_choice", {"stem": {}}, "stem is missing"),
    ("single_choice", {"explain": {"en": " "}}, "explain is missing"),
    ("single_choice", {"tolerance": "1"}, "tolerance is not a field"),
    ("single_choice", {"lesson": 3}, "lesson is a key"),
    ("single_choice", {"facts": [42]}, "facts is a list"),
    ("single_choice", {"choices": []}, "at least two"),
    ("numeric", {"answer": "sixty"}, "answer is a number"),
    ("numeric", {"answer": "60,5"}, "answer is a number"),
    ("numeric", {"answer": 60}, "answer is a number"),
    ("numeric", {"tolerance": "-1"}, "tolerance is a number"),
    ("numeric", {"tolerance": "two"}, "tolerance is a number"),
    ("numeric", {"answer": "0", "tolerance": "2%"}, "share of nought"),
    ("numeric", {"unit": {"en": ""}}, "unit is words"),
]


@pytest.mark.parametrize(("kind", "changes", "problem"), WRONG_BODIES)
def test_wrong_bodies_are_named(kind: str, changes: dict[str, Any], problem: str) -> None:
    assert any(problem in line for line in ITEM_TYPES[kind].check(body_of(kind, **changes)))


WRONG_CHOICES = [
    ("single_choice", {"key": "Not A Key"}, "its key is lower case"),
    ("single_choice", {"key": "wrong-1"}, "must not say whether it is right"),
    ("single_choice", {"key": "organic"}, "is there twice"),
    ("single_choice", {"text": {"en": ""}}, "text is missing"),
    ("single_choice", {"text": {"en": "organic MATTER"}}, "same text"),
    ("single_choice", {"right": "yes"}, "right is true or false"),
    ("single_choice", {"right": True}, "exactly one choice is right"),
    ("single_choice", {"feedback": {}}, "needs feedback"),
    ("single_choice", {"colour": "red"}, "colour is not a field"),
]


@pytest.mark.parametrize(("kind", "changes", "problem"), WRONG_CHOICES)
def test_wrong_choices_are_named(kind: str, changes: dict[str, Any], problem: str) -> None:
    body = body_of(kind)
    body["choices"][1].update(changes)
    assert any(problem in line for line in ITEM_TYPES[kind].check(body))


def test_multiple_choice_needs_two_right_and_one_wrong() -> None:
    only_one, all_right = body_of("multiple_choice"), body_of("multiple_choice")
    only_one["choices"][0].update(right=False, feedback={"en": "no"})
    for choice in all_right["choices"]:
        choice["right"] = True
    assert ITEM_TYPES["multiple_choice"].check(only_one) == [
        "two or more choices are right; for a single one use single_choice"
    ]
    assert ITEM_TYPES["multiple_choice"].check(all_right) == ["at least one choice is wrong"]


MISFITS = [
    ("single_choice", None),
    ("single_choice", []),
    ("single_choice", {}),
    ("single_choice", {"choice": "sand"}),
    ("single_choice", {"choice": ["organic"]}),
    ("single_choice", {"choice": "organic", "score": 1}),
    ("multiple_choice", {"choices": []}),
    ("multiple_choice", {"choices": "puddles"}),
    ("multiple_choice", {"choices": ["roots", "puddles"]}),
    ("multiple_choice", {"choices": ["puddles", "puddles"]}),
    ("multiple_choice", {"choices": [1]}),
    ("multiple_choice", {"choice": "puddles"}),
    ("numeric", {"text": ""}),
    ("numeric", {"text": 60}),
    ("numeric", {"text": "6" * 61}),
    ("numeric", {"text": "6\x000"}),
    ("numeric", {"text": "6\ud800"}),
    ("numeric", {"number": "60"}),
]


@pytest.mark.parametrize(("kind", "answer"), MISFITS)
def test_malformed_answers_do_not_fit(kind: str, answer: Any) -> None:
    assert not ITEM_TYPES[kind].fits(body_of(kind), answer)


@pytest.mark.parametrize(("kind", "answer"), [case for case in MISFITS if isinstance(case[1], dict)])
def test_malformed_answers_earn_nothing_and_break_nothing(kind: str, answer: Any) -> None:
    assert ITEM_TYPES[kind].grade(body_of(kind), answer) == 0


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_reviewing_an_open_question_shows_the_explanation(kind: str) -> None:
    reviewed = ITEM_TYPES[kind].review(body_of(kind), None, "bg")
    assert reviewed["explain"] == TABLES[kind]["question"]["explain"]["bg"]
    assert not any(choice["chosen"] for choice in reviewed.get("choices", []))


def test_reviewing_marks_what_was_chosen_and_what_was_right() -> None:
    reviewed = ITEM_TYPES["single_choice"].review(body_of("single_choice"), {"choice": "salt"}, "en")
    assert [(choice["key"], choice["chosen"], choice["right"]) for choice in reviewed["choices"]] == [
        ("organic", False, True),
        ("salt", True, False),
        ("plough", False, False),
    ]
    assert reviewed["choices"][1]["feedback"] == "Salt harms the structure."


# --- Places: matching, ordering, cloze -------------------------------------------------------------------------------

PLACES = ["matching", "ordering", "cloze"]


@pytest.mark.parametrize("seed", [None, "a", "b"])
def test_matching_bodies_that_differ_in_the_matches_alone_are_presented_alike(seed: str | None) -> None:
    """A-06"""
    other = body_of("matching")
    matches = [prompt["match"] for prompt in other["prompts"]]
    for prompt, match in zip(other["prompts"], [*matches[1:], "frost"], strict=True):
        prompt["match"] = match
    other["choices"].reverse()
    one = ITEM_TYPES["matching"].present(body_of("matching"), "en", seed)
    assert json.dumps(one) == json.dumps(ITEM_TYPES["matching"].present(other, "en", seed))


@pytest.mark.parametrize("seed", [None, "a", "b"])
def test_no_page_shows_that_items_stand_in_another_right_order(seed: str | None) -> None:
    """A-06"""
    other = body_of("ordering")
    other["items"].reverse()
    one = ITEM_TYPES["ordering"].present(body_of("ordering"), "en", seed)
    assert json.dumps(one) == json.dumps(ITEM_TYPES["ordering"].present(other, "en", seed))


@pytest.mark.parametrize("seed", [None, "a"])
def test_other_bodies_that_differ_in_the_key_alone_are_presented_alike(seed: str | None) -> None:
    """A-06"""
    gaps = body_of("cloze")
    for gap in gaps["gaps"]:
        for choice in gap["choices"]:
            choice["right"] = not choice["right"]
    others = {"cloze": gaps, "true_false": body_of("true_false", answer=False)}
    others["short_text"] = body_of("short_text", answers={"en": ["ammonia"]})
    for kind, other in others.items():
        present = ITEM_TYPES[kind].present
        assert json.dumps(present(body_of(kind), "bg", seed)) == json.dumps(present(other, "bg", seed))


@pytest.mark.parametrize("kind", PLACES)
def test_any_choice_in_any_place_earns_a_share(kind: str) -> None:
    """Whatever fits earns 0 to 1; all right, and only that, earns 1."""
    body = body_of(kind)
    options = [
        [option["value"] for option in place["options"]]
        for place in ITEM_TYPES[kind].present(body, "en", None)["places"]
    ]
    shares = []
    for chosen in itertools.islice(itertools.product(*(["", *values] for values in options)), 1, 3000):
        answer = ITEM_TYPES[kind].read(chosen)
        assert answer is not None
        assert ITEM_TYPES[kind].fits(body, answer)
        shares.append(ITEM_TYPES[kind].grade(body, answer))
    assert all(0 <= share <= 1 for share in shares)
    assert shares.count(Decimal(1)) == 1


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize(
    "answer",
    [
        {"choices": []},
        {"choices": "a:b"},
        {"choices": [1]},
        {"choices": ["nowhere:1"]},
        {"choice": "a:b"},
        {"choices": ["x"]},
    ],
)
def test_malformed_places_do_not_fit(kind: str, answer: Any) -> None:
    assert not ITEM_TYPES[kind].fits(body_of(kind), answer)
    assert ITEM_TYPES[kind].grade(body_of(kind), answer) == 0


def test_an_ordering_is_reviewed_as_it_was_put_and_not_in_the_right_order() -> None:
    """Q-13: the list itself must not give the order away."""
    reviewed = ITEM_TYPES["ordering"].review(body_of("ordering"), {"choices": ["notes:1", "plan:3"]}, "en")
    assert [place["key"] for place in reviewed["places"]] == ["notes", "plan", "spread", "sample"]


def test_a_mistake_that_leads_to_the_number_is_explained() -> None:
    mistakes = [
        {"key": "forgot", "value": "180", "feedback": {"en": "Take off the harvest."}},
        {"key": "twice", "value": "181.5", "feedback": {"en": "Twice."}},
    ]
    body = body_of("numeric", mistakes=mistakes)
    assert numeric.check(body) == []
    said = {typed: numeric.review(body, {"text": typed}, "en")["feedback"] for typed in ("180,4", "181.4", "90", "60")}
    assert said == {"180,4": "Take off the harvest.", "181.4": "Twice.", "90": "", "60": ""}


WRONG_FIELDS = [
    ("true_false", {"answer": "true"}, "answer is true or false"),
    ("true_false", {"feedback": {}}, "feedback is missing"),
    ("true_false", {"outcome": 0}, "outcome is the number"),
    ("true_false", {"outcome": True}, "outcome is the number"),
    ("short_text", {"answers": {}}, "answers is a list"),
    ("short_text", {"answers": {"en": ["."]}}, "answers is a list"),
    ("matching", {"prompts": []}, "prompts has 3 to 6"),
    ("matching", {"choices": []}, "as many entries as prompts"),
    ("ordering", {"items": []}, "items has 3 to 6"),
    ("ordering", {"feedback": {}}, "feedback is missing"),
    ("cloze", {"gaps": []}, "gaps has one"),
    ("cloze", {"text": {"en": "{taken} {left} {left}"}}, "holds the gap {left} 2 times"),
    ("cloze", {"text": {"en": "{taken} and"}}, "holds the gap {left} 0 times"),
    ("cloze", {"text": {"en": "{taken} {left} {more}"}}, "not the key of a gap"),
    ("cloze", {"text": {"en": "{taken} {left} }"}}, "a brace"),
    ("numeric", {"mistakes": [{"key": "near", "value": "60.4", "feedback": {"en": "x"}}]}, "counts as right"),
    ("numeric", {"mistakes": [{"key": "some", "value": "x", "feedback": {"en": "x"}}]}, "value is a number"),
    ("numeric", {"mistakes": [{"key": "some", "value": "7", "feedback": {}}]}, "feedback is missing"),
]


@pytest.mark.parametrize(("kind", "changes", "problem"), WRONG_FIELDS)
def test_wrong_fields_of_the_further_kinds_are_named(kind: str, changes: dict[str, Any], problem: str) -> None:
    assert any(problem in line for line in ITEM_TYPES[kind].check(body_of(kind, **changes)))


WRONG_ENTRIES = [
    ("matching", "prompts", {"match": "nothing"}, "match is not the key of a choice"),
    ("matching", "prompts", {"match": "into-soil"}, "belongs to another prompt too"),
    ("matching", "prompts", {"key": "cover"}, "must not have the same one"),
    ("matching", "prompts", {"feedback": {}}, "feedback is missing"),
    ("matching", "choices", {"text": {"en": "A strip without fertiliser"}}, "same text"),
    ("ordering", "items", {"key": "step-1"}, "must not say its place"),
    ("ordering", "items", {"key": "first"}, "must not say its place"),
    ("ordering", "items", {"right": True}, "right is not a field of an item"),
    ("cloze", "gaps", {"key": "harvest"}, "that of the right choice"),
    ("cloze", "gaps", {"key": "left"}, "is there twice"),
    ("cloze", "gaps", {"hint": "x"}, "hint is not a field of a gap"),
]


@pytest.mark.parametrize(("kind", "field", "changes", "problem"), WRONG_ENTRIES)
def test_wrong_entries_are_named(kind: str, field: str, changes: dict[str, Any], problem: str) -> None:
    body = body_of(kind)
    body[field][0].update(changes)
    assert any(problem in line for line in ITEM_TYPES[kind].check(body))
