"""An account of every request: what it was, what it took, how it ended. The access log and the metrics are made of it.

A request's `Account` lies in `scope["state"]["kg"]`. Whoever serves the request writes there what nobody outside can
see, such as the rows of an answer; `Accounting`, the outermost layer, adds what it measures and hands it on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import (
    ArticleError,
    BusyError,
    GraphError,
    KgError,
    NotAcceptableError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QueryRowsError,
    QuerySyntaxError,
    QueryTimeoutError,
)

UNKNOWN_ROUTE = "unknown"
CLIENT_GONE = 499
"""Logged as status where the client went before it was answered; nobody ever sees it (nginx has the same)."""

_KEY = "kg"


class Ending(StrEnum):
    """How a query, or another request that went wrong, ended."""

    OK = "ok"
    SYNTAX = "syntax"
    REFUSED = "refused"
    NOT_ACCEPTABLE = "not-acceptable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ROWS = "rows"
    BUSY = "busy"
    LIMITED = "limited"
    DISCONNECTED = "disconnected"
    UNAVAILABLE = "unavailable"
    FAILED = "failed"


ENDINGS: Mapping[type[KgError], Ending] = {
    QuerySyntaxError: Ending.SYNTAX,
    QueryRefusedError: Ending.REFUSED,
    NotAcceptableError: Ending.NOT_ACCEPTABLE,
    QueryTimeoutError: Ending.TIMEOUT,
    QueryMemoryError: Ending.MEMORY,
    QueryRowsError: Ending.ROWS,
    BusyError: Ending.BUSY,
    ArticleError: Ending.REFUSED,
    GraphError: Ending.REFUSED,
    QueryError: Ending.FAILED,
    KgError: Ending.UNAVAILABLE,
}

_ENDINGS_BY_STATUS: Mapping[int, Ending] = {
    HTTPStatus.BAD_REQUEST: Ending.SYNTAX,
    HTTPStatus.NOT_ACCEPTABLE: Ending.NOT_ACCEPTABLE,
    429: Ending.LIMITED,
    HTTPStatus.SERVICE_UNAVAILABLE: Ending.UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT: Ending.TIMEOUT,
    CLIENT_GONE: Ending.DISCONNECTED,
}


@dataclass(slots=True)
class Account:
    """What only they know who serve the request; None and 0 where there is nothing to tell.

    From `query` to `seconds` it is about queries: `query` stands for its text (see `hash_query`), `seconds` is what its
    evaluation took, `cached` says whether the answer was there already, and is for all that may be kept. `stored` and
    `refused` are numbers of articles.
    """

    route: str = UNKNOWN_ROUTE
    query: str | None = None
    rows: int | None = None
    cached: bool | None = None
    generation: int | None = None
    seconds: float | None = None
    ending: Ending | None = None
    stored: int = 0
    refused: int = 0

    def recall(self, other: Account) -> None:
        """Say what `other` says of the same request, whose answer is given again."""
        self.route, self.query, self.rows, self.generation = other.route, other.query, other.rows, other.generation


@dataclass(frozen=True, slots=True)
class Served:
    """One request that is over: when it came (UTC), seconds until its last byte, bytes of body that were sent."""

    time: dt.datetime
    client: str
    method: str
    path: str
    status: int
    seconds: float
    sent: int
    ending: Ending
    account: Account


Sink = Callable[[Served], None]
"""Takes what was served, at once and without fail: the event loop waits for it."""


def account_of(scope: Scope) -> Account:
    """The account of the request that has `scope`; one that nobody reads where none is kept."""
    account = scope.get("state", {}).get(_KEY)
    return account if isinstance(account, Account) else Account()


def hash_query(text: str) -> str:
    """What stands for a query in the log: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def ending_of(error: KgError) -> Ending:
    """How a request ends on `error`."""
    return next(ENDINGS[kind] for kind in type(error).__mro__ if kind in ENDINGS)


class Accounting:
    """Keeps the account of each request and gives it to `sinks` when it is over; the outermost layer."""

    def __init__(self, app: ASGIApp, sinks: Sequence[Sink]) -> None:
        """Stand before `app`."""
        self.app = app
        self._sinks = sinks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        account = Account()
        scope.setdefault("state", {})[_KEY] = account
        seen = _Seen(receive, send)
        came, started = dt.datetime.now(dt.UTC), time.monotonic()
        try:
            await self.app(scope, seen.receive, seen.send)
        except BaseException as error:
            account.ending = ending_of(error) if isinstance(error, KgError) else account.ending or Ending.FAILED
            seen.status = seen.status or HTTPStatus.INTERNAL_SERVER_ERROR
            raise
        finally:
            self._tell(scope, account, seen, came, time.monotonic() - started)

    def _tell(self, scope: Scope, account: Account, seen: _Seen, came: dt.datetime, seconds: float) -> None:
        status = CLIENT_GONE if seen.is_client_gone and not seen.status else seen.status or CLIENT_GONE
        if seen.is_client_gone:
            ending = Ending.DISCONNECTED
        else:
            ending = account.ending or _ENDINGS_BY_STATUS.get(status) or _by_class(status)
        address = scope.get("client")
        client = address[0] if address else ""
        served = Served(came, client, scope["method"], scope["path"], status, seconds, seen.sent, ending, account)
        for sink in self._sinks:
            sink(served)


class _Seen:
    """What passes between client and service, as far as it is counted."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._is_over = False
        self.status = 0
        self.sent = 0
        self.is_client_gone = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect" and not self._is_over:
            self.is_client_gone = True
        return message

    async def send(self, message: Message) -> None:
        try:
            await self._send(message)
        except OSError:
            self.is_client_gone = True
            raise
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.sent += len(message.get("body", b""))
            self._is_over = not message.get("more_body", False)


class RouteNoting:
    """Writes into the account which route a request took; the innermost layer, as only the router knows.

    Addresses that no route of the service has in them are all one: what strangers ask for shall not fill the metrics.
    """

    def __init__(self, app: ASGIApp, plain: Collection[str]) -> None:
        """Stand before the router `app`; `plain` gives the addresses of routes without parameters."""
        self.app = app
        self._plain = plain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = scope.get("path", "")

        async def send_noted(message: Message) -> None:
            account_of(scope).route = self._template(scope, path)
            await send(message)

        await self.app(scope, receive, send_noted)

    def _template(self, scope: Scope, path: str) -> str:
        template = getattr(scope.get("route"), "path_format", None) or scope.get("root_path")
        return str(template) if template else path if path in self._plain else UNKNOWN_ROUTE


def _by_class(status: int) -> Ending:
    if status < HTTPStatus.BAD_REQUEST:
        return Ending.OK
    return Ending.REFUSED if status < HTTPStatus.INTERNAL_SERVER_ERROR else Ending.FAILED
