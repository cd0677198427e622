"""Equal content has an equal digest, whatever the order of keys or the line ends in its files (C-20)."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def digest_of(value: Any) -> str:
    """sha256 of the canonical JSON. Decimals count by value: 0.8 and 0.80 are one."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# Where something stands on disk is not content, nor is what a package promises of itself. A picture counts by its
# digest.
_PLACES = frozenset({"file", "line", "body_line", "content", "limits"})


def content_of(value: Any) -> Any:
    """A package or a part of it as dicts and lists, without places in files."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (field.name for field in dataclasses.fields(value))
        return {name: content_of(getattr(value, name)) for name in fields if name not in _PLACES}
    if isinstance(value, Mapping):
        return {key: content_of(each) for key, each in value.items()}
    return [content_of(each) for each in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"no canonical form for {type(value).__name__}")
