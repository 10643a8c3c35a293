from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import anyio
import pytest
import zstandard

from kg.errors import QueryTimeoutError
from kg.web import response_cache
from kg.web.response_cache import ResponseCache

from .conftest import Client, FakeReaders

QUERY = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"})
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def evaluated(readers: FakeReaders, ask: Callable[[], Any]) -> int:
    """How many queries `ask` has evaluated."""
    before = len(readers.asked)
    ask()
    return len(readers.asked) - before


@pytest.mark.parametrize("url", [QUERY, "/state/ALB.ttl", "/article/0123456789abcdef", "/", "/search?q=alb"])
def test_the_same_request_is_answered_again_without_a_query(client: Client, readers: FakeReaders, url: str) -> None:
    first = client.get(url, "text/html")
    assert len(readers.asked) > 0
    assert evaluated(readers, lambda: client.get(url, "text/html")) == 0
    again = client.get(url, "text/html")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    names = set(first.headers) - {"date"}
    assert {name: again.headers[name] for name in names} == {name: first.headers[name] for name in names}


def test_headers_do_not_grow_with_each_answer(client: Client) -> None:
    lengths = {
        len(str(client.request("GET", QUERY, headers={"Origin": "https://example.org"}).headers)) for _ in range(5)
    }
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("GET", QUERY, {"Accept": "text/csv"}, b""), ("GET", QUERY, {"Accept": "application/json"}, b"")),
        (("GET", QUERY, {}, b""), ("GET", QUERY + "&default-graph-uri=http%3A%2F%2Fx%2F", {}, b"")),
        (("GET", QUERY, {}, b""), ("GET", QUERY + "&format=csv", {}, b"")),
        (("POST", "/sparql", FORM, b"query=ASK{}"), ("POST", "/sparql", FORM, b"query=ASK{?s+?p+?o}")),
        (("GET", QUERY, {"Host": "a.example"}, b""), ("GET", QUERY, {"Host": "b.example"}, b"")),
        (
            ("POST", "/sparql", FORM, b"query=ASK{}"),
            ("POST", "/sparql", FORM | {"Content-Encoding": "identity"}, b"query=ASK{}"),
        ),
    ],
    ids=["format", "dataset", "parameter", "body", "host", "coding"],
)
def test_another_request_is_another_answer(client: Client, readers: FakeReaders, first: Any, second: Any) -> None:
    for method, url, headers, content in (first, second):
        response = client.request(method, url, headers=headers, content=content)
        assert response.status_code == 200
    assert len(readers.asked) == 2


def test_a_path_that_is_encoded_otherwise_is_another_address(client: Client, readers: FakeReaders) -> None:
    assert client.get("/state/ALB.ttl").status_code == 200
    assert evaluated(readers, lambda: client.get("/state/%41LB.ttl")) > 0


def test_another_version_of_the_software_answers_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get(QUERY).headers["etag"]
    monkeypatch.setattr(response_cache, "_SOFTWARE", b"2")
    assert client.request("GET", QUERY, headers={"If-None-Match": tag}).status_code == 200


def test_queries_by_post_are_kept_too(client: Client, readers: FakeReaders) -> None:
    def ask() -> str:
        return client.request("POST", "/sparql", headers=FORM, content=b"query=ASK{?s+?p+?o}").text

    assert ask() == ask()
    assert len(readers.asked) == 1


def test_a_new_generation_is_asked_anew(client: Client, readers: FakeReaders) -> None:
    first = client.get(QUERY)
    readers.generation = 2
    assert evaluated(readers, lambda: client.get(QUERY)) == 1
    stale = client.request("GET", QUERY, headers={"If-None-Match": first.headers["etag"]})
    assert stale.status_code == 200


@pytest.mark.parametrize("others", ["", 'W/"0", ', '"x",'])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_entity_tag_is_recognised(client: Client, readers: FakeReaders, others: str, method: str) -> None:
    tag = client.get(QUERY).headers["etag"]
    again = client.request(method, QUERY, headers={"If-None-Match": others + tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert len(readers.asked) == 1


def test_what_failed_is_not_kept(client: Client, readers: FakeReaders) -> None:
    readers.failing = QueryTimeoutError("too long")
    failed = client.get(QUERY)
    assert (failed.status_code, "etag" in failed.headers) == (504, False)
    readers.failing = None
    assert client.get(QUERY).status_code == 200


def test_nothing_is_kept_where_the_generation_is_not_known(client: Client, readers: FakeReaders) -> None:
    readers.generation = None
    assert "etag" not in client.get(QUERY).headers
    assert evaluated(readers, lambda: client.get(QUERY)) == 1


def test_what_is_too_large_is_not_kept(make_client: Callable[..., Client], readers: FakeReaders) -> None:
    client = make_client(cache_mb=0)
    for url in (QUERY, "/sparql?" + urlencode({"query": "CONSTRUCT {} WHERE {}"})):
        assert client.get(url).status_code == 200
        assert evaluated(readers, lambda url=url: client.get(url)) == 1  # type: ignore[misc]


def test_what_comes_in_pieces_is_kept_as_a_whole(make_client: Callable[..., Client], readers: FakeReaders) -> None:
    client = make_client(cache_mb=8)
    url = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }", "format": "csv"})
    readers.is_whole = False
    first = client.get(url)
    assert len(first.content) > 300_000
    assert evaluated(readers, lambda: client.get(url)) == 0
    assert client.get(url).content == first.content


@pytest.mark.parametrize("url", ["/healthz", "/static/style.css"])
def test_what_is_none_of_the_index_is_none_of_the_cache(client: Client, url: str) -> None:
    tags = [client.get(url).headers.get("etag") for _ in range(2)]
    assert all(tag is None or not tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("zstd", None)])
def test_answers_are_compressed_for_who_takes_that(client: Client, coding: str, unpack: Any) -> None:
    async def ask() -> tuple[dict[bytes, bytes], bytes]:
        sent: list[Any] = []
        headers = [(b"accept-encoding", coding.encode()), (b"accept", b"text/csv")]
        scope = {"type": "http", "method": "GET", "path": "/sparql", "headers": headers, "root_path": ""}
        scope |= {"query_string": QUERY.partition("?")[2].encode(), "client": ("127.0.0.1", 1)}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await client.app(scope, receive, send)
        return dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])

    plain = client.get(
        QUERY,
        "text/csv",
    ).content
    for _ in range(2):
        headers, body = anyio.run(ask)
        assert headers[b"content-encoding"] == coding.encode()
        assert b"Accept-Encoding" in headers[b"vary"]
        unpacked = unpack(body) if unpack else zstandard.ZstdDecompressor().decompressobj().decompress(body)
        assert unpacked == plain


def test_nobody_waits_for_who_asked_the_same_and_takes_nothing() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yes"})

    cache = ResponseCache(app, generation=lambda: 1, max_bytes=1_000_000)
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    taken: list[Any] = []

    async def take_nothing(message: Any) -> None:
        await anyio.sleep_forever()

    async def take(message: Any) -> None:
        taken.append(message)

    async def ask() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(cache, {**scope}, None, take_nothing)
            await anyio.sleep(0.05)
            with anyio.fail_after(5):
                await cache({**scope}, None, take)  # type: ignore[arg-type]
            group.cancel_scope.cancel()

    anyio.run(ask)
    assert [message.get("body") for message in taken] == [None, b"yes"]
