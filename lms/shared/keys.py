"""What a content key looks like, and which words addresses need for themselves."""

import re

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])")
RESERVED = frozenset(
    {"new", "edit", "guide", "print", "api", "admin", "static", "assets", "complete", "search", "me", "train"}
)


def is_key(text: str) -> bool:
    """Lower case latin letters, digits and hyphens, 2 to 60 characters, no hyphen at either end."""
    return bool(KEY.fullmatch(text)) and "--" not in text
