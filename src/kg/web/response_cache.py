"""Answers given again: the same request, of the same generation of the index, costs next to nothing and is never stale.

A response may be kept where it is a pure function of the request and the generation: a GET or a query by POST, without
credentials, answered by 200, with no word of its own on caching. It is marked with an entity tag of both, and a request
that names this tag is answered by 304 (RFC 9110, 13.1.2) as long as the generation stands. Of the same requests at the
same time one is answered, and the others wait for its answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import anyio
from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.web.accounting import Account, account_of

MAX_BODY = 100_000
"""Longest query by POST that is looked up."""

_PATIENCE = 0.5  # seconds; a client that is slower is answered all the same
_MOST_ACCOUNTS = 20_000
_HEAD = 1000  # bytes, about, that headers and key take
_PIECE = 1 << 18  # bytes
_SHARE = 8  # the largest response kept is this part of all
_KEYED = ("accept", "accept-encoding", "content-encoding", "content-type", "host", "origin")
_REVALIDATE = "no-cache"
_SOFTWARE = __version__.encode()  # a new version may show the same generation in another way


@dataclass(frozen=True, slots=True)
class Kept:
    """One response."""

    start: Message
    body: bytes


@dataclass(slots=True)
class _Flight:
    """A request being answered, which others like it wait for until it has `landed`."""

    landed: anyio.Event = field(default_factory=anyio.Event)


class ResponseCache:
    """Keeps responses of `app`, as many as `max_bytes` hold."""

    def __init__(self, app: ASGIApp, *, generation: Callable[[], int | None], max_bytes: int) -> None:
        """Stand before `app`; `generation` gives the one that would answer now, or None where that is not known."""
        self.app = app
        self._generation = generation
        self._max_bytes = max_bytes
        self._kept: LRUCache[bytes, Kept] = LRUCache(max(max_bytes, 1), getsizeof=_size_of)
        self._accounts: LRUCache[bytes, Account] = LRUCache(_MOST_ACCOUNTS)
        self._flights: dict[bytes, _Flight] = {}
        self._recorded = 0  # bytes of responses on their way, which may be kept once they are whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        generation = self._generation() if _may_be_kept(scope, headers) else None
        if generation is None:
            await self.app(scope, receive, send)
            return
        body, receive = await _read_ahead(receive) if scope["method"] == "POST" else (b"", receive)
        if body is None:
            await self.app(scope, receive, send)
            return
        key = _digest(generation, scope, headers, body)
        tag = f'W/"{key.hex()}"'
        if scope["method"] == "GET" and tag in _tags(headers):
            self._recall(scope, key)
            await _send_not_modified(send, tag)
            return
        await self._answer(scope, receive, send, key=key, tag=tag, generation=generation)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, *, key: bytes, tag: str, generation: int
    ) -> None:
        if flight := self._flights.get(key):
            await flight.landed.wait()
        kept = self._kept.get(key)
        if kept is not None:
            self._recall(scope, key)
            await _give_again(kept, send)
            return
        account = account_of(scope)
        account.cached = False
        flight = _Flight()
        mine = self._flights.setdefault(key, flight) is flight
        recorder = _Recorder(send, tag, lambda: self._generation() == generation, self._max_bytes // _SHARE)

        async def record(message: Message) -> None:
            # The start waits for the first of the body: while this client is slow to take anything, no other waits.
            if message["type"] == "http.response.start":
                recorder.begin(message)
                return
            before = recorder.size
            kept, start = recorder.take(message)
            self._recorded += recorder.size - before
            if self._recorded > self._max_bytes:
                recorder.forget()
            if recorder.may_be_kept:
                self._accounts[key] = replace(account)
            if kept is not None:
                self._kept[key] = kept
            if mine:
                self._land(key, flight)
            if start is not None:
                await send(start)
            await send(message)

        try:
            await self.app(scope, receive, record)
        finally:
            self._recorded -= recorder.size
            if mine:
                self._land(key, flight)

    def _recall(self, scope: Scope, key: bytes) -> None:
        """Tell in the account of a request what was told when it was answered first."""
        account = account_of(scope)
        account.cached = True
        if told := self._accounts.get(key):
            account.recall(told)

    def _land(self, key: bytes, flight: _Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        flight.landed.set()


class _Recorder:
    """Marks a response on its way, and gives it as a whole where it may be kept."""

    def __init__(self, send: Send, tag: str, is_current: Callable[[], bool], most: int) -> None:
        self._tag = tag
        self._is_current = is_current
        self._most = most
        self._start: Message | None = None
        self._kept_start: Message = {}
        self._parts: list[bytes] = []
        self.size = 0
        self.may_be_kept = False

    def begin(self, start: Message) -> None:
        """Take the start of a response, to be given back by `take`."""
        self._start = start
        self.may_be_kept = self._mark(start)

    def take(self, message: Message) -> tuple[Kept | None, Message | None]:
        """The response, where this is the last of its body and it may be kept; and its start, with the first."""
        start, self._start = self._start, None
        if start is not None:
            self._kept_start = {**start, "headers": list(start["headers"])}
        if not self.may_be_kept:
            return None, start
        self._parts.append(message.get("body", b""))
        self.size += len(self._parts[-1])
        if self.size + _HEAD > self._most:
            self.forget()
            return None, start
        if message.get("more_body", False):
            return None, start
        return Kept(self._kept_start, b"".join(self._parts)), start

    def forget(self) -> None:
        """Keep nothing of it; what was recorded counts until the response is over."""
        self.may_be_kept = False
        self._parts.clear()

    def _mark(self, start: Message) -> bool:
        """Whether the response may be kept; then it says so itself."""
        headers = MutableHeaders(scope=start)
        is_own = any(name in headers for name in ("cache-control", "etag", "set-cookie"))
        if start["status"] != 200 or is_own or not self._is_current():
            return False
        headers["ETag"] = self._tag
        headers["Cache-Control"] = _REVALIDATE
        return True


async def _give_again(kept: Kept, send: Send) -> None:
    """Send a response that was kept, in pieces: no more of it waits for a client than one of them."""
    # A copy: whoever stands before this adds headers of its own.
    await send({**kept.start, "headers": list(kept.start["headers"])})
    view = memoryview(kept.body)
    while len(view) > _PIECE:
        await send({"type": "http.response.body", "body": bytes(view[:_PIECE]), "more_body": True})
        view = view[_PIECE:]
    await send({"type": "http.response.body", "body": bytes(view)})


def _size_of(kept: Kept) -> int:
    return len(kept.body) + _HEAD


def _may_be_kept(scope: Scope, headers: Headers) -> bool:
    """Whether the answer to a request may be kept, as far as the request tells."""
    if scope["type"] != "http" or "authorization" in headers or "range" in headers:
        return False
    if scope["method"] == "GET":
        return True
    length = headers.get("content-length", "")
    is_short = length.isdecimal() and int(length) <= MAX_BODY
    return scope["method"] == "POST" and scope["path"].endswith("/sparql") and is_short


def _digest(generation: int, scope: Scope, headers: Headers, body: bytes) -> bytes:
    """What stands for a request and a generation."""
    # The path as it came: what is encoded in it is another address.
    path = scope.get("raw_path") or scope["path"].encode()
    parts: list[bytes] = [_SOFTWARE, str(generation).encode(), scope["method"].encode()]
    parts += [scope.get("scheme", "").encode(), scope.get("root_path", "").encode(), path, scope["query_string"]]
    parts += [*(",".join(headers.getlist(name)).encode() for name in _KEYED), body]
    return hashlib.blake2b(b"".join(_framed(parts)), digest_size=16).digest()


def _framed(parts: Iterable[bytes]) -> Iterable[bytes]:
    for part in parts:
        yield len(part).to_bytes(8, "big")
        yield part


def _tags(headers: Headers) -> list[str]:
    return [tag.strip() for value in headers.getlist("if-none-match") for tag in value.split(",")]


async def _read_ahead(receive: Receive) -> tuple[bytes | None, Receive]:
    """The body of a request, and what gives it once more; None where it is not here as a whole already."""
    messages: list[Message] = []
    is_whole = False
    with anyio.move_on_after(_PATIENCE):
        while not is_whole:
            messages.append(await receive())
            if messages[-1]["type"] != "http.request":
                break
            is_whole = not messages[-1].get("more_body", False)
    waiting = iter(messages)

    async def again() -> Message:
        return next(waiting, None) or await receive()

    return (b"".join(message.get("body", b"") for message in messages) if is_whole else None), again


async def _send_not_modified(send: Send, tag: str) -> None:
    headers = [(b"etag", tag.encode()), (b"cache-control", _REVALIDATE.encode()), (b"vary", b"Accept, Accept-Encoding")]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
