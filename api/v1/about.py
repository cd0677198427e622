"""What the API says about itself, to everybody: where things are, its document, its page."""

import json
from functools import cache
from typing import Any, ClassVar

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import api_url
from api.conditional import SCHEMA_FILE, entity_tag, known_tag, zip_if_wanted
from api.problems import PROBLEMS
from api.reference import curl, operations
from api.v1.content.serializers import IndexSerializer
from api.views import ApiView, present

LINKS = ("programmes", "modules", "lessons", "glossary", "facts", "changes", "schema", "docs")


class OpenView(ApiView):
    """For everybody, without a token."""

    has_tag: ClassVar[bool] = False
    authentication_classes = ()
    permission_classes = ()


class Index(OpenView):
    """Where everything is. Needs no token."""

    serializer_class = IndexSerializer

    @property
    def example(self) -> dict[str, Any]:
        return {
            "title": settings.SPECTACULAR_SETTINGS["TITLE"],
            "version": "v1",
            "links": {name: api_url(name) for name in LINKS},
        }

    def get(self, request: Request) -> Response:
        return Response(present(IndexSerializer, self.example))


class Text(BaseRenderer):
    """What is ready to be sent."""

    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        return data


class Yaml(Text):
    media_type = "application/yaml"
    format = "yaml"


class OpenApiYaml(Text):
    media_type = "application/vnd.oai.openapi"
    format = "yaml"


class Json(Text):
    media_type = "application/json"
    format = "json"


class OpenApiJson(Text):
    media_type = "application/vnd.oai.openapi+json"
    format = "json"


class SchemaDocument(OpenView):
    """This API as an OpenAPI 3 document, in YAML or JSON by the header Accept. Needs no token."""

    has_tag = True
    renderer_classes = (OpenApiYaml, Yaml, OpenApiJson, Json)

    def get(self, request: Request) -> Response:
        form = request.accepted_renderer.format
        tag = entity_tag("schema", form)
        if known := known_tag(request, tag):
            return Response(status=304, headers={"ETag": f'"{known}"', "Vary": "Accept, Accept-Encoding"})
        response = Response(schema_text(form), headers={"ETag": f'"{tag}"', "Vary": "Accept, Accept-Encoding"})
        zip_if_wanted(request, response)
        return response


@cache
def schema_text(form: str) -> bytes:
    """The published document, as it stands in the repository."""
    text = SCHEMA_FILE.read_bytes()
    return text if form == "yaml" else json.dumps(yaml.safe_load(text), ensure_ascii=False).encode()


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The API in words, with examples, made from the published document."""
    context = {
        "operations": operations(),
        "problems": PROBLEMS.values(),
        "schema_url": api_url("schema"),
        "first_request": curl("/api/v1/modules/", needs_token=True),
        "rate": settings.API_RATE,
    }
    return TemplateResponse(request, "api/docs.html", context)
