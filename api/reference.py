"""The published document, taken apart for the page of the API."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from api.conditional import SCHEMA_FILE
from api.schema import EXAMPLE_SITE


@dataclass(frozen=True, slots=True)
class ParameterLine:
    name: str
    where: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    status: str
    description: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    name: str
    form: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it answers and how to ask."""

    id: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: tuple[ParameterLine, ...]
    answers: tuple[AnswerLine, ...]
    form: str
    fields: tuple[FieldLine, ...]
    curl: str
    example: str

    @property
    def request_label(self) -> str:
        return f"Example request: {self.path}"

    @property
    def answer_label(self) -> str:
        return f"Example answer: {self.path}"


@cache
def operations() -> tuple[Operation, ...]:
    """Every address of the document, in its order."""
    document = yaml.safe_load(SCHEMA_FILE.read_text(encoding="utf-8"))
    return tuple(_operation(path, methods["get"], document) for path, methods in document["paths"].items())


def _operation(path: str, told: dict[str, Any], document: dict[str, Any]) -> Operation:
    parameters = told.get("parameters", [])
    content = told["responses"]["200"].get("content", {})
    answer = content.get("application/json", {})
    form = answer.get("schema", {}).get("$ref", "").rpartition("/")[2]
    example = answer.get("examples", {}).get("Example", {}).get("value")
    return Operation(
        id=told["operationId"],
        path=path,
        summary=told["summary"],
        description=told["description"],
        needs_token=bool(told.get("security")),
        parameters=tuple(_parameter(each) for each in parameters),
        answers=tuple(AnswerLine(status, each["description"]) for status, each in told["responses"].items()),
        form=form,
        fields=_fields(document["components"]["schemas"].get(form, {})),
        curl=curl(_filled(path, parameters), needs_token=bool(told.get("security"))),
        example=_here(json.dumps(example, indent=2, ensure_ascii=False)) if example else "",
    )


def _parameter(told: dict[str, Any]) -> ParameterLine:
    return ParameterLine(told["name"], told["in"], told.get("required", False), _plain(told.get("description", "")))


def _fields(form: dict[str, Any]) -> tuple[FieldLine, ...]:
    lines = form.get("properties", {}).items()
    return tuple(FieldLine(name, _form(told), _plain(told.get("description", ""))) for name, told in lines)


def _form(told: dict[str, Any]) -> str:
    """The sort of value in words, e.g. `list of Fact`, `string or null`."""
    if "$ref" in told:
        return str(told["$ref"].rpartition("/")[2])
    if "allOf" in told:
        return _form(told["allOf"][0])
    if told.get("type") == "array":
        return f"list of {_form(told['items'])}"
    form = {"uri": "address", "date-time": "time"}.get(told.get("format", ""), told.get("type", "value"))
    return f"{form} or null" if told.get("nullable") else form


def _plain(text: str) -> str:
    """The document is Markdown; here its marks for code go."""
    return text.replace("`", "")


def _filled(path: str, parameters: list[dict[str, Any]]) -> str:
    for each in parameters:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", each["examples"]["Example"]["value"])
    return path


def curl(path: str, *, needs_token: bool) -> str:
    """The command that asks there."""
    token = ' \\\n  -H "Authorization: Bearer $TOKEN"' if needs_token else ""
    return f"curl {settings.BASE_URL}{path}{token}"


def _here(text: str) -> str:
    return text.replace(EXAMPLE_SITE, settings.BASE_URL)
