from __future__ import annotations

from collections.abc import Callable

import pytest
import rdflib
from rdflib.namespace import RDF, VOID

from kg.errors import IndexStoreError
from kg.web.service_description import SD

from .conftest import BASE, Client, FakeReaders


def describe(client: Client, host: str = "test") -> rdflib.Graph:
    response = client.request("GET", "/sparql", headers={"Accept": "text/turtle", "Host": host})
    return rdflib.Graph().parse(data=response.text, format="turtle")


@pytest.mark.parametrize("host", ["test", "localhost:8000", "127.0.0.1:8249"])
def test_the_endpoint_is_where_it_was_asked(client: Client, host: str) -> None:
    graph = describe(client, host)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(f"http://{host}/sparql")


@pytest.mark.parametrize("union", [True, False])
def test_what_it_can_do(make_client: Callable[..., Client], union: bool) -> None:
    graph = describe(make_client(union_default_graph=union))
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert set(graph.objects(service, SD.feature)) == ({SD.UnionDefaultGraph} if union else set())
    assert SD.SPARQL11Query in set(graph.objects(service, SD.supportedLanguage))
    assert SD.SPARQL11Update not in set(graph.objects(service, SD.supportedLanguage))
    assert len(set(graph.objects(service, SD.resultFormat))) == 8
    assert not list(graph.objects(service, SD.inputFormat))


def test_its_dataset(client: Client) -> None:
    graph = describe(client)
    (service,) = graph.subjects(RDF.type, SD.Service)
    (dataset,) = graph.objects(service, SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert int(str(graph.value(default, VOID.triples))) > 100
    assert list(graph.objects(default, VOID.classPartition))
    (available,) = graph.objects(service, SD.availableGraphs)
    names = {graph.value(named, SD.name) for named in graph.objects(available, SD.namedGraph)}
    assert names == {rdflib.URIRef(BASE + "graph/reference")}


def test_a_plain_default_graph_is_not_all_graphs(make_client: Callable[..., Client]) -> None:
    graph = describe(make_client(union_default_graph=False))
    (default,) = graph.objects(predicate=SD.defaultGraph)
    assert graph.value(default, VOID.triples) is None


def test_it_needs_no_index(client: Client, readers: FakeReaders) -> None:
    readers.failing = IndexStoreError("not there")
    graph = describe(client)
    assert list(graph.objects(predicate=SD.endpoint)) == [rdflib.URIRef("http://test/sparql")]


def test_it_is_written_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/sparql").content
    monkeypatch.setattr("kg.web.service_description.serialize", None)
    assert client.get("/sparql").content == first
