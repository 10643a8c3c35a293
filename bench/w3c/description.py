"""A test of the service description and a service -> what went wrong, if anything.

The manifest has three tests, https://www.w3.org/2009/sparql/docs/tests/data-sparql11/service-description/, and says
what each means by its name alone. The schema is that of https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from w3c.results import GRAPHS
from w3c.servers import Server
from w3c.types import DescriptionTest

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

# https://www.w3.org/TR/sparql11-service-description/#vocab: property, its domain and its range
PROPERTIES = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, SD.Feature),
    SD.defaultEntailmentRegime: (SD.Service, SD.EntailmentRegime),
    SD.entailmentRegime: (SD.NamedGraph, SD.EntailmentRegime),
    SD.defaultSupportedEntailmentProfile: (SD.Service, SD.EntailmentProfile),
    SD.supportedEntailmentProfile: (SD.NamedGraph, SD.EntailmentProfile),
    SD.extensionFunction: (SD.Service, SD.Function),
    SD.extensionAggregate: (SD.Service, SD.Aggregate),
    SD.languageExtension: (SD.Service, SD.Feature),
    SD.supportedLanguage: (SD.Service, SD.Language),
    SD.propertyFeature: (SD.Service, SD.Feature),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.GraphCollection, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
CLASSES: set[URIRef] = {
    *(SD.Service, SD.Feature, SD.Language, SD.Function, SD.Aggregate, SD.EntailmentRegime, SD.EntailmentProfile),
    *(SD.GraphCollection, SD.Dataset, SD.Graph, SD.NamedGraph),
}
_ABOVE = {SD.Dataset: {SD.GraphCollection}}


def describe(test: DescriptionTest, server: Server) -> str | None:
    """What went wrong, in a few words, or None."""
    accept = "text/turtle, application/rdf+xml, application/ld+json;q=0.9, application/n-triples;q=0.8"
    response = server.send("GET", server.kind.query, {"accept": accept})
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if response.status_code != 200 or media_type not in GRAPHS:
        return f"no description: {response.status_code} {media_type}".rstrip()
    endpoint = server.address + server.kind.query
    try:
        triples = ox.serialize(
            (quad.triple for quad in ox.parse(response.content, GRAPHS[media_type], base_iri=endpoint)),
            format=ox.RdfFormat.N_TRIPLES,
        )
    except SyntaxError as error:
        return f"the description is not well-formed: {error}"
    graph = Graph().parse(data=triples or b"", format="nt")
    return TESTS.get(test.iri.rpartition("#")[2], _is_not_known)(graph, endpoint)


def _says_where(graph: Graph, endpoint: str) -> str | None:
    services = set(graph.subjects(SD.endpoint, URIRef(endpoint)))
    return None if services else f"no sd:endpoint that is {endpoint}"


def _is_rdf(graph: Graph, endpoint: str) -> str | None:
    return None if graph else "an empty graph"


def _conforms(graph: Graph, endpoint: str) -> str | None:
    return next(faults(graph), None)


def _is_not_known(graph: Graph, endpoint: str) -> str | None:
    return "what this test asks is not known here"


TESTS: dict[str, Callable[[Graph, str], str | None]] = {
    "has-endpoint-triple": _says_where,
    "returns-rdf": _is_rdf,
    "conforms-to-schema": _conforms,
}


def faults(graph: Graph) -> Iterator[str]:
    """Where a description is not as the schema has it."""
    if (None, RDF.type, SD.Service) not in graph:
        yield "nothing that is an sd:Service"
    for subject, predicate, value in graph:
        assert isinstance(predicate, URIRef)
        if predicate in PROPERTIES:
            domain, target = PROPERTIES[predicate]
            if isinstance(value, Literal):
                yield f"{predicate} has a literal, {value}"
            if not _may_be(graph, subject, domain):
                yield f"{subject} has {predicate} and is no {domain}"
            if target is not None and not _may_be(graph, value, target):
                yield f"{value} is a value of {predicate} and no {target}"
        elif predicate in SD:
            yield f"{predicate} is no property of the schema"
        elif predicate == RDF.type and str(value) in SD and value not in CLASSES:
            yield f"{value} is no class of the schema"


def _may_be(graph: Graph, node: Node, kind: URIRef) -> bool:
    """Whether its types, if any of the schema are given, have this one among them."""
    types = CLASSES.intersection(graph.objects(node, RDF.type))
    return not types or kind in types.union(*(_ABOVE.get(own, set()) for own in types))
