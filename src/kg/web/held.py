"""Memory that strangers fill: bodies that requests hold at once, by all clients together.

Each body has a limit of its own; so many of them at the limit would still be more than there is. What a request holds
it gives back with its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import BusyError

_KEY = "kg.held"
_UNPACKED_AT_ONCE = 2
_UNCOUNTED = 1 << 16
"""Bytes that any request may hold beside: there are no more of these than connections."""


@dataclass(slots=True)
class _Held:
    """What one request holds of what all may hold."""

    total: _Total
    size: int = 0


@dataclass(slots=True)
class _Total:
    most: int
    unpacking: anyio.CapacityLimiter
    size: int = 0


class HeldBodies:
    """Bounds the bytes of bodies that are held at once by requests to `app`."""

    def __init__(self, app: ASGIApp, *, most_bytes: int) -> None:
        """Stand before `app`, in which all requests together may hold `most_bytes`."""
        self.app = app
        self._total = _Total(most_bytes, anyio.CapacityLimiter(_UNPACKED_AT_ONCE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        held = _Held(self._total)
        try:
            await self.app({**scope, _KEY: held}, receive, send)
        finally:
            self._total.size -= held.size


def hold(request: Request, size: int) -> None:
    """Note that `request` holds `size` more bytes until it is answered.

    Raises:
        BusyError: all requests together would hold too much.
    """
    held: _Held = request.scope[_KEY]
    held.size += size
    held.total.size += size
    if held.total.size > held.total.most and held.size > _UNCOUNTED:
        raise BusyError("too many large requests are being answered already: try again in some seconds")


async def unpack_one(request: Request, unpack: Callable[[bytes, str], bytes], body: bytes, encoding: str) -> bytes:
    """What `unpack` makes of the body of `request`, in its turn: how large that is, nobody knows before."""
    held: _Held = request.scope[_KEY]
    return await anyio.to_thread.run_sync(unpack, body, encoding, limiter=held.total.unpacking)
