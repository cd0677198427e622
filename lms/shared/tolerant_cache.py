"""Django's Redis cache that answers "not cached" when its server is gone: a dead cache stops no lesson (R-08, R-09).

After a failure the server is left alone for a few seconds, so that a frozen one delays one request and not all.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0


class TolerantRedisCache(RedisCache):
    """Permissions and answers are never kept here: only throttle counters, rendered public pages and signs of life."""

    _silent_until = 0.0

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < TolerantRedisCache._silent_until:
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            TolerantRedisCache._silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("cache out of reach, going on without it for %s s: %s", PAUSE_SECONDS, error)
            return otherwise

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(TolerantRedisCache, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: super(TolerantRedisCache, self).set(*args, **kwargs), None)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(lambda: super(TolerantRedisCache, self).add(*args, **kwargs), True))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(lambda: super(TolerantRedisCache, self).delete(*args, **kwargs), False))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return int(self._try(lambda: super(TolerantRedisCache, self).incr(key, delta, version), delta))

    def count(self, key: str, seconds: int) -> int:
        """How often this was asked for `key` since it was made, this time included. Atomic, in one round trip.

        The count lives for `seconds`. When the server is gone it is 1.
        """
        return int(self._try(lambda: self._count(self.make_and_validate_key(key), seconds), 1))

    def _count(self, key: str, seconds: int) -> int:
        client = self._cache.get_client(key, write=True)
        number = int(client.incr(key))
        if number == 1:
            client.expire(key, seconds)
        return number

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return dict(self._try(lambda: super(TolerantRedisCache, self).get_many(*args, **kwargs), {}))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(lambda: super(TolerantRedisCache, self).touch(*args, **kwargs), False))
