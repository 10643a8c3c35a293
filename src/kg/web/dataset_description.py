"""What the data are as a whole: VoID and DCAT.

Describing Linked Datasets with the VoID Vocabulary, W3C 2011; Data Catalog Vocabulary, version 3, W3C 2024.
"""

from __future__ import annotations

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, XSD

from kg import iris
from kg.web.negotiation import GRAPHS, JSON
from kg.web.service_description import format_iri
from kg.web.statistics import GraphCount, Statistics
from kg.web.void import add_statistics, type_dataset, vocabularies_of

TITLE = "States, officials, statements and events in the news"
DESCRIPTION = (
    "What news articles say of states, organizations, officials, their statements and the political events between "
    "them. Each article has a graph of its own, and each statement and event points to the words that say it."
)
RIGHTS = (
    "The text of an article, and every sentence quoted from it, belongs to the publisher of the article. "
    "The ontology, the reference graph and the example queries are under the Apache License 2.0."
)
LICENSE = URIRef("https://www.apache.org/licenses/LICENSE-2.0")
DATASET = ".well-known/void#dataset"

_MEDIA_TYPE = Namespace("https://www.iana.org/assignments/media-types/")
_PROTOCOL = URIRef("https://www.w3.org/TR/sparql11-protocol/")


def describe_dataset(root: str, base_iri: str, statistics: Statistics | None) -> Graph:
    """The data of the service, whose IRIs begin with `base_iri` and which is reached at `root`."""
    graph = Graph()
    for prefix, namespace in {"void": VOID, "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF}.items():
        graph.bind(prefix, namespace)
    document, dataset = URIRef(f"{root}.well-known/void"), URIRef(base_iri + DATASET)
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add((document, DCTERMS.title, Literal("Description of the data", "en")))
    graph.add((document, FOAF.primaryTopic, dataset))
    type_dataset(graph, dataset)
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal(TITLE, "en")))
    graph.add((dataset, DCTERMS.description, Literal(DESCRIPTION, "en")))
    graph.add((dataset, DCTERMS.rights, Literal(RIGHTS, "en")))
    graph.add((dataset, DCTERMS.language, URIRef("http://id.loc.gov/vocabulary/iso639-1/en")))
    graph.add((dataset, DCTERMS.conformsTo, URIRef(f"{root}ontology")))
    graph.add((dataset, DCTERMS.conformsTo, URIRef(f"{root}shapes")))
    graph.add((dataset, FOAF.homepage, URIRef(root)))
    graph.add((dataset, DCAT.landingPage, URIRef(root)))
    graph.add((dataset, RDFS.seeAlso, URIRef(root + iris.EXAMPLES)))
    graph.add((dataset, VOID.sparqlEndpoint, URIRef(f"{root}sparql")))
    graph.add((dataset, VOID.uriSpace, Literal(base_iri)))
    graph.add((dataset, VOID.uriRegexPattern, Literal("^" + base_iri.replace(".", r"\."))))
    for format in GRAPHS:
        graph.add((dataset, VOID.feature, format_iri(format)))
    _add_service(graph, root, dataset)
    if statistics is not None:
        _add_counted(graph, root, base_iri, dataset, statistics)
    return graph


def _add_service(graph: Graph, root: str, dataset: URIRef) -> None:
    """The endpoint, as a service and as a way to get the data."""
    service, distribution = URIRef(f"{root}sparql#service"), URIRef(f"{root}.well-known/void#sparql")
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCTERMS.title, Literal("SPARQL 1.1 endpoint", "en")))
    graph.add((service, DCTERMS.conformsTo, _PROTOCOL))
    graph.add((service, DCAT.endpointURL, URIRef(f"{root}sparql")))
    graph.add((service, DCAT.endpointDescription, URIRef(f"{root}sparql")))
    graph.add((service, DCAT.endpointDescription, URIRef(f"{root}openapi.json")))
    graph.add((service, DCAT.servesDataset, dataset))
    graph.add((dataset, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCTERMS.title, Literal("All of it, by SPARQL", "en")))
    graph.add((distribution, DCAT.accessURL, URIRef(f"{root}sparql")))
    graph.add((distribution, DCAT.accessService, service))
    graph.add((distribution, DCAT.mediaType, _MEDIA_TYPE[JSON.media_type]))


def _add_counted(graph: Graph, root: str, base_iri: str, dataset: URIRef, statistics: Statistics) -> None:
    add_statistics(graph, dataset, statistics)
    for example in statistics.examples:
        graph.add((dataset, VOID.exampleResource, URIRef(example)))
    for vocabulary in vocabularies_of(statistics):
        graph.add((dataset, VOID.vocabulary, URIRef(vocabulary)))
    if statistics.first and statistics.last:
        period = URIRef(f"{root}.well-known/void#period")
        graph.add((dataset, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(statistics.first, datatype=XSD.date)))
        graph.add((period, DCAT.endDate, Literal(statistics.last, datatype=XSD.date)))
    for counted in statistics.graphs:
        _add_graph(graph, root, base_iri, dataset, counted)


def _add_graph(graph: Graph, root: str, base_iri: str, dataset: URIRef, counted: GraphCount) -> None:
    """A named graph as a part of the data, to be had as files where it has an address here."""
    subset = URIRef(counted.iri)
    graph.add((dataset, VOID.subset, subset))
    graph.add((dataset, DCTERMS.hasPart, subset))
    type_dataset(graph, subset)
    graph.add((subset, RDF.type, DCAT.Dataset))
    key = counted.iri.removeprefix(base_iri)
    graph.add((subset, DCTERMS.title, Literal(f"The graph {key}", "en")))
    graph.add((subset, VOID.triples, Literal(counted.triples)))
    if key in iris.SHIPPED_GRAPHS:
        graph.add((subset, DCTERMS.license, LICENSE))
    if not counted.iri.startswith(f"{base_iri}graph/"):
        return
    for format in GRAPHS:
        file = URIRef(f"{root}{key}{format.suffix}")
        graph.add((subset, VOID.dataDump, file))
        distribution = URIRef(f"{root}.well-known/void#{key.replace('/', '-')}{format.suffix}")
        graph.add((subset, DCAT.distribution, distribution))
        graph.add((distribution, RDF.type, DCAT.Distribution))
        graph.add((distribution, DCAT.accessURL, file))
        graph.add((distribution, DCAT.downloadURL, file))
        graph.add((distribution, DCAT.mediaType, _MEDIA_TYPE[format.media_type]))
        if key in iris.SHIPPED_GRAPHS:
            graph.add((distribution, DCTERMS.license, LICENSE))
