"""Connections that wait for no client forever: what uvicorn leaves to a proxy, kept here for who has none.

A client that does not finish its request, or does not take its answer, in time is cut off; a head of any length is not;
and beyond a number of connections the one that has been idle longest makes room for the newest, beyond an amount of
answers that wait to be taken, the one that takes longest.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

MAX_HEAD_BYTES = 64 * 1024
"""Longest request line and headers."""

MOST_PIPELINED = 100
"""Requests that a connection may send before they are answered."""

MOST_UNTAKEN_BYTES = 256 << 20
"""As much of all answers together may wait in memory for clients that take them slowly."""

# As much as the system takes of an answer before the client does: with more, a slow client would look like one that
# takes nothing.
_SEND_BUFFER = 1 << 17

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 28\r\nconnection: close\r\n\r\n"
    b"the request head is too long"
)


def patient(*, seconds: float, most: int) -> Callable[..., asyncio.Protocol]:
    """What makes protocols for uvicorn: `seconds` a client may take, `most` connections at once."""
    return partial(PatientProtocol, seconds=seconds, most=most)


class PatientProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *, seconds: float, most: int, **uvicorn: Any) -> None:
        """A connection with so many `seconds` for each step, among at most so many."""
        super().__init__(**uvicorn)
        self._seconds = seconds
        self._most = most
        self._waiting_since: float | None = self.loop.time()
        self._body_since = 0.0
        self._head_bytes = 0
        self._pending = 0
        self._stuck_since = 0.0
        self._untaken_since: float | None = None
        self._unanswered: deque[RequestResponseCycle] = deque()
        self._watch_task: asyncio.TimerHandle | None = None

    @property
    def untaken(self) -> tuple[float, int]:
        """Since when its client has answers to take, and how many bytes they are."""
        now = self.loop.time()
        return (now if self._untaken_since is None else self._untaken_since), self.transport.get_write_buffer_size()

    @property
    def idle_since(self) -> float | None:
        """Since when it waits for a request, on the clock of the loop; None while it answers one."""
        return self._waiting_since

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Make room, and keep an eye on it."""
        super().connection_made(transport)
        if connected := transport.get_extra_info("socket"):
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._watch_task = self.loop.call_later(self._seconds / 2, self._watch)
        if len(self.connections) > self._most:
            self._drop_idlest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no longer, and let all that is still to be answered know; uvicorn tells the last request alone."""
        if self._watch_task:
            self._watch_task.cancel()
        for cycle in self._unanswered:
            cycle.disconnected = True
            cycle.message_event.set()
        self.pipeline.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless the head has become too long."""
        if self._waiting_since is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """A request has begun."""
        self._waiting_since = None
        self._head_bytes = 0
        self._body_since = self.loop.time()
        if len(self._unanswered) >= MOST_PIPELINED:
            raise ValueError("too many requests at once on one connection")  # the parser stops; uvicorn answers 400
        super().on_headers_complete()
        self._unanswered.append(self.cycle)

    def on_response_complete(self) -> None:
        """It waits for the next."""
        self._unanswered.popleft()
        super().on_response_complete()
        if self.cycle is None or self.cycle.response_complete:
            self._waiting_since = self.loop.time()
        if self.transport.get_write_buffer_size() > _SEND_BUFFER:
            self._untaken_since = self._untaken_since or self.loop.time()
            self._drop_slowest()

    def _watch(self) -> None:
        """Cut the connection where the client took too long."""
        self._watch_task = self.loop.call_later(self._seconds / 2, self._watch)
        now = self.loop.time()
        pending = self.transport.get_write_buffer_size()
        if pending == 0 or pending != self._pending:
            self._stuck_since = now
        if pending == 0:
            self._untaken_since = None
        self._pending = pending
        if pending and self._waiting_since is not None:
            self._waiting_since = now  # it has its answer only when it has taken it
        oldest = now - self._seconds
        is_stuck = self._stuck_since <= oldest
        is_idle = self._waiting_since is not None and self._waiting_since < oldest
        # The route itself answers 408 in time; this is for bodies that no route reads.
        is_sending = (
            self._waiting_since is None
            and self.cycle is not None
            and self.cycle.more_body
            and self._body_since < oldest - self._seconds
        )
        if is_stuck or is_idle or is_sending:
            self.transport.abort()

    def _drop_idlest(self) -> None:
        idle = [other for other in self.connections if isinstance(other, PatientProtocol) and other is not self]
        since = {other: other.idle_since for other in idle if other.idle_since is not None}
        chosen = min(since, key=lambda other: since[other] or 0.0) if since else self
        chosen.transport.abort()

    def _drop_slowest(self) -> None:
        """Cut off who takes longest, where too much waits to be taken."""
        untaken = {other: other.untaken for other in self.connections if isinstance(other, PatientProtocol)}
        if sum(size for _, size in untaken.values()) > MOST_UNTAKEN_BYTES:
            slow = (other for other, (_, size) in untaken.items() if size)
            min(slow, key=lambda other: untaken[other][0]).transport.abort()
