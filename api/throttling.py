"""So many requests a minute for a token, or for a network without one. Without the shared cache there is no limit."""

import hashlib
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds


class ClientThrottle(BaseThrottle):
    """Counts in the shared cache, where two processes cannot both take the last place (S-05)."""

    def allow_request(self, request: Request, view: Any) -> bool:
        client = f"token:{request.auth.pk}" if request.auth else f"network:{_network(self.get_ident(request))}"
        return not settings.API_RATE or count(client) <= settings.API_RATE

    def wait(self) -> float:
        return WINDOW - time.time() % WINDOW


def count(client: str) -> int:
    """How many requests this client made in the present minute, this one included; 1 when the cache is away.

    The minute is part of the key, so a count that outlives it harms nobody.
    """
    window = int(time.time() // WINDOW)
    key = f"api:{hashlib.sha256(client.encode()).hexdigest()[:32]}:{window}"
    if own := getattr(cache, "count", None):
        return int(own(key, 2 * WINDOW))
    cache.add(key, 0, timeout=2 * WINDOW)  # any other cache: of several who come first, one makes the counter
    return cache.incr(key)


def _network(address: str | None) -> str:
    """An address, or the /64 of one in IPv6, where a single machine has 2^64 of them."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
