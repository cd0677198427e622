"""Each prompt has its choice. Answer: see places.py, places are prompts. Scored by the share of right ones.

Choices are shown in the order of the alphabet, or shuffled: never as written, where they follow the prompts.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.shared.languages import in_language
from quizzes.items.parts import (
    Answer,
    Body,
    check_common,
    check_entries,
    order_of,
    review_common,
    spoken,
    words_are_there,
)
from quizzes.items.places import chosen_in, fits_places, read_places, reviewed_place, share_right, value_of

PROMPTS = (3, 6)
MOST_CHOICES = 9
PROMPT_FIELDS = frozenset({"key", "text", "match", "feedback"})
CHOICE_FIELDS = frozenset({"key", "text"})


def check(body: Body) -> list[str]:
    problems = [*check_common(body, ["prompts", "choices"])]
    prompts, choices = body.get("prompts"), body.get("choices")
    if not isinstance(prompts, list) or not PROMPTS[0] <= len(prompts) <= PROMPTS[1]:
        return [*problems, f"prompts has {PROMPTS[0]} to {PROMPTS[1]} entries"]
    if not isinstance(choices, list) or not len(prompts) <= len(choices) <= MOST_CHOICES:
        return [*problems, f"choices has as many entries as prompts or more, at most {MOST_CHOICES}"]
    problems += check_entries(prompts, "prompt", PROMPT_FIELDS)
    problems += check_entries(choices, "choice", CHOICE_FIELDS)
    return [*problems, *_check_matches(prompts, {choice.get("key") for choice in choices})]


def _check_matches(prompts: Sequence[Mapping[str, Any]], choices: set[Any]) -> Iterator[str]:
    matches = [prompt.get("match") for prompt in prompts]
    for prompt, match in zip(prompts, matches, strict=True):
        name = f"prompt {prompt.get('key')}"
        if match not in choices:
            yield f"{name}: match is not the key of a choice"
        elif matches.count(match) > 1:
            yield f"{name}: match names a choice that belongs to another prompt too"
        elif match == prompt.get("key"):
            yield f"{name}: both keys stand in the page; the choice must not have the same one"
        if not words_are_there(prompt.get("feedback")):
            yield f"{name}: feedback is missing: it says to who was wrong why"


def _choices(body: Body, language: str, seed: str | None) -> list[tuple[str, str]]:
    """Keys and words, in an order that knows nothing of the prompts."""
    choices = sorted(body["choices"], key=order_of(seed))
    found = [(choice["key"], in_language(choice["text"], language)) for choice in choices]
    return found if seed is not None else sorted(found, key=lambda pair: pair[1].casefold())


def present(body: Body, language: str, seed: str | None) -> dict[str, Any]:
    choices = _choices(body, language, seed)
    return {
        "kind": "matching",
        "stem": in_language(body["stem"], language),
        "language": spoken(body["stem"], language),
        "places": [
            {
                "key": prompt["key"],
                "text": in_language(prompt["text"], language),
                "options": [{"value": value_of(prompt["key"], key), "text": text} for key, text in choices],
            }
            for prompt in body["prompts"]
        ],
    }


def read(values: Sequence[str]) -> Answer | None:
    return read_places(values)


def fits(body: Body, answer: Any) -> bool:
    keys = frozenset(choice["key"] for choice in body["choices"])
    return fits_places({prompt["key"]: keys for prompt in body["prompts"]}, answer)


def grade(body: Body, answer: Answer) -> Decimal:
    if not fits(body, answer):
        return Decimal(0)
    return share_right({prompt["key"]: prompt["match"] for prompt in body["prompts"]}, answer)


def review(body: Body, answer: Answer | None, language: str) -> dict[str, Any]:
    texts = {choice["key"]: in_language(choice["text"], language) for choice in body["choices"]}
    chosen = chosen_in(answer)
    return {
        "kind": "matching",
        **review_common(body, language),
        "places": [
            reviewed_place(
                prompt["key"],
                in_language(prompt["text"], language),
                texts.get(chosen.get(prompt["key"], ""), ""),
                texts[prompt["match"]],
                is_right=chosen.get(prompt["key"]) == prompt["match"],
                feedback=in_language(prompt["feedback"], language),
            )
            for prompt in body["prompts"]
        ],
    }
