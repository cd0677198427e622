"""Strong ETags, "not modified", and gzip."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.http import parse_etags
from rest_framework.request import Request

SCHEMA_FILE: Final = Path(__file__).parent / "schema.yml"
ZIPPED = "-gzip"
GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?=,|$)", re.I)


@cache
def representation() -> str:
    """Which form our answers have. It changes with the service's version, the API's document and the site's address."""
    made_of = (settings.VERSION, settings.BASE_URL, hashlib.sha256(SCHEMA_FILE.read_bytes()).hexdigest())
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def entity_tag(*inputs: str) -> str:
    """A short name for the answer that these inputs lead to, without the quotes."""
    return hashlib.sha256("\x1f".join((representation(), *inputs)).encode()).hexdigest()[:32]


def known_tag(request: Request, tag: str) -> str | None:
    """The tag under which the caller has this answer already, zipped or not (RFC 9110, 13.1.2: a weak comparison)."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return None
    known = {each.removeprefix("W/") for each in parse_etags(header)}
    return next((each for each in (tag, tag + ZIPPED) if f'"{each}"' in known), tag if "*" in known else None)


def accepts_gzip(request: Request) -> bool:
    return bool(GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def zipped(content: bytes) -> bytes:
    """Compressed, and the same each time. A zipped answer is another representation, so its tag is another one.

    Safe here: what comes from the request and what is secret never stand in the same answer (BREACH).
    """
    return gzip.compress(content, compresslevel=6, mtime=0)
