"""The counts that all processes share (codes used once, attempts): in Redis or Valkey, here alone while it is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

log = logging.getLogger(__name__)
PAUSE = 5.0  # seconds before a server that did not answer is asked again


def _shared(name: str) -> Callable[..., Any]:
    """Return a method of the shared cache that this process answers alone while the server does not."""

    def asked(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                self.away_until = time.monotonic() + PAUSE
                log.warning("counts are kept in this process alone: %s", error)
        return getattr(self.alone, name)(*args, **kwargs)

    return asked


class SharedCache(RedisCache):
    """Django's cache in Redis that stops nobody from logging in when Redis is away, and empties its own keys only."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.alone = LocMemCache("counts", {key: value for key, value in params.items() if key != "OPTIONS"})
        self.away_until = 0.0

    add, get, set, touch = _shared("add"), _shared("get"), _shared("set"), _shared("touch")
    delete, has_key, incr = _shared("delete"), _shared("has_key"), _shared("incr")
    get_many, set_many, delete_many = _shared("get_many"), _shared("set_many"), _shared("delete_many")

    def clear(self) -> None:
        """Forget every count of this installation; what else the server keeps stays."""
        self.alone.clear()
        client = self._cache.get_client(None, write=True)
        if keys := list(client.scan_iter(match=f"{self.key_prefix}:*", count=1000)):
            client.delete(*keys)
