"""What `/sparql` says of itself. SPARQL 1.1 Service Description."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, VOID
from starlette.requests import Request

from kg import iris
from kg.web.negotiation import GRAPHS, RESULTS, Format
from kg.web.origin import root_of
from kg.web.rdf import serialize
from kg.web.service import Service
from kg.web.statistics import Statistics
from kg.web.void import add_statistics, type_dataset

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

# https://www.w3.org/ns/formats/
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
}
# https://www.w3.org/ns/entailment/
_SIMPLE = URIRef("http://www.w3.org/ns/entailment/Simple")


def describe_service(request: Request, service: Service, format: Format) -> bytes:
    """The description of the endpoint, at the address where `request` reached it, in `format`.

    It takes no query: the statistics in it are the last that were made, and are left out while the first are made.
    """
    root = root_of(request, service.settings.base_iri)
    statistics = service.statistics.peek()

    def write() -> bytes:
        has_union = service.settings.union_default_graph is not False
        return serialize(to_graph(root, statistics, has_union=has_union), format)

    return service.documents.get(("sparql", root, format), statistics, write)


def format_iri(format: Format) -> URIRef:
    """The IRI of a format we write."""
    return _FORMATS[_NAMES[format.media_type]]


def to_graph(root: str, statistics: Statistics | None, *, has_union: bool) -> Graph:
    """The description of the endpoint of the service at `root`; `has_union` where its default graph is all graphs."""
    graph = Graph()
    for prefix, namespace in {"sd": SD, "void": VOID, "dcterms": DCTERMS}.items():
        graph.bind(prefix, namespace)
    endpoint = URIRef(f"{root}sparql")
    service = URIRef(f"{endpoint}#service")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, endpoint))
    graph.add((service, DCTERMS.title, Literal("kg", lang="en")))
    for language in (SD.SPARQL10Query, SD.SPARQL11Query):
        graph.add((service, SD.supportedLanguage, language))
    if has_union:
        graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultEntailmentRegime, _SIMPLE))
    for format in (*RESULTS, *GRAPHS):
        graph.add((service, SD.resultFormat, format_iri(format)))
    for also in (".well-known/void", iris.EXAMPLES):
        graph.add((service, RDFS.seeAlso, URIRef(root + also)))
    _add_dataset(graph, service, statistics, has_union=has_union)
    return graph


def _add_dataset(graph: Graph, service: URIRef, statistics: Statistics | None, *, has_union: bool) -> None:
    """The dataset that is asked where a query names none; of its graphs, those that no article made are listed."""
    dataset, default_graph, available = BNode(), BNode(), BNode()
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((service, SD.availableGraphs, available))
    graph.add((available, RDF.type, SD.GraphCollection))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, RDF.type, SD.GraphCollection))
    graph.add((dataset, SD.defaultGraph, default_graph))
    graph.add((default_graph, RDF.type, SD.Graph))
    if statistics is None:
        return
    # What was counted are all graphs together: that is the default graph only where it is their union.
    if has_union:
        type_dataset(graph, default_graph)
        add_statistics(graph, default_graph, statistics)
    for counted in statistics.graphs:
        named, content = BNode(), BNode()
        graph.add((dataset, SD.namedGraph, named))
        graph.add((available, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(counted.iri)))
        graph.add((named, SD.graph, content))
        graph.add((content, RDF.type, SD.Graph))
        type_dataset(graph, content)
        graph.add((content, VOID.triples, Literal(counted.triples)))
