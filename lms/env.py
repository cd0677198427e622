"""Typed readers of the environment. A wrong value stops the start with the variable's name and an example (O-12)."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class WrongSetting(Exception):
    """A variable of the environment cannot be used. The message names it and shows an example."""

    def __init__(self, name: str, what: str, example: str) -> None:
        super().__init__(f"{name}: {what}. Example: {name}={example}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable. Raises WrongSetting for any other word."""
    value = os.environ.get(name, "").strip().lower()
    if name not in os.environ:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise WrongSetting(name, f"“{value}” is neither yes nor no", "1")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """Read a whole number. Raises WrongSetting if it is no number or not between low and high."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise WrongSetting(name, f"“{value}” is not a whole number from {low} to {high}", str(default))
    return int(value)


def url(name: str, default: str, *, schemes: tuple[str, ...], example: str) -> str:
    """Read an address. Raises WrongSetting for an unknown scheme, a missing host or a port that is none."""
    value = text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  raises ValueError for a port out of range
    except ValueError as error:
        raise WrongSetting(name, f"“{_without_password(value)}” is not an address ({error})", example) from error
    has_place = bool(parts.hostname) or (parts.scheme == "unix" and bool(parts.path)) or "host" in parse_qs(parts.query)
    if parts.scheme not in schemes or not has_place:
        raise WrongSetting(name, f"“{_without_password(value)}” is not an address of the kind {', '.join(schemes)}", example)
    return value


def secret(name: str) -> str:
    """Read NAME, or the file that NAME_FILE names. Raises WrongSetting if that file cannot be read or is empty."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name)
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise WrongSetting(f"{name}_FILE", f"the file cannot be read ({error.strerror})", "/run/secrets/key") from error
    if not value:
        raise WrongSetting(f"{name}_FILE", "the file is empty", "/run/secrets/key")
    return value


def smtp(address: str) -> dict[str, object]:
    """Django's mail settings for smtp://user:password@host:port?tls=true."""
    parts, query = urlsplit(address), parse_qs(urlsplit(address).query)
    return {
        "EMAIL_BACKEND": "lms.people.mail_backends.SmtpBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": query.get("tls", ["false"])[0] == "true",
        "EMAIL_USE_SSL": query.get("ssl", ["false"])[0] == "true",
    }


def _without_password(value: str) -> str:
    head, at, tail = value.rpartition("@")
    return f"{head.split('://')[0]}://…{at}{tail}" if at else value
