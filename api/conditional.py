"""Strong ETags, "not modified", and gzip."""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

SCHEMA_FILE: Final = Path(__file__).parent / "schema.yml"
SMALL = 500  # bytes; below, gzip gains nothing
VARY = ("Authorization", "Accept-Language", "Accept-Encoding")
ZIPPED = "-gzip"


@cache
def representation() -> str:
    """Which form our answers have. It changes with the service's version, the API's document and the site's address."""
    made_of = (settings.VERSION, settings.BASE_URL, hashlib.sha256(SCHEMA_FILE.read_bytes()).hexdigest())
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def entity_tag(*inputs: str) -> str:
    """A short name for the answer that these inputs lead to, without the quotes."""
    return hashlib.sha256("\x1f".join((representation(), *inputs)).encode()).hexdigest()[:32]


def is_known(request: Request, tag: str) -> bool:
    """Whether the caller says that it has the answer already, zipped or not (RFC 9110, 13.1.2: by weak comparison)."""
    known = {each.removeprefix("W/") for each in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))}
    return bool(known & {"*", f'"{tag}"', f'"{tag}{ZIPPED}"'})


def accepts_gzip(request: Request) -> bool:
    offers = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    return any(offer.startswith("gzip") and not offer.startswith(("gzip;q=0,", "gzip;q=0.0")) and offer != "gzip;q=0" for offer in offers)
