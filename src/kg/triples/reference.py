"""The two graphs that no article makes: what is known of states and organizations, and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDFS, SKOS

from kg import iris
from kg.reference import Organization, State, load_organizations, load_states
from kg.resources import resource
from kg.triples.terms import Triple, decimal, literals, types
from kg.vocab import KG, KIND, SCHEMA, WIKIDATA


def vocabulary_graph() -> Graph:
    """The ontology and all concept schemes."""
    graph = Graph()
    for path in sorted(resource("ontology").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def reference_graph(base: str) -> Graph:
    """What is true of states and well-known organizations beyond any one article."""
    graph = Graph(identifier=URIRef(base + iris.REFERENCE_GRAPH))
    for state in load_states().values():
        for triple in _reference_state(URIRef(base + iris.state(state.iso3)), state):
            graph.add(triple)
    for organization in load_organizations().values():
        for triple in _reference_organization(base, organization):
            graph.add(triple)
    return graph


def _reference_state(node: URIRef, state: State) -> Iterator[Triple]:
    """Demonyms find a state but do not name it, so they are hidden labels."""
    yield from types(node, KG.State, KG.Agent)
    yield node, RDFS.label, Literal(state.name)
    yield node, KG.iso3, Literal(state.iso3)
    yield node, OWL.sameAs, WIKIDATA[state.wikidata]
    yield node, SCHEMA.latitude, decimal(state.lat)
    yield node, SCHEMA.longitude, decimal(state.lon)
    yield from literals(node, KG.capital, *state.capitals)
    names = {state.official_name, *state.alt_names} - {state.name}
    yield from literals(node, SKOS.altLabel, *names)
    yield from literals(node, SKOS.hiddenLabel, *state.demonyms)


def _reference_organization(base: str, organization: Organization) -> Iterator[Triple]:
    node = URIRef(base + iris.organization(organization.name))
    yield from types(node, KG.Organization, KG.Agent)
    yield node, RDFS.label, Literal(organization.name)
    yield node, KG.kind, KIND[organization.kind]
    if organization.iso3:
        yield node, KG.partOfState, URIRef(base + iris.state(organization.iso3))
    if organization.wikidata:
        yield node, OWL.sameAs, WIKIDATA[organization.wikidata]
    yield from literals(node, SKOS.altLabel, *organization.alt_names)
