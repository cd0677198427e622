"""Where somebody may be sent on to: a page of ours, written as a path, and nothing else (S-10)."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(address: str | None) -> bool:
    """Whether `address` is a plain path of this site. Full addresses are not, even of this host: nobody needs them."""
    if not address or not address.startswith("/") or "//" in address.partition("?")[0] or "/.." in address:
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)
