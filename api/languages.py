"""Which languages the caller wants, best first."""

import re

from django.conf import settings
from django.http import QueryDict
from django.utils.translation.trans_real import parse_accept_lang_header

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
AT_MOST = 5


def wanted_languages(query: QueryDict, header: str) -> tuple[str, ...]:
    """What `?language=` says, else the header Accept-Language; nothing when neither does. Slips are left out."""
    if "language" in query:
        asked = [str(query["language"])]
    else:
        asked = [tag for tag, weight in parse_accept_lang_header(header) if weight]
    return tuple(dict.fromkeys(_known(tag) for tag in asked if TAG.fullmatch(tag)))[:AT_MOST]


def _known(tag: str) -> str:
    """`bg-BG` is `bg` where nothing nearer exists."""
    tag = tag.lower()
    base = tag.split("-")[0]
    codes = {code.lower() for code, _name in settings.LANGUAGES}
    return base if tag not in codes and base in codes else tag
