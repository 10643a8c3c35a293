"""Statistics -> what they are in VoID.

Describing Linked Datasets with the VoID Vocabulary, W3C 2011, section 4.6.
"""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID, XSD
from rdflib.term import Node

from kg.web.statistics import PropertyCount, Statistics


def add_statistics(graph: Graph, dataset: Node, statistics: Statistics) -> None:
    """Say of `dataset` what was counted, and when; a figure that is not known is left out."""
    graph.add((dataset, DCTERMS.modified, Literal(statistics.at.isoformat(), datatype=XSD.dateTime)))
    figures = {
        VOID.triples: statistics.triples,
        VOID.entities: statistics.entities,
        VOID.distinctSubjects: statistics.subjects,
        VOID.distinctObjects: statistics.objects,
        VOID.documents: statistics.articles,
        VOID.properties: len(statistics.properties) or None,
        VOID.classes: len(statistics.classes) or None,
    }
    _add_figures(graph, dataset, figures)
    _add_properties(graph, dataset, statistics.properties)
    for counted in statistics.classes:
        partition = BNode()
        graph.add((dataset, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(counted.iri)))
        _add_figures(graph, partition, {VOID.entities: counted.entities})
        _add_properties(graph, partition, counted.properties)


def _add_properties(graph: Graph, dataset: Node, properties: tuple[PropertyCount, ...]) -> None:
    for counted in properties:
        partition = BNode()
        graph.add((dataset, VOID.propertyPartition, partition))
        graph.add((partition, VOID.property, URIRef(counted.iri)))
        figures = {
            VOID.triples: counted.triples,
            VOID.distinctSubjects: counted.subjects,
            VOID.distinctObjects: counted.objects,
        }
        _add_figures(graph, partition, figures)


def _add_figures(graph: Graph, node: Node, figures: dict[URIRef, int | None]) -> None:
    for property_, figure in figures.items():
        if figure is not None:
            graph.add((node, property_, Literal(figure)))


def vocabularies_of(statistics: Statistics) -> tuple[str, ...]:
    """The namespaces of the properties and classes that are used."""
    terms = [*(one.iri for one in statistics.properties), *(one.iri for one in statistics.classes)]
    return tuple(sorted({term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}))


def type_dataset(graph: Graph, dataset: Node) -> None:
    """Say that `dataset` is one."""
    graph.add((dataset, RDF.type, VOID.Dataset))
