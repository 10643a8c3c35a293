"""What `/sparql` says of itself. SPARQL 1.1 Service Description."""

from __future__ import annotations

from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import RDF

from kg.web.negotiation import GRAPHS, RESULTS

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


def describe_service(base_iri: str) -> Graph:
    """The description of the endpoint under `base_iri`."""
    graph = Graph()
    graph.bind("sd", SD)
    service = URIRef(f"{base_iri}sparql")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for format in (*RESULTS, *GRAPHS):
        graph.add((service, SD.resultFormat, _FORMATS[_NAMES[format.media_type]]))
    dataset, default_graph = BNode(), BNode()
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default_graph))
    graph.add((default_graph, RDF.type, SD.Graph))
    return graph
