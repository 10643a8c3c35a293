from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, SH, VOID

from kg.errors import IndexStoreError
from kg.examples import load_examples
from kg.vocab import KG
from kg.web import counting

from .conftest import ARTICLE, BASE, Client, FakeReaders

DATASET = rdflib.URIRef(BASE + ".well-known/void#dataset")
FORMATS = [
    (".ttl", "text/turtle"),
    (".nt", "application/n-triples"),
    (".jsonld", "application/ld+json"),
    (".rdf", "application/rdf+xml"),
]


def read_void(client: Client, url: str = "/.well-known/void") -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(url, "text/turtle").text, format="turtle")


def figure(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> int:
    value = graph.value(subject, predicate)
    assert isinstance(value, rdflib.Literal)
    return int(value)


@pytest.mark.parametrize("address", ["/.well-known/void", "/examples"])
@pytest.mark.parametrize("by_suffix", [True, False])
@pytest.mark.parametrize(("suffix", "media_type"), FORMATS)
def test_every_format(client: Client, address: str, suffix: str, media_type: str, by_suffix: bool) -> None:
    response = client.get(address + suffix, "text/html") if by_suffix else client.get(address, media_type)
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.url.join(response.headers["content-location"]).path == address + suffix
    read = list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type)))
    turtle = client.get(address + ".ttl").content
    assert len(read) == len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) > 100


@pytest.mark.parametrize("union", [True, False])
def test_the_figures_are_right(make_client: object, store: ox.Store, union: bool) -> None:
    # Each triple counts once, also where the engine gives it once for each graph.
    client = make_client(union_default_graph=union)  # type: ignore[operator]
    graph = read_void(client)
    triples = {quad.triple for quad in store}
    expected = {
        VOID.triples: len(triples),
        VOID.distinctSubjects: len({triple.subject for triple in triples}),
        VOID.distinctObjects: len({triple.object for triple in triples}),
        VOID.properties: len({triple.predicate for triple in triples}),
        VOID.classes: len({t.object for t in triples if t.predicate.value == str(RDF.type)}),
        VOID.entities: len({t.subject for t in triples if t.predicate.value == str(RDF.type)}),
        VOID.documents: 1,
    }
    assert {term: figure(graph, DATASET, term) for term in expected} == expected


def test_the_partitions_are_right(client: Client, store: ox.Store) -> None:
    graph = read_void(client)
    triples = {quad.triple for quad in store}
    for partition in graph.objects(DATASET, VOID.propertyPartition):
        own = [t for t in triples if t.predicate.value == str(graph.value(partition, VOID.property))]
        assert figure(graph, partition, VOID.triples) == len(own)
        assert figure(graph, partition, VOID.distinctSubjects) == len({t.subject for t in own})
        assert figure(graph, partition, VOID.distinctObjects) == len({t.object for t in own})
    (states,) = (p for p in graph.objects(DATASET, VOID.classPartition) if graph.value(p, VOID["class"]) == KG.State)
    assert figure(graph, states, VOID.entities) == 3
    by_property = {
        graph.value(p, VOID.property): figure(graph, p, VOID.triples)
        for p in graph.objects(states, VOID.propertyPartition)
    }
    assert by_property[KG.iso3] == 3


def test_what_there_is_can_be_found(client: Client) -> None:
    graph = read_void(client)
    assert {DCAT.Dataset, VOID.Dataset} <= set(graph.objects(DATASET, RDF.type))
    assert graph.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef("http://test/sparql")
    assert str(graph.value(DATASET, VOID.uriSpace)) == BASE
    assert graph.value(DATASET, DCTERMS.modified) is not None
    # The texts are not ours to license.
    assert graph.value(DATASET, DCTERMS.license) is None
    assert "publisher" in str(graph.value(DATASET, DCTERMS.rights))
    assert rdflib.URIRef(ARTICLE) in set(graph.objects(DATASET, VOID.exampleResource))
    assert (rdflib.URIRef(BASE + "graph/reference"), RDF.type, DCAT.Dataset) in graph
    services = list(graph.subjects(DCAT.servesDataset, DATASET))
    assert [graph.value(service, DCAT.endpointURL) for service in services] == [rdflib.URIRef("http://test/sparql")]


def test_the_days_of_publication_are_told_though_one_is_not_known(readers: FakeReaders, make_client: object) -> None:
    readers.store = ox.Store()
    article, kg = "http://localhost:8000/article/", str(KG)
    for name, day in (("a", "2024-01-09"), ("b", "2023-12-31"), ("c", None)):
        iri = ox.NamedNode(article + name)
        readers.store.add(ox.Quad(iri, ox.NamedNode(str(RDF.type)), ox.NamedNode(kg + "Article")))
        if day:
            readers.store.add(ox.Quad(iri, ox.NamedNode("https://schema.org/datePublished"), ox.Literal(day)))
    graph = read_void(make_client())  # type: ignore[operator]
    assert figure(graph, DATASET, VOID.documents) == 3
    period = graph.value(DATASET, DCTERMS.temporal)
    assert [str(graph.value(period, term)) for term in (DCAT.startDate, DCAT.endDate)] == ["2023-12-31", "2024-01-09"]


def test_every_address_in_it_is_there(client: Client) -> None:
    graph = read_void(client)
    local = {str(o).split("#")[0] for o in graph.objects() if str(o).startswith("http://test/")}
    assert len(local) > 8
    assert [url for url in local if client.get(url).status_code != 200] == []


def test_the_description_is_named_after_where_it_was_asked_for(client: Client) -> None:
    home = client.request("GET", "/.well-known/void", headers={"Host": "localhost:8000"}).text
    assert "http://test/" not in home
    assert f"<{BASE}sparql>" in home


def test_the_description_needs_no_index(client: Client, readers: FakeReaders) -> None:
    readers.failing = IndexStoreError("not there")
    assert figures(read_void(client)) == []
    assert "is being counted" in client.get("/.well-known/void", "text/html").text


def figures(graph: rdflib.Graph) -> list[rdflib.term.Node]:
    return list(graph.objects(DATASET, VOID.triples))


def test_a_figure_that_costs_too_much_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> str:
        return "no query"

    monkeypatch.setattr(counting, "properties", refuse)
    graph = read_void(client)
    assert figures(graph) == []
    assert figure(graph, DATASET, VOID.documents) == 1


def test_the_examples_for_people(client: Client) -> None:
    page = client.get("/examples", "text/html").text
    assert [example.name for example in load_examples() if f'id="{example.name}"' not in page] == []


def test_the_page_for_people(client: Client) -> None:
    page = client.get("/.well-known/void", "text/html").text
    present = ["<h2>Classes</h2>", 'href="../ontology#State">State</a></td><td>3</td>', "belongs to the publisher"]
    assert [words for words in present if words not in page] == []


def test_the_examples_are_those_that_ship(client: Client) -> None:
    graph = read_void(client, "/examples")
    queries = {str(o) for o in graph.objects(predicate=rdflib.URIRef(str(SH) + "select"))}
    assert queries == {example.text for example in load_examples()}
