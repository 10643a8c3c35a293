from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from kg import errors
from kg.errors import IndexStoreError, KgError, QueryMemoryError, QueryTimeoutError
from kg.web.accounting import ENDINGS, Account, Accounting, Ending, Served, account_of, ending_of, hash_query

from .conftest import TOKEN, Client, FakeReaders

SCOPE = {"type": "http", "method": "GET", "path": "/x", "client": ("192.0.2.7", 999)}


def serve(
    app: Callable[[Scope, Receive, Send], object], incoming: list[Message] | None = None, send: Send | None = None
) -> list[Served]:
    """What is told of one request that `app` serves; what it raises is let go."""
    told: list[Served] = []
    messages = iter(incoming or [{"type": "http.request"}])

    async def receive() -> Message:
        return next(messages)

    async def ignore(message: Message) -> None:
        pass

    async def run() -> None:
        with suppress(KgError, OSError, RuntimeError):
            await Accounting(app, [told.append])(dict(SCOPE), receive, send or ignore)  # type: ignore[arg-type]

    anyio.run(run)
    return told


def answer(status: int, *bodies: bytes, change: Callable[[Account], None] = lambda account: None) -> Callable:  # type: ignore[type-arg]
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        change(account_of(scope))
        await send({"type": "http.response.start", "status": status, "headers": []})
        for body in bodies:
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body"})

    return app


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (200, "ok"),
        (303, "ok"),
        (400, "syntax"),
        (403, "refused"),
        (406, "not-acceptable"),
        (413, "refused"),
        (429, "limited"),
        (500, "failed"),
        (503, "unavailable"),
        (504, "timeout"),
    ],
)
def test_what_was_sent_is_measured(status: int, ending: str) -> None:
    (served,) = serve(answer(status, b"12345", b"678"))
    assert (served.status, served.sent, served.ending) == (status, 8, ending)
    assert (served.client, served.method, served.path) == ("192.0.2.7", "GET", "/x")
    assert 0 <= served.seconds < 1


def test_what_the_service_knows_goes_before_what_is_seen() -> None:
    def change(account: Account) -> None:
        account.ending, account.rows = Ending.BUSY, 3

    (served,) = serve(answer(503, change=change))
    assert (served.ending, served.account.rows) == ("busy", 3)


@pytest.mark.parametrize(
    ("error", "status", "ending"),
    [(RuntimeError(), 500, "failed"), (QueryTimeoutError("late"), 500, "timeout")],
)
def test_a_request_that_raises(error: Exception, status: int, ending: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise error

    (served,) = serve(app)
    assert (served.status, served.ending) == (status, ending)


def test_an_answer_that_breaks_off_keeps_its_status() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"12", "more_body": True})
        raise QueryMemoryError("too much")

    (served,) = serve(app)
    assert (served.status, served.sent, served.ending) == (200, 2, "memory")


def test_a_client_that_goes_before_its_answer() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    (served,) = serve(app, [{"type": "http.disconnect"}])
    assert (served.status, served.ending) == (499, "disconnected")


def test_a_client_that_goes_while_it_is_answered() -> None:
    async def break_off(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError

    (served,) = serve(answer(200, b"12345"), send=break_off)
    assert (served.status, served.sent, served.ending) == (200, 0, "disconnected")


def test_every_error_has_an_ending() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KgError)]
    assert {ending_of(kind("x")) for kind in kinds} == set(ENDINGS.values())


@pytest.fixture
def told(client: Client) -> list[Served]:
    """What is told of the requests of `client`."""
    found: list[Served] = []
    (layer,) = [layer for layer in client.app.user_middleware if layer.cls is Accounting]
    layer.kwargs["sinks"].append(found.append)
    return found


@pytest.mark.parametrize(
    ("method", "url", "route", "status"),
    [
        ("GET", "/state/ALB", "/state/{name}", 200),
        ("HEAD", "/state/ALB", "/state/{name}", 200),
        ("GET", "/state/none", "/state/{name}", 404),
        ("GET", "/static/style.css", "/static", 200),
        ("GET", "/static/none", "/static", 404),
        ("GET", "/openapi.json", "/openapi.json", 200),
        ("DELETE", "/healthz", "/healthz", 405),
        ("GET", "/wp-login.php", "unknown", 404),
        ("BREW", "/coffee", "unknown", 404),
    ],
)
def test_a_request_is_known_by_its_route(
    client: Client, told: list[Served], method: str, url: str, route: str, status: int
) -> None:
    response = client.request(method, url, headers={"Accept-Encoding": "identity"})
    (served,) = told
    assert (served.account.route, served.status, response.status_code) == (route, status, status)
    assert served.sent == len(response.content)


@pytest.mark.parametrize(
    ("query", "error", "ending"),
    [
        ("ASK {}", None, "ok"),
        ("ASK {", None, "syntax"),
        ("ASK {}", QueryTimeoutError("late"), "timeout"),
        ("ASK {}", QueryMemoryError("large"), "memory"),
        ("ASK {}", IndexStoreError("gone"), "unavailable"),
    ],
)
def test_a_query_is_known_by_its_hash_and_ending(
    client: Client, readers: FakeReaders, told: list[Served], query: str, error: KgError | None, ending: str
) -> None:
    readers.failing = error
    client.get("/sparql", params={"query": query})
    assert [(served.account.query, served.ending) for served in told] == [(hash_query(query), ending)]


def test_the_hash_of_a_query() -> None:
    assert hash_query("ASK {}") == "819ea91ed5f12b38"
    assert len(hash_query("\ud800")) == 16


def test_articles_are_counted(client: Client, told: list[Served]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
    client.request("POST", "/articles", content=b"words", headers=headers)
    client.request("POST", "/articles", content=b"words", headers={**headers, "Authorization": "Bearer no"})
    assert [(served.account.stored, served.account.refused, served.status) for served in told] == [
        (1, 0, 201),
        (0, 0, 401),
    ]
