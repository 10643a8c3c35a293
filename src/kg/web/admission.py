"""How many requests one client may make: a bucket each, filled evenly, that every request takes from."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

DEFAULT_PER_MINUTE = 1200
"""What a client elsewhere may do where no setting says."""

_MOST_CLIENTS = 20_000
_IPV6_PREFIX = 64  # what one customer of a provider has


@dataclass(slots=True)
class _Bucket:
    """What a client may still do, as of the monotonic time `since`."""

    left: float
    since: float


class RequestLimit:
    """Answers 429 to a client that asks too often (RFC 6585, 4)."""

    def __init__(self, app: ASGIApp, *, per_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Stand before `app`; without `per_minute` requests of this machine itself are not counted."""
        self.app = app
        self._per_minute = per_minute or DEFAULT_PER_MINUTE
        self._counts_own = per_minute is not None
        self._clock = clock
        self._buckets: LRUCache[str, _Bucket] = LRUCache(_MOST_CLIENTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http":
            seconds = self._take(scope)
            if seconds > 0:
                await _refuse(self._per_minute, seconds)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, scope: Scope) -> float:
        """How many seconds the client must wait; 0 where it need not, and this request is counted."""
        client = _client_of(scope)
        if client is None or (not self._counts_own and client == "own"):
            return 0.0
        now = self._clock()
        bucket = self._buckets.setdefault(client, _Bucket(self._per_minute, now))
        bucket.left = min(self._per_minute, bucket.left + (now - bucket.since) * self._per_minute / 60)
        bucket.since = now
        if bucket.left < 1:
            return (1 - bucket.left) * 60 / self._per_minute
        bucket.left -= 1
        return 0.0


def _client_of(scope: Scope) -> str | None:
    """What stands for the client: its address, or of an IPv6 one the network; `own` for this machine."""
    client = scope.get("client")
    if client is None:
        return None
    host = str(client[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return "own"
    if address.version == 6:
        return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
    return str(address)


def _refuse(per_minute: int, seconds: float) -> JSONResponse:
    detail = f"more than {per_minute} requests in a minute (KG_REQUESTS_PER_MINUTE): wait {seconds:.0f} s"
    problem = {"type": "about:blank", "title": "Too Many Requests", "status": 429, "detail": detail}
    headers = {"Retry-After": str(int(seconds) + 1)}
    return JSONResponse(problem, 429, headers, media_type="application/problem+json")
