"""Every problem that the API can answer with. The page of the API lists them, and each problem's `type` leads there."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Problem:
    """`title` never varies; `detail` is said when nothing more exact is known."""

    code: str
    status: int
    title: str
    detail: str

    @property
    def type(self) -> str:
        return f"{settings.BASE_URL}/api/v1/docs/#problem-{self.code}"


PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "bad_request", 400, "The request cannot be understood", "It is not the HTTP that this address expects."
        ),
        Problem(
            "bad_parameters", 400, "A query parameter is wrong", "See invalid-params: what is wrong with which one."
        ),
        Problem(
            "unknown_place",
            400,
            "There is no such place in the list",
            "Leave the parameter out to begin anew. Cursors come from this service and end when its data was put back.",
        ),
        Problem("not_authenticated", 401, "A token is needed", "Send it as: Authorization: Bearer gs_…"),
        Problem(
            "token_not_valid",
            401,
            "The token is not valid",
            "It is unknown, out of date or revoked, or its owner's account is closed.",
        ),
        Problem("scope_missing", 403, "The token may not do this", "It lacks the scope that this address asks for."),
        Problem("not_allowed", 403, "This is not allowed", "The owner of the token may not do this."),
        Problem("not_here", 404, "There is nothing here", "It does not exist, or it is not yours to see."),
        Problem("method_not_allowed", 405, "This method is not allowed here", "The header Allow names those that are."),
        Problem("not_acceptable", 406, "No such form of the answer", "Accept application/json, or leave Accept out."),
        Problem("refused", 409, "The service refuses to do this", "As things are, this cannot be done."),
        Problem(
            "too_many_requests",
            429,
            "Too many requests in this minute",
            "The header Retry-After says how many seconds to wait.",
        ),
        Problem("server_error", 500, "Something broke here", "It is written down under the id in instance."),
        Problem("busy", 503, "The service is busy", "Nothing was lost. Try again after the seconds in Retry-After."),
    )
}
