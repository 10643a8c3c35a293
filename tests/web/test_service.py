"""The service as it runs: uvicorn, the local index and its reader processes, and clients that people use."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
import SPARQLWrapper as sw
import uvicorn

from kg.index.local import LocalIndex
from kg.index.reader import Limits
from kg.index.readers import Readers
from kg.settings import Settings
from kg.web.app import create_app

from .conftest import ARTICLE, BASE, read_graphs

STATES = "SELECT ?s WHERE { ?s a kg:State } ORDER BY ?s"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MANY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data")
    with LocalIndex.open(directory) as index:
        index.apply((number, iri, graph) for number, (iri, graph) in enumerate(read_graphs().items(), start=1))
        index.publish()
    return directory


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with Readers(data, size=2, timeout=2.0, limits=Limits(memory_mb=512)) as readers:
        app = create_app(Settings(data=data, base_iri=BASE), readers, None)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, ws="none", log_level="critical"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("method", "request_method"), [(sw.GET, sw.URLENCODED), (sw.POST, sw.URLENCODED), (sw.POST, sw.POSTDIRECTLY)]
)
@pytest.mark.parametrize(("format", "expected"), [(sw.JSON, dict), (sw.XML, object), (sw.CSV, bytes), (sw.TSV, bytes)])
def test_sparqlwrapper_selects(address: str, method: str, request_method: str, format: str, expected: type) -> None:
    client = sw.SPARQLWrapper(f"{address}/sparql", returnFormat=format)
    client.setMethod(method)
    client.setRequestMethod(request_method)
    client.setQuery("PREFIX kg: <https://w3id.org/geokg/ontology#> " + STATES)
    found = client.queryAndConvert()
    assert isinstance(found, expected)
    content = found.toxml() if format == sw.XML else json.dumps(found) if format == sw.JSON else found.decode()
    assert content.count("/state/") == 3


@pytest.mark.parametrize("format", [sw.TURTLE, sw.N3, sw.XML, sw.RDFXML, sw.JSONLD])
def test_sparqlwrapper_constructs(address: str, format: str) -> None:
    client = sw.SPARQLWrapper(f"{address}/sparql", returnFormat=format)
    client.setQuery(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ARTICLE}> {{ ?s ?p ?o }} }}")
    response = client.query().response
    assert b"state/ALB" in response.read()


def test_rdflib_follows_an_iri(address: str) -> None:
    graph = rdflib.Graph().parse(f"{address}/state/ALB")
    assert rdflib.Literal("Republic of Albania") in set(graph.objects())


@pytest.mark.parametrize(
    "path", ["/", "/search?q=alb", "/state/ALB", "/person/ada-vale", "/article/0123456789abcdef", "/graph/reference"]
)
def test_pages(address: str, path: str) -> None:
    response = httpx.get(address + path, headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Albania" in response.text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {", 400, "1"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("CLEAR ALL", 403, "update"),
        (SLOW, 504, "KG_QUERY_TIMEOUT"),
    ],
)
def test_queries_that_get_no_answer(address: str, query: str, status: int, words: str) -> None:
    response = httpx.post(f"{address}/sparql", data={"query": query}, timeout=10)
    assert response.status_code == status
    assert words in response.json()["detail"]


def test_a_client_that_goes_away_frees_its_reader(address: str) -> None:
    for _ in range(4):
        with httpx.stream("GET", f"{address}/sparql", params={"query": MANY}) as response:
            assert next(response.iter_bytes())
    started = time.monotonic()
    assert httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=10).json()["boolean"] is True
    assert time.monotonic() - started < 1.5


def test_answers_that_end_too_early_are_seen_to(address: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError), httpx.stream("GET", f"{address}/sparql?query={MANY}") as response:
        for _ in response.iter_bytes():
            pass
    assert httpx.get(f"{address}/healthz").status_code == 200


def test_slow_queries_do_not_hold_up_the_service(address: str) -> None:
    asking = threading.Thread(target=httpx.get, args=(f"{address}/sparql",), kwargs={"params": {"query": SLOW}})
    asking.start()
    started = time.monotonic()
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert httpx.get(f"{address}/sparql", params={"query": "ASK {}"}).status_code == 200
    assert time.monotonic() - started < 1.5
    asking.join()
