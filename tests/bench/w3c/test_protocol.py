"""Requests of the protocols: where they go, and what is said of the responses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from w3c.manifest import Copy
from w3c.protocol import converse, fault_of, target
from w3c.servers import OTHERS, OURS, Kind, Server
from w3c.types import Expected, Request, RequestTest

TURTLE = "text/turtle"
TSV = "text/tab-separated-values"
XML = "application/sparql-results+xml"
TRUE = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
REMARK = "one result with `?o` bound to an IRI that is _not_ `<test>`"


def make_request(method: str, path: str, content_type: str = "", body: str | None = None) -> Request:
    headers = (("content-type", content_type),) if content_type else ()
    return Request(method, path, headers, None if body is None else body.encode(), Expected(("2xx",)))


def make_server(handler: object, kind: Kind = OURS) -> Server:
    client = httpx.Client(transport=httpx.MockTransport(handler))  # type: ignore[arg-type]
    return Server(kind, 1, Path(), client)


@pytest.mark.parametrize(
    ("method", "path", "content_type", "body", "expected"),
    [
        ("GET", "/sparql/?query=ASK%20%7B%7D", "", None, "/query?query=ASK%20%7B%7D"),
        ("POST", "/sparql/", "application/sparql-query", "ASK {}", "/query"),
        (
            "POST",
            "/sparql/?using-graph-uri=a",
            "application/sparql-update; charset=UTF-16",
            "",
            "/update?using-graph-uri=a",
        ),
        ("POST", "/sparql/", "application/x-www-form-urlencoded", "update=CLEAR+ALL", "/update"),
        ("GET", "/sparql/?update=CLEAR%20ALL", "", None, "/query?update=CLEAR%20ALL"),
        ("PUT", "/gsp?default", TURTLE, "", "/store?default"),
        ("PUT", "/gsp/person/1.ttl", TURTLE, "", "/store/person/1.ttl"),
        ("POST", "/gsp", TURTLE, "", "/store"),
    ],
)
def test_a_request_goes_to_the_address_of_the_service(
    method: str, path: str, content_type: str, body: str | None, expected: str
) -> None:
    server = make_server(lambda request: httpx.Response(200), OTHERS["oxigraph"])
    assert target(make_request(method, path, content_type, body), server) == expected


def answer(status: int, content_type: str = "", text: str = "", **headers: str) -> httpx.Response:
    kind = {"content-type": content_type} if content_type else {}
    return httpx.Response(status, headers={**kind, **headers}, content=text.encode())


@pytest.mark.parametrize(
    ("expected", "response", "fault"),
    [
        (Expected(("2xx", "3xx")), answer(204), None),
        (Expected(("2xx", "3xx")), answer(302), None),
        (Expected(("4xx",)), answer(200), "expected 4xx, got 200"),
        (Expected(("4xx",)), answer(500, text="a\n b"), "expected 4xx, got 500 a b"),
        (Expected(("Created", "OK")), answer(201), None),
        (Expected(("NoContent", "OK")), answer(201), "expected NoContent or OK, got 201"),
        (Expected(("NotFound",)), answer(404), None),
        (Expected(("2xx",), form="boolean", boolean=True), answer(200, XML, TRUE), None),
        (Expected(("2xx",), form="boolean", boolean=False), answer(200, XML, TRUE), "expected false, got true"),
        (Expected(("2xx",), form="boolean"), answer(200, "text/csv", "true"), "expected boolean, got text/csv"),
        (Expected(("2xx",), form="tabular"), answer(200, XML, "<a>"), "the answer is not well-formed"),
        (Expected(("2xx",), form="tabular"), answer(200, "text/csv", "x\n1\n"), None),
        (Expected(("2xx",), form="RDF"), answer(200, TURTLE, "<a:a> <a:b> 1 ."), None),
        (Expected(("2xx",), form="RDF"), answer(200, text="x"), "expected RDF, got no content type"),
        (Expected(("2xx",), form="tabular", remark=REMARK), answer(200, TSV, "?o\n<a:test>\n"), None),
        (Expected(("2xx",), form="tabular", remark=REMARK), answer(200, TSV, "?o\n"), f"expected {REMARK}"),
        (Expected(("2xx",), form="tabular", remark="odd"), answer(200, TSV, "?o\n"), "expected odd"),
        (Expected(("2xx",), form="odd"), answer(200, TSV, "?o\n"), f"expected odd, got {TSV}"),
        (Expected(("UnsupportedMediaType",)), answer(415), None),
        (Expected(("Odd",)), answer(200), "expected Odd, got 200"),
        (Expected(("OK",), media_type=TURTLE), answer(200), f"expected {TURTLE}, got no content type"),
        (Expected(("OK",), media_type=TURTLE), answer(200, f"{TURTLE}; charset=utf-8"), None),
        (Expected(("OK",), media_type=TURTLE, body="[] <a:p> 1 ."), answer(200, TURTLE, "_:x <a:p> 1 ."), None),
        (Expected(("OK",), media_type=TURTLE, body="[] <a:p> 1 ."), answer(200, TURTLE, ""), "another graph"),
        (Expected(("Created",), location="$L$"), answer(201), "expected a Location, got none"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_response(expected: Expected, response: httpx.Response, fault: str | None) -> None:
    found = fault_of(expected, response)
    assert found is None if fault is None else found is not None and found.startswith(fault)


def test_a_conversation_fills_in_the_location_and_cleans_up(tmp_path: Path) -> None:
    seen: list[tuple[str, str, Mapping[str, str]]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.raw_path.decode(), request.headers))
        if request.method == "POST":
            return answer(201, location="/graphs/7")
        return answer(200, TURTLE, "<a:a> <a:b> 1 .")

    first = Request("POST", "/gsp", (("content-type", TURTLE),), b"", Expected(("Created",), location="$L$"))
    second = Request("GET", "/gsp?graph=$L$", (), None, Expected(("OK",), media_type=TURTLE, body="<a:a> <a:b> 1 ."))
    test = RequestTest("a:t", "", (), (first, second))
    assert converse(test, Copy(tmp_path), make_server(handle)) is None
    new = "/graphs?graph=http://127.0.0.1:1/graphs/7"
    assert [(method, path) for method, path, _ in seen] == [("POST", "/graphs"), ("GET", new), ("DELETE", new)]
    assert seen[0][2]["authorization"].startswith("Bearer ")
    assert set(seen[0][2]) == {"host", "content-type", "content-length", "authorization"}


def test_the_first_request_that_goes_wrong_is_told(tmp_path: Path) -> None:
    requests = tuple(make_request("GET", f"/sparql/?query={number}") for number in (1, 2, 3))
    server = make_server(lambda request: answer(400 if "2" in str(request.url.query) else 200))
    found = converse(RequestTest("a:t", "", (), requests), Copy(tmp_path), server)
    assert found == "request 2, GET /sparql/?query=2: expected 2xx, got 400"


def test_a_service_without_a_graph_store_is_not_asked_for_one(tmp_path: Path) -> None:
    server = make_server(lambda request: pytest.fail("asked"), OTHERS["rdflib-endpoint"])
    test = RequestTest("a:t", "", (), (make_request("GET", "/gsp?default"),))
    assert converse(test, Copy(tmp_path), server) == "no graph store"
