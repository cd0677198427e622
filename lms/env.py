"""Typed readers of the environment. A wrong value stops the start with the variable's name and an example (O-12)."""

import difflib
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

KNOWN: set[str] = set()  # every name that was asked for
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class WrongSetting(Exception):
    """A variable of the environment cannot be used. The message names it and shows an example."""

    def __init__(self, name: str, what: str, example: str, *, meant: str = "") -> None:
        super().__init__(f"{name}: {what}. Example: {meant or name}={example}")


def text(name: str, default: str = "") -> str:
    KNOWN.add(name)
    return os.environ.get(name, "").strip() or default


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """Read one of a few words, in whatever case. Raises WrongSetting for any other."""
    value = text(name, default).upper()
    if value not in among:
        raise WrongSetting(name, f"“{value}” is none of {', '.join(among)}", default)
    return value


def folder(name: str, default: Path) -> Path:
    """Read the path of a folder, and make it. Raises WrongSetting if it cannot be made or written to."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            name, f"the folder “{path}” cannot be made ({error.strerror})", "/srv/green-skills"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise WrongSetting(name, f"the folder “{path}” cannot be written to", "/srv/green-skills")
    return path


def refuse_misspelt() -> None:
    """Call it when all settings are read. Raises WrongSetting for a name so near to a known one that it was meant."""
    for name in sorted(name for name in os.environ if name.startswith("LMS_") and name not in KNOWN):
        if near := difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.85):
            raise WrongSetting(name, f"there is no such setting; {near[0]} was meant", "…", meant=near[0])


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable. Raises WrongSetting for any other word."""
    value = text(name).lower()
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
        raise WrongSetting(
            name, f"“{_without_password(value)}” is not an address of the kind {', '.join(schemes)}", example
        )
    return value


def secret(name: str) -> str:
    """Read NAME, or the file that NAME_FILE names. Raises WrongSetting if that file cannot be read or is empty."""
    value, path = text(name), text(f"{name}_FILE")
    if not path:
        return value
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise WrongSetting(f"{name}_FILE", f"the file cannot be read ({error.strerror})", "/run/secrets/key") from error
    if not value:
        raise WrongSetting(f"{name}_FILE", "the file is empty", "/run/secrets/key")
    return value


def smtp(address: str) -> dict[str, object]:
    """Django's mail settings for smtp://user:password@host:port?tls=true. Raises WrongSetting for other options."""
    parts, query = urlsplit(address), parse_qs(urlsplit(address).query)
    if query not in ({}, *({option: [value]} for option in ("tls", "ssl") for value in ("true", "false"))):
        what = "after the “?” may stand tls=true or ssl=true"
        raise WrongSetting("LMS_EMAIL_URL", what, "smtp://mail.example.org:587?tls=true")
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
