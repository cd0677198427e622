"""What all addresses of the API have in common: token, parameters, "not modified", languages."""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from api.conditional import ZIPPED, accepts_gzip, entity_tag, known_tag, zipped
from api.languages import wanted_languages
from api.parameters import LANGUAGE, Parameter, Place, read_parameters
from api.permissions import CONTENT_READ, may_read_closed
from lms.shared.kept import Shelves
from lms.shared.prepared import Beside
from lms.shared.refusals import NotHere
from modules.content.stamps import CLOSED, in_order

KEPT = 200  # answers about one thing, a lesson of 20 kB being a large one
VARY = ("Authorization", "Accept", "Accept-Language", "Accept-Encoding")


@dataclass(frozen=True, slots=True)
class Body:
    content: bytes
    language: str


# By their tag. Only content is kept, never who may see it: the token and the stamp that a tag is made from are read
# anew for each request, and the tag of one thing holds all that its answer shows.
_bodies: Shelves[Body] = Shelves(KEPT)


class ApiView(APIView):
    """An address that reads its parameters by name and refuses others, and answers OPTIONS with what is allowed."""

    parameters: ClassVar[tuple[Parameter, ...]] = ()
    scope: ClassVar[str] = CONTENT_READ
    asked: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except (NotAuthenticated, AuthenticationFailed, PermissionDenied):
            self.check_throttles(request)  # who knocks with wrong tokens is counted too
            raise
        self.asked = read_parameters(request.query_params, self.parameters)

    def beside(self, request: Request) -> Beside | None:
        """What to read in the same statement as the token."""
        return None

    def options(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # no body
        return without_body(204)


class ContentView(ApiView):
    """A part of the content, in the caller's language, with an ETag.

    The stamp is read before the content. An import in between makes the tag too old, never too new: the next request
    fetches once more and nobody keeps a stale text.
    """

    serializer_class: ClassVar[type[Serializer[Any]]]
    example: ClassVar[Any]
    place: ClassVar[Place | None] = None
    stamps: ClassVar[tuple[str, ...]] = ("stamp",)
    wanted: tuple[str, ...]
    closed_too: bool

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.wanted = self.languages(request)
        self.closed_too = may_read_closed(request)

    def get(self, request: Request, **kwargs: str) -> HttpResponse:
        tag = self._tag(request)
        if known := known_tag(request, tag):
            return _with_headers(without_body(304), known)
        if accepts_gzip(request):
            tag += ZIPPED
        body = self._body(tag, **kwargs)
        response = _with_headers(HttpResponse(body.content, content_type=JSONRenderer.media_type), tag)
        response["Content-Language"] = body.language
        if tag.endswith(ZIPPED):
            response["Content-Encoding"] = "gzip"
        return response

    def languages(self, request: Request) -> tuple[str, ...]:
        return wanted_languages(request.query_params, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))

    def answer(self, **kwargs: str) -> Any:
        """The shape that the serializer takes. Raises NotHere."""
        raise NotImplementedError

    def spoken_in(self, answer: Any) -> list[str]:
        return [answer.language]

    def _tag(self, request: Request) -> str:
        stamps: list[str | None] = [getattr(request.auth, name) for name in self.stamps]
        if stamps[0] is None or (stamps[0].startswith(CLOSED) and not self.closed_too):
            raise NotHere
        asked = [f"{name}={value}" for name, value in sorted(self.asked.items()) if name != LANGUAGE.name]
        inputs = (request.path, *asked, ",".join(self.wanted), str(self.closed_too))
        return entity_tag(*inputs, *(in_order(stamp or "") for stamp in stamps))

    def _body(self, tag: str, **kwargs: str) -> Body:
        """The answer, ready to be sent. About one thing, whose tag holds all that is shown of it, answers are kept."""
        if self.place and (kept := _bodies.find(tag)):
            return kept
        answer = self.answer(**kwargs)
        content = JSONRenderer().render(present(self.serializer_class, answer))
        body = Body(zipped(content) if tag.endswith(ZIPPED) else content, ", ".join(self.spoken_in(answer)))
        if self.place:
            _bodies.keep(tag, body)
        return body


def present(serializer_class: type[Serializer[Any]], answer: Any) -> Any:
    """The answer in plain values."""
    return _made(serializer_class).to_representation(answer)


@cache
def _made(serializer_class: type[Serializer[Any]]) -> Serializer[Any]:
    """One serializer serves all requests: making its fields takes longer than using them, and they remember nothing."""
    return serializer_class()


def without_body(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    del response["Content-Type"]
    return response


def _with_headers(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, VARY)
    return response
