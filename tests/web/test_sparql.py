from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.errors import KgError, QueryMemoryError, QueryRefusedError, QueryTimeoutError
from kg.web.errors import get_status

from .conftest import Client, FakeReaders

STATES = "PREFIX kg: <https://w3id.org/geokg/ontology#> SELECT ?s WHERE { ?s a kg:State } ORDER BY ?s"
GRAPH = "CONSTRUCT { <http://x/s> <http://x/p> 'v' } WHERE {}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def ask_url(query: str, **parameters: str) -> str:
    return "/sparql?" + urlencode({"query": query, **parameters})


@pytest.mark.parametrize(
    ("query", "accept", "parameters", "media_type", "content"),
    [
        (STATES, None, {}, "application/sparql-results+json", '"value":"http://localhost:8000/state/ALB"'),
        (
            STATES,
            "application/json",
            {},
            "application/sparql-results+json",
            '"value":"http://localhost:8000/state/ALB"',
        ),
        (STATES, "application/sparql-results+xml", {}, "application/sparql-results+xml", "<uri>http://localhost:8000/"),
        (STATES, "text/csv", {}, "text/csv; charset=utf-8", "s\r\nhttp://localhost:8000/state/ALB\r\n"),
        (STATES, "text/tab-separated-values", {}, "text/tab-separated-values; charset=utf-8", "?s\n<http://"),
        (STATES, "text/csv;q=0.5, text/tab-separated-values", {}, "text/tab-separated-values; charset=utf-8", "?s\n"),
        (STATES, "text/csv", {"format": "json"}, "application/sparql-results+json", '"bindings"'),
        (STATES, None, {"output": "tsv"}, "text/tab-separated-values; charset=utf-8", "?s\n"),
        (STATES, "text/csv", {"format": "turtle"}, "text/csv; charset=utf-8", "s\r\n"),
        ("ASK {}", None, {}, "application/sparql-results+json", '"boolean":true'),
        ("SELECT (<state/ALB> AS ?x) {}", "text/csv", {}, "text/csv; charset=utf-8", "http://localhost:8000/state/ALB"),
        (GRAPH, None, {}, "text/turtle; charset=utf-8", '<http://x/s> <http://x/p> "v"'),
        (GRAPH, "text/turtle, text/csv", {}, "text/turtle; charset=utf-8", "<http://x/p>"),
        (GRAPH, "application/n-triples", {}, "application/n-triples", '<http://x/s> <http://x/p> "v" .\n'),
        (GRAPH, "application/rdf+xml", {}, "application/rdf+xml", "<rdf:RDF"),
        (GRAPH, "application/ld+json", {}, "application/ld+json", '"@id":"http://x/s"'),
        (GRAPH, "*/*", {"format": "json-ld"}, "application/ld+json", '"@id":"http://x/s"'),
    ],
)
def test_formats(
    client: Client, query: str, accept: str | None, parameters: dict[str, str], media_type: str, content: str
) -> None:
    response = client.get(ask_url(query, **parameters), accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert "Accept" in response.headers["vary"]
    assert content in response.text


@pytest.mark.parametrize(
    ("url", "headers", "body"),
    [
        ("/sparql", FORM, urlencode({"query": STATES})),
        ("/sparql?format=json", FORM, urlencode({"query": STATES})),
        ("/sparql", {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}, urlencode({"query": STATES})),
        ("/sparql", DIRECT, STATES),
        ("/sparql", {"Content-Type": 'application/sparql-query; charset="utf-8"'}, STATES),
    ],
)
def test_post(client: Client, url: str, headers: dict[str, str], body: str) -> None:
    response = client.request("POST", url, headers=headers, content=body)
    assert response.status_code == 200
    assert len(response.json()["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    ("method", "url", "options", "status", "words"),
    [
        ("GET", "/sparql?query=", {}, 400, "expected"),
        ("GET", ask_url("SELECT * {"), {}, 400, "1:11"),
        ("GET", ask_url(STATES) + "&query=ASK{}", {}, 400, "one parameter query, not 2"),
        ("GET", "/sparql?qeury=x", {}, 400, "not none"),
        ("GET", "/sparql?query", {}, 400, "name=value"),
        ("GET", "/sparql?query=ASK%20%7B%7D%ZZ", {}, 400, "hexadecimal"),
        ("GET", "/sparql?query=%FF", {}, 400, "UTF-8"),
        ("GET", ask_url("ASK {}") + "&default-graph-uri=x", {}, 400, "no absolute IRI"),
        ("GET", ask_url("ASK {}") + "&named-graph-uri=", {}, 400, "no absolute IRI"),
        ("GET", ask_url("ASK {}") + "&named-graph-uri=http://x/%20y", {}, 400, "no absolute IRI"),
        ("GET", "/sparql?update=CLEAR+ALL", {}, 405, "/articles"),
        ("GET", ask_url(STATES), {"headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ("GET", ask_url(STATES), {"headers": {"Accept": "text/turtle"}}, 406, "solutions"),
        ("GET", ask_url(GRAPH), {"headers": {"Accept": "text/csv"}}, 406, "graph"),
        ("GET", ask_url(STATES, format="pdf"), {}, 406, "text/csv"),
        ("GET", "/sparql", {"headers": {"Accept": "image/png"}}, 406, "text/turtle"),
        ("POST", "/sparql", {"headers": FORM, "content": ""}, 400, "not none"),
        ("POST", "/sparql", {"headers": FORM, "content": "query=ASK{}&query=ASK{}"}, 400, "not 2"),
        ("POST", ask_url("ASK {}"), {"headers": FORM, "content": "query=ASK{}"}, 400, "not 2"),
        ("POST", ask_url("ASK {}"), {"headers": DIRECT, "content": "ASK {}"}, 400, "not 2"),
        ("POST", "/sparql", {"headers": FORM, "content": "update=CLEAR+ALL"}, 405, "/articles"),
        ("POST", "/sparql", {"headers": DIRECT, "content": b"ASK {\xff}"}, 400, "UTF-8"),
        ("POST", "/sparql", {"headers": DIRECT, "content": b"a" * 1001}, 413, "KG_MAX_BODY_MB"),
        ("POST", "/sparql", {"content": "query=ASK{}"}, 415, "application/sparql-query"),
        ("POST", "/sparql", {"headers": {"Content-Type": "text/plain"}, "content": "ASK{}"}, 415, "text/plain"),
        (
            "POST",
            "/sparql",
            {
                "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"},
                "content": "ASK{}".encode("utf-16"),
            },
            415,
            "utf-16",
        ),
        (
            "POST",
            "/sparql",
            {"headers": {"Content-Type": "application/sparql-update"}, "content": "CLEAR ALL"},
            405,
            "/articles",
        ),
        ("PUT", "/sparql", {"content": "x"}, 405, "GET or POST"),
    ],
)
def test_malformed_requests(
    make_client: Callable[..., Client], method: str, url: str, options: dict[str, Any], status: int, words: str
) -> None:
    response = make_client(max_body_mb=0.001).request(method, url, **options)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert words in response.json()["detail"]
    if status == 405:
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("error", [QueryRefusedError("no"), QueryTimeoutError("no"), QueryMemoryError("no")])
@pytest.mark.parametrize("accept", ["text/csv", BROWSER])
def test_failing_queries(client: Client, readers: FakeReaders, error: KgError, accept: str) -> None:
    readers.failing = error
    response = client.get(ask_url(STATES), accept)
    assert response.status_code == get_status(error)
    assert "no" in response.text
    assert (accept == BROWSER) == ("<textarea" in response.text)


def test_service_description(client: Client) -> None:
    response = client.get("/sparql", "application/ld+json")
    assert response.headers["content-type"] == "application/ld+json"
    (service,) = (node for node in json.loads(response.text) if any("endpoint" in key for key in node))
    assert service["@id"] == "http://test/sparql#service"
    assert "text/turtle" in client.get("/sparql").headers["content-type"]


@pytest.mark.parametrize(
    ("url", "present"),
    [
        ("/sparql", ["<textarea", "SELECT ?state"]),
        (ask_url(STATES), ['<a href="./state/ALB">ALB</a>', "3 rows", "format=csv"]),
        (ask_url("SELECT ('<script>' AS ?x) {}"), ["&lt;script&gt;"]),
        (ask_url("SELECT (<javascript:alert(1)> AS ?x) {}"), ["<td>javascript:alert(1)</td>"]),
        (ask_url("ASK { ?nothing <x:y> 1 }"), ['<p class="boolean">No</p>']),
        (ask_url(GRAPH), ["&lt;http://x/s&gt;", "format=ttl"]),
        (ask_url("</textarea><script>alert(1)</script>"), ["&lt;/textarea&gt;&lt;script&gt;", '<pre class="error">']),
    ],
)
def test_page(client: Client, monkeypatch: pytest.MonkeyPatch, url: str, present: list[str]) -> None:
    monkeypatch.setattr("kg.web.sparql.has_editor", lambda: False)
    response = client.get(url, BROWSER)
    assert response.headers["content-type"].startswith("text/html")
    assert [words for words in present if words not in response.text] == []
    assert "<script" not in response.text


def test_a_page_shows_no_more_than_it_can(client: Client) -> None:
    response = client.get(ask_url("SELECT ?a { ?a ?p ?o . ?b ?q ?r }"), "text/html")
    assert "1000 rows" in response.text
    assert "was cut here" in response.text
