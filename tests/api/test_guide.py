"""docs/api.md: every example in it is tried."""

import json
import re
import shlex
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from lms.shared.clock import now as present
from modules.models import Lesson
from tests.api.conftest import Ask, asker
from tests.factories.modules import (
    make_fact,
    make_lesson,
    make_lesson_revision,
    make_module,
    make_programme,
    make_release,
    make_story,
    make_term,
)
from tests.factories.parts import make_calculator, make_task
from tests.factories.people import make_token

GUIDE = (Path(project.ROOT) / "docs" / "api.md").read_text(encoding="utf-8")
SITE = "https://learn.example.org"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.S | re.M)


COMMANDS = [line for block in _blocks("bash") for line in block.splitlines() if line.strip()]
EXCHANGES = _blocks("http")


@pytest.fixture
def content(db: None) -> Lesson:
    """What the examples speak of."""
    programme = make_programme("green-skills")
    module = make_module(programme, "living-resources")
    make_module(programme, "adaptability")
    changes = [{"kind": "lesson", "key": "every-drop-counts", "language": "en", "change": "new"}]
    make_release(programme, version=1, summary={"changes": changes})
    lesson = make_lesson(module, "every-drop-counts")
    make_term(module, "evapotranspiration")
    words = {"name": {"en": "Millimetres"}, "unit": {"en": "mm"}, "note": {}}
    make_calculator(
        module,
        "irrigation-need",
        inputs=[{"key": "rain", "low": "0", "high": "1000", "value": "25", **words}],
        outputs=[{"key": "net", "decimals": 1, "formula": "max(0, crop_need - rain)", "when": "", **words}],
        example={"text": {"en": "Tomatoes"}, "inputs": {"rain": "25"}, "outputs": {"net": "188.9"}},
    )
    make_task(module, "water-week")
    make_story(module, "spray-or-wait")
    make_fact(programme, "F51")
    return lesson


@pytest.fixture
def token(db: None) -> str:
    return make_token(now=present())[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_guide_work(command: str, content: Lesson, token: str) -> None:
    words = shlex.split(command.replace("$TOKEN", token).replace("$SITE", SITE))
    assert words[:2] == ["curl", "-H"]
    name, _, value = words[2].partition(": ")
    answer = asker(None)(words[3].removeprefix(SITE), headers={name: value})
    assert answer.status_code == 200
    assert answer.json()


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.splitlines()[0])
def test_the_exchanges_of_the_guide_happen_as_told(exchange: str, content: Lesson, token: str) -> None:
    request, _, told = exchange.partition("\nHTTP/1.1 ")
    method, path, _version = request.splitlines()[0].split()
    headers = dict(line.split(": ", 1) for line in request.splitlines()[1:] if line)
    filled = {name: value.replace("$TOKEN", token) for name, value in headers.items()}
    if filled.get("If-None-Match") == "$ETAG":
        filled["If-None-Match"] = asker(token)(path)["ETag"]
    answer = asker(None)(path, method=method.lower(), headers=filled)
    head, _, body = told.partition("\n\n")
    status, *lines = head.splitlines()
    assert status == f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}"
    for line in lines:
        name, _, value = line.partition(": ")
        assert answer[name] == value
    if body.strip():
        _is_like(answer.json(), json.loads(body))


def _is_like(found: Any, told: Any) -> None:
    """`…` in the guide stands for anything; objects may have more fields than it shows."""
    if told == "…":
        return
    if isinstance(told, dict):
        assert set(told) <= set(found)
        for name, value in told.items():
            _is_like(found[name], value)
    elif isinstance(told, list):
        assert found
        for value, one in zip(told, found, strict=False):
            _is_like(one, value)
    else:
        assert found == told


def test_the_program_of_the_guide_stays_in_step(content: Lesson, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = _program(asker(token), monkeypatch)
    copy: dict[str, Any] = {}
    tags: dict[str, str] = {}
    cursor = program["keep_in_step"](SITE, token, copy, tags)
    assert {key: lesson["title"] for key, lesson in copy.items()} == {"every-drop-counts": _title(content)}

    make_lesson_revision(content, "en", title="Each drop counts")
    other = make_lesson(content.module, "soil-is-alive")
    changes = [{"kind": "lesson", "key": key, "change": "changed"} for key in ("every-drop-counts", "soil-is-alive")]
    make_release(content.module.programme, version=2, summary={"changes": changes})
    later = program["keep_in_step"](SITE, token, copy, tags, cursor)
    assert {key: lesson["title"] for key, lesson in copy.items()} == {
        "every-drop-counts": "Each drop counts",
        "soil-is-alive": _title(other),
    }

    content.retired_at = present()
    content.save()
    gone = [{"kind": "lesson", "key": "every-drop-counts", "change": "retired"}]
    make_release(content.module.programme, version=3, summary={"changes": gone})
    assert program["keep_in_step"](SITE, token, copy, tags, later) != later
    assert set(copy) == {"soil-is-alive"}


def _title(lesson: Lesson) -> str:
    return lesson.revisions.get(language="en", is_live=True).title


def _program(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The Python of the guide, whose network is the test client."""
    (source,) = _blocks("python")
    program: dict[str, Any] = {}
    exec(compile(source, "docs/api.md", "exec"), program)
    errors = program["urllib"].error

    class Response:
        def __init__(self, answer: Any) -> None:
            self.headers, self.read = answer.headers, lambda: answer.content

        def __enter__(self) -> "Response":
            return self

        def __exit__(self, *error: object) -> None:
            pass

    def urlopen(request: Any) -> Response:
        path = request.full_url.removeprefix(SITE).removeprefix(str(project.BASE_URL))
        answer = ask(path, headers={"If-None-Match": request.get_header("If-none-match") or ""})
        if answer.status_code >= 300:
            raise errors.HTTPError(request.full_url, answer.status_code, "", Message(), None)
        return Response(answer)

    monkeypatch.setattr(program["urllib"].request, "urlopen", urlopen)
    return program


def test_the_guide_names_every_status_that_can_happen() -> None:
    table = GUIDE.partition("| status | when |")[2]
    for status in ("400", "401", "403", "404", "405", "406", "429", "503"):
        assert status in table
