"""The published document: true, valid, and the same as the code."""

import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from drf_spectacular.validation import validate_schema

from api.conditional import SCHEMA_FILE
from api.problems import PROBLEMS
from tests.api.conftest import Ask, Shelf
from tests.api.test_access import CONTENT, ONE_THING, OPEN, PAGES


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(yaml.safe_load(SCHEMA_FILE.read_text(encoding="utf-8")))


def test_the_document_is_what_the_code_does() -> None:
    """After a change on purpose: `make schema`, and say it in CHANGELOG.md."""
    made = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=made)
    assert made.getvalue().strip() == SCHEMA_FILE.read_text(encoding="utf-8").strip()


def test_the_document_keeps_the_standard(document: dict[str, Any]) -> None:
    validate_schema(document)
    assert document["openapi"].startswith("3.")


def test_a11_the_document_has_every_address(document: dict[str, Any], shelf: Shelf, ask: Ask) -> None:
    """A-11: the address list and the document agree."""
    from django.urls import resolve

    named = {resolve(path.replace("{key}", "x").replace("{number}", "F1")).url_name for path in document["paths"]}
    assert named == {*CONTENT, *OPEN}


def test_every_address_tells_all_its_statuses(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        assert list(methods) == ["get"]
        told = set(methods["get"]["responses"])
        if not methods["get"].get("security"):
            assert {"200", "400", "406", "429"} <= told, path
        else:
            assert {"200", "304", "400", "401", "403", "406", "429", "503"} <= told, path
            assert ("404" in told) == ("{" in path), path


def test_every_problem_has_its_form_and_media_type(document: dict[str, Any]) -> None:
    for methods in document["paths"].values():
        for status, answer in methods["get"]["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"]
    told = {status for methods in document["paths"].values() for status in methods["get"]["responses"]}
    assert {status for status in told if status >= "400"} <= {str(problem.status) for problem in PROBLEMS.values()}


def _against(document: dict[str, Any], path: str) -> Any:
    """The JSON Schema of a good answer. OpenAPI 3.0 says `nullable` where JSON Schema lists null."""

    def translated(value: Any) -> Any:
        if isinstance(value, list):
            return [translated(each) for each in value]
        if not isinstance(value, dict):
            return value
        plain = {name: translated(inner) for name, inner in value.items() if name not in {"nullable", "example"}}
        if not value.get("nullable"):
            return plain
        return {"anyOf": [plain, {"type": "null"}]}

    content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return {**translated(content["schema"]), "components": translated(document["components"])}


@pytest.mark.parametrize("name", CONTENT)
def test_answers_are_as_the_document_says(name: str, document: dict[str, Any], shelf: Shelf, ask: Ask) -> None:
    places = {name: "{number}" if name == "fact" else "{key}" for name in ONE_THING}
    path = CONTENT[name]
    told = path.rstrip("/").rpartition("/")[0] + f"/{places[name]}/" if name in places else path
    for language in ("en", "bg", "de"):
        query = {} if name == "changes" else {"language": language}
        jsonschema.validate(ask(path, **query).json(), _against(document, f"/api/v1/{told}"))


@pytest.mark.parametrize(
    "path",
    [
        *("lessons/", "lessons/soil-is-alive/", "modules/soil/", "changes/"),
        *("calculators/rain/", "tasks/dig/", "stories/wet-field/"),
    ],
)
def test_examples_have_the_fields_of_real_answers(path: str, document: dict[str, Any], shelf: Shelf, ask: Ask) -> None:
    told = re.sub(r"(?<=/).+(?=/)", "{key}", path)
    content = document["paths"][f"/api/v1/{told}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert set(content["examples"]["Example"]["value"]) == set(ask(path).json())


def test_a06_examples_hold_no_questions(document: dict[str, Any]) -> None:
    """A-06: nor anything about right answers. The one thing with choices is a scene of a story."""
    paths = {path: told for path, told in document["paths"].items() if path != "/api/v1/stories/{key}/"}
    forms = {name: form for name, form in document["components"]["schemas"].items() if name != "Scene"}
    text = json.dumps([paths, forms])
    for word in ("choices", "stem", "tolerance", "pass_mark", "feedback", "is_correct"):
        assert f'"{word}"' not in text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/vnd.oai.openapi"),
        ("*/*", "application/vnd.oai.openapi"),
        ("application/yaml", "application/yaml"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/json", "application/json"),
    ],
)
def test_the_document_is_served_in_the_form_that_is_accepted(
    accept: str, media_type: str, ask_anonymously: Ask
) -> None:
    answer = ask_anonymously("schema/", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    read = json.loads if "json" in media_type else yaml.safe_load
    assert read(answer.content) == yaml.safe_load(SCHEMA_FILE.read_text(encoding="utf-8"))
    again = ask_anonymously("schema/", headers={"Accept": accept or "*/*", "If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_document_is_small_on_the_way(ask_anonymously: Ask) -> None:
    zipped = ask_anonymously("schema/", headers={"Accept-Encoding": "gzip"})
    assert len(zipped.content) < 20_000


def test_the_document_says_nothing_of_this_installation() -> None:
    text = Path(SCHEMA_FILE).read_text(encoding="utf-8")
    assert "127.0.0.1" not in text
    assert PAGES["docs"] in text


def test_every_field_says_what_it_means(document: dict[str, Any]) -> None:
    for name, form in document["components"]["schemas"].items():
        if form.get("type") == "object" and not name.startswith(("Problem", "InvalidParam")):
            silent = [field for field, told in form["properties"].items() if not told.get("description")]
            assert silent == [], name
