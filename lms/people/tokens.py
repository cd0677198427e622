"""Secrets that are shown once and kept as digests: access tokens and invitation links. No database here (S-07)."""

import hashlib
import secrets

SCOPES = ("content:read",)  # what a program may ask for
PREFIX = "gs_"
SHOWN = 12  # how many letters of an access token may be seen again, to tell one from another


def new_secret() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def new_access_token() -> str:
    return PREFIX + new_secret()


def digest(text: str) -> str:
    """SHA-256 in hex. No salt and no stretching: what is hashed has 256 random bits already."""
    return hashlib.sha256(text.encode()).hexdigest()
