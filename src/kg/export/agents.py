"""Agents as a graph describes them: whose they are, in what office, of what sector."""

from __future__ import annotations

from collections.abc import Iterable

from kg.export import terms
from kg.export.named_graph import NamedGraph
from kg.export.records import Party
from kg.export.scheme import local_name
from kg.reference import load_sectors
from kg.vocab import KG, PREFIXES

_LABEL = PREFIXES["rdfs"] + "label"
_ALT_LABEL = PREFIXES["skos"] + "altLabel"
_OF_STATE = (terms.kg.partOfState, terms.kg.ofState, terms.kg.represents)
_KINDS = tuple(
    (term, local_name(term))
    for term in map(str, (KG.State, KG.Official, KG.OfficialGroup, KG.Person, KG.Organization, KG.Group))
)


def read_party(graph: NamedGraph, iri: str) -> Party:
    """The agent `iri`; one that the graph does not describe has its IRI for a name."""
    types = graph.types_of(iri)
    kind = next((name for term, name in _KINDS if term in types), "Agent")
    organizations = graph.all_of(iri, terms.kg.represents) if kind in ("Official", "Person") else []
    organizations = [one for one in organizations if terms.kg.Organization in graph.types_of(one)]
    posts = graph.all_of(iri, terms.kg.holds)
    confidence = graph.one_of(iri, terms.kg.confidence)
    return Party(
        iri=iri,
        name=graph.literal_of(iri, _LABEL) or iri,
        kind=kind,
        states=_states(graph, iri),
        sector=_sector(graph, iri, kind, organizations),
        titles=_unique(role for holder in (iri, *posts) for role in graph.all_of(holder, terms.kg.role)),
        names=tuple(graph.all_of(iri, _ALT_LABEL)),
        organizations=tuple(graph.literal_of(one, _LABEL) or one for one in organizations),
        confidence=None if confidence is None else float(confidence),
    )


def read_states(graph: NamedGraph, iris: Iterable[str]) -> tuple[str, ...]:
    """The codes of the states among `iris`."""
    codes = (graph.literal_of(iri, terms.kg.iso3) for iri in iris)
    return _unique(code for code in codes if code)


def _states(graph: NamedGraph, iri: str) -> tuple[str, ...]:
    """The states that an agent is, belongs to, or acts for."""
    near = [iri, *(one for term in _OF_STATE for one in graph.all_of(iri, term))]
    posts = graph.all_of(iri, terms.kg.holds)
    near += [state for post in posts for state in graph.all_of(post, terms.kg.ofState)]
    far = [state for body in near[1:] for state in graph.all_of(body, terms.kg.partOfState)]
    return read_states(graph, [*near, *far])


def _sector(graph: NamedGraph, iri: str, kind: str, organizations: list[str]) -> str | None:
    """The sector of the agent, or of the body that a person represents; an official without one is of a government."""
    sectors = load_sectors()
    if kind == "State":
        return sectors["state"].code
    bodies = [iri] if kind == "Organization" else organizations
    kinds = (local_name(value) for body in bodies for value in graph.all_of(body, terms.kg.kind))
    found = next((sectors[value].code for value in kinds if value in sectors), None)
    return found or (sectors["official"].code if kind in ("Official", "OfficialGroup") else None)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
