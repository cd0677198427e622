"""Who is calling: a bearer token in the Authorization header, and nothing else. A cookie opens nothing here (S-11)."""

from typing import TYPE_CHECKING, Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from lms.people.services import find_token
from lms.shared.clock import now

if TYPE_CHECKING:
    from lms.people.models import AccessToken, User

REALM = 'Bearer realm="green-skills"'


class TokenNotValid(AuthenticationFailed):
    """Unknown, revoked, out of date, or of somebody whose account is closed: all the same from outside (S-07)."""

    default_code = "token_not_valid"
    challenge = f'{REALM}, error="invalid_token"'


class BearerAuthentication(BaseAuthentication):
    """Asks the database at each request, so that a revoked token opens nothing at the next one (G-19).

    What the view wants to know beside it is read in the same statement: an unchanged answer costs one.
    """

    def authenticate(self, request: Request) -> "tuple[User, AccessToken] | None":
        scheme, _, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        view: Any = request.parser_context["view"]
        token = find_token(text.strip(), now(), view.beside(request))
        if token is None:
            raise TokenNotValid
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return REALM
