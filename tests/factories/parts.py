"""Calculators and field tasks, with defaults."""

from typing import Any

from modules.models import Calculator, FieldTask, Lesson, Module
from tests.factories.modules import make_module, words

COLUMNS = ("title", "summary", "minutes", "position", "digest", "retired_at")


def make_calculator(
    module: Module | None = None, key: str = "rain", *, lesson: Lesson | None = None, **changed: Any
) -> Calculator:
    """Litres of a rain, and the share of them that stays. `changed`: columns, or parts of the body."""
    units = words("l", "л")
    inputs = [
        {
            "key": name,
            "name": words(name.title()),
            "unit": units,
            "low": "0",
            "high": "50000",
            "value": "2.5",
            "note": {},
        }
        for name in ("rain", "loss")
    ]
    outputs = [
        {"key": "left", "name": words("What is left"), "formula": "rain - loss", "when": ""},
        {"key": "share", "name": words("Share"), "formula": "100 * left / rain", "when": "rain > 0"},
    ]
    whole = {
        "title": words("Rain", "Дъжд"),
        "summary": words("What a rain brings"),
        "inputs": inputs,
        "outputs": [{**each, "unit": units, "decimals": 1} for each in outputs],
        "example": {"text": words("A wet day"), "inputs": {"rain": "10", "loss": "1"}, "outputs": {"left": "9.0"}},
        "assumptions": [words("Nothing evaporates")],
        "explain": words("What runs off takes soil with it"),
        "facts": ["F42"],
    }
    return _make(Calculator, module, key, lesson, {**whole, **changed})


def make_task(
    module: Module | None = None, key: str = "dig", *, lesson: Lesson | None = None, **changed: Any
) -> FieldTask:
    whole = {
        "title": words("Dig and look", "Копай и гледай"),
        "summary": words("One hole, two pairs of eyes"),
        "safety": words("Ask where cables run", "Попитайте къде има кабели"),
        "season": words("Spring"),
        "minutes": 90,
        "tools": [words("A spade", "Лопата")],
        "steps": [words(f"Step {number}") for number in (1, 2, 3, 4)],
        "evidence": [words("A photo")],
        "criteria": [
            {"key": key, "name": words(key.title()), "levels": [words(f"{key} {level}") for level in range(4)]}
            for key in ("technique", "data", "reasoning", "cooperation")
        ],
        "observe": [words("Watch the feet")],
        "debrief": [words("What did your hands tell you?")],
        "facts": [],
    }
    return _make(FieldTask, module, key, lesson, {**whole, **changed})


def _make(model: Any, module: Module | None, key: str, lesson: Lesson | None, body: dict[str, Any]) -> Any:
    columns = {name: body.pop(name) for name in COLUMNS if name in body}
    fields = {"lesson": lesson, "position": 1, "body": body, "digest": f"part-{key}", **columns}
    return model.objects.create(module=module or make_module(), key=key, **fields)
