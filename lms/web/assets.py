"""Pictures of lessons, by their digest: what is behind such an address never changes."""

from django.http import HttpRequest, HttpResponse

from modules.selectors import asset_file

FOR_A_YEAR = "public, max-age=31536000, immutable"
# A drawing opened by itself may style itself and nothing else (C-09).
OWN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    file = asset_file(digest)
    response = HttpResponse(file.content, content_type=file.media_type)
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.headers["Content-Security-Policy"] = OWN_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
