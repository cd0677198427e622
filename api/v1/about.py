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
from api.conditional import SCHEMA_FILE, ZIPPED, accepts_gzip, entity_tag, known_tag, zipped
from api.problems import PROBLEMS
from api.reference import curl, operations
from api.v1.content.serializers import IndexSerializer
from api.views import ApiView, present, without_body

LINKS = (
    *("programmes", "modules", "lessons", "calculators", "tasks", "stories"),
    *("glossary", "facts", "changes", "schema", "docs"),
)


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


# Forms of the document: for choosing by the header Accept. The text is ready; nothing is rendered.


class Yaml(BaseRenderer):
    media_type = "application/yaml"
    format = "yaml"


class OpenApiYaml(BaseRenderer):
    media_type = "application/vnd.oai.openapi"
    format = "yaml"


class Json(BaseRenderer):
    media_type = "application/json"
    format = "json"


class OpenApiJson(BaseRenderer):
    media_type = "application/vnd.oai.openapi+json"
    format = "json"


class SchemaDocument(OpenView):
    """This API as an OpenAPI 3 document, in YAML or JSON by the header Accept. Needs no token."""

    has_tag = True
    renderer_classes = (OpenApiYaml, Yaml, OpenApiJson, Json)

    def get(self, request: Request) -> HttpResponse:
        form = request.accepted_renderer.format
        tag = entity_tag("schema", form)
        if known := known_tag(request, tag):
            response, tag = without_body(304), known
        elif accepts_gzip(request):
            response, tag = HttpResponse(schema_text(form, True)), tag + ZIPPED
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(schema_text(form, False))
        if response.status_code == 200:
            response["Content-Type"] = request.accepted_renderer.media_type
        response["ETag"], response["Vary"] = f'"{tag}"', "Accept, Accept-Encoding"
        return response


@cache
def schema_text(form: str, zip_it: bool) -> bytes:
    """The published document, as it stands in the repository."""
    text = SCHEMA_FILE.read_bytes()
    if form == "json":
        text = json.dumps(yaml.safe_load(text), ensure_ascii=False).encode()
    return zipped(text) if zip_it else text


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
