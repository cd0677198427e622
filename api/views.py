"""What all addresses of the API have in common: token, parameters, "not modified", languages."""

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from api.conditional import entity_tag, known_tag, zip_if_wanted
from api.languages import wanted_languages
from api.parameters import LANGUAGE, Parameter, Place, read_parameters
from api.permissions import CONTENT_READ, may_read_closed
from lms.shared.refusals import NotHere
from modules.content_stamps import CLOSED, in_order

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

VARY = ("Authorization", "Accept", "Accept-Language", "Accept-Encoding")


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

    def stamp(self, request: Request) -> "Combinable | None":
        """What to read in the same statement as the token."""
        return None

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)


class ContentView(ApiView):
    """A part of the content, in the caller's language, with an ETag.

    The stamp is read before the content. An import in between makes the tag too old, never too new: the next request
    fetches once more and nobody keeps a stale text.
    """

    serializer_class: ClassVar[type[Serializer[Any]]]
    example: ClassVar[Any]
    place: ClassVar[Place | None] = None
    wanted: tuple[str, ...]
    closed_too: bool

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.wanted = self.languages(request)
        self.closed_too = may_read_closed(request)

    def get(self, request: Request, **kwargs: str) -> Response:
        tag = self._tag(request)
        if known := known_tag(request, tag):
            return _with_headers(Response(status=304), known)
        answer = self.answer(**kwargs)
        response = _with_headers(Response(present(self.serializer_class, answer)), tag)
        response["Content-Language"] = ", ".join(self.spoken_in(answer))
        zip_if_wanted(request, response)
        return response

    def languages(self, request: Request) -> tuple[str, ...]:
        return wanted_languages(request.query_params, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))

    def answer(self, **kwargs: str) -> Any:
        """The shape that the serializer takes. Raises NotHere."""
        raise NotImplementedError

    def spoken_in(self, answer: Any) -> list[str]:
        return [answer.language]

    def _tag(self, request: Request) -> str:
        stamp: str | None = getattr(request.auth, "stamp", None)
        if stamp is None or (stamp.startswith(CLOSED) and not self.closed_too):
            raise NotHere
        asked = [f"{name}={value}" for name, value in sorted(self.asked.items()) if name != LANGUAGE.name]
        return entity_tag(request.path, *asked, ",".join(self.wanted), str(self.closed_too), in_order(stamp))


def present(serializer_class: type[Serializer[Any]], answer: Any) -> Any:
    """The answer in plain values."""
    return _made(serializer_class).to_representation(answer)


@cache
def _made(serializer_class: type[Serializer[Any]]) -> Serializer[Any]:
    """One serializer serves all requests: making its fields takes longer than using them, and they remember nothing."""
    return serializer_class()


def _with_headers(response: Response, tag: str) -> Response:
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, VARY)
    return response
