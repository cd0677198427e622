"""How the API's document is made: from the views' parameters, forms and examples, so that it says what they do."""

import json
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from api.parameters import LANGUAGE, Parameter, Place
from api.problems import PROBLEMS
from api.views import ContentView, present

EXAMPLE_SITE = "https://learn.example.org"
PROBLEM_JSON = "application/problem+json"


class InvalidParamSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    reason = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.URLField(help_text="Leads to the description of this sort of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="The address that was asked; of an error inside the service, its id.")

    def get_fields(self) -> dict[str, Any]:
        more = InvalidParamSerializer(
            many=True, required=False, help_text="Only with wrong parameters: each with what is wrong."
        )
        return {**super().get_fields(), "invalid-params": more}


class BearerToken(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The security scheme of the document."""

    target_class = "api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        said = "An access token with the scope content:read. Its owner or an operator makes and revokes it."
        return {"type": "http", "scheme": "bearer", "description": said}


class Schema(AutoSchema):
    """Describes one view. Plain views are about the API itself; ContentViews have tokens, languages and tags."""

    def get_operation_id(self) -> str:
        return f"get{type(self.view).__name__}"

    def get_tags(self) -> list[str]:
        return ["Content" if self._is_content() else "About"]

    def get_summary(self) -> str:
        return self.get_description().partition(".")[0].partition(":")[0]

    def get_request_serializer(self) -> None:
        return None

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        found = [_query(each) for each in view.parameters]
        if place := getattr(view, "place", None):
            found.append(_path(place))
        if self._has_tag():
            found += [IF_NONE_MATCH, ETAG]
        if self._is_content():
            found += [CONTENT_LANGUAGE, RETRY_AFTER, WWW_AUTHENTICATE]
        if LANGUAGE in view.parameters:
            found.append(ACCEPT_LANGUAGE)
        return found

    def get_response_serializers(self) -> Any:
        answers: dict[Any, Any] = {200: self._answer()}
        if self._has_tag():
            answers[304] = OpenApiResponse(
                description="What you have is still right: the tag you sent is the present one."
            )
        for status in self._problems():
            answers[(status, PROBLEM_JSON)] = OpenApiResponse(ProblemSerializer, description=_titles(status))
        return answers

    def _is_content(self) -> bool:
        return isinstance(self.view, ContentView)

    def _has_tag(self) -> bool:
        return self._is_content() or getattr(self.view, "has_tag", False)

    def _problems(self) -> list[int]:
        if not self._is_content():
            return [400, 406, 429]
        return (
            [400, 401, 403, 404, 406, 429, 503] if getattr(self.view, "place", None) else [400, 401, 403, 406, 429, 503]
        )

    def _answer(self) -> OpenApiResponse:
        form, example = getattr(self.view, "serializer_class", None), getattr(self.view, "example", None)
        if form is None:
            return OpenApiResponse({"type": "object"}, description="The document.")
        return OpenApiResponse(
            form, description="The answer.", examples=[OpenApiExample("example", _shown(form, example))]
        )


def _query(parameter: Parameter) -> OpenApiParameter:
    number = parameter.schema["type"] == "integer"
    example = OpenApiExample("example", int(parameter.example) if number else parameter.example)
    said = parameter.description
    return OpenApiParameter(
        parameter.name, parameter.schema, OpenApiParameter.QUERY, description=said, examples=[example]
    )


def _path(place: Place) -> OpenApiParameter:
    return OpenApiParameter(
        place.name,
        {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
        OpenApiParameter.PATH,
        description=place.description,
        examples=[OpenApiExample("example", place.example)],
    )


def _shown(form: type[serializers.Serializer[Any]], example: Any) -> Any:
    """An example in the form that is sent, on the site of the examples."""
    text = json.dumps(present(form, example), default=str, ensure_ascii=False)
    return json.loads(text.replace(settings.BASE_URL, EXAMPLE_SITE))


def _titles(status: int) -> str:
    return " / ".join(f"{problem.title} ({problem.code})" for problem in PROBLEMS.values() if problem.status == status)


def _header(name: str, description: str, statuses: list[int]) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description, response=statuses or False)


IF_NONE_MATCH = _header("If-None-Match", "The ETag of the answer that you have. If it is still right you get 304.", [])
ACCEPT_LANGUAGE = _header("Accept-Language", "The languages that you want, best first.", [])
ETAG = _header("ETag", "The tag of this answer. Send it back as If-None-Match.", [200, 304])
CONTENT_LANGUAGE = _header("Content-Language", "The languages of the words in the answer.", [200])
RETRY_AFTER = _header("Retry-After", "Seconds to wait.", [429, 503])
WWW_AUTHENTICATE = _header("WWW-Authenticate", "What is wrong with the token, in the words of RFC 6750.", [401, 403])
