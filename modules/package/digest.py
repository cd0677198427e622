"""Equal content has an equal digest, whatever the order of keys or the line ends in its files (C-20)."""

import hashlib
import json
from decimal import Decimal
from typing import Any


def digest_of(value: Any) -> str:
    """sha256 of the canonical JSON of dicts, lists, texts, numbers and None. Decimals count by value: 0.8 and 0.80 are one."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"no canonical form for {type(value).__name__}")
