"""Events as graphs describe them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export import terms
from kg.export.agents import read_states
from kg.export.articles import read_quotation, read_quotations
from kg.export.named_graph import NamedGraph
from kg.export.records import Claim, EventRecord, Place
from kg.export.scheme import context_name, load_scheme, local_name, mode_name
from kg.export.scope import Scope
from kg.export.statements import find_claims
from kg.vocab import PREFIXES

_LABEL = PREFIXES["rdfs"] + "label"


def find_events(graph: NamedGraph) -> Iterator[EventRecord]:
    """The events of a graph, by IRI."""
    scope = Scope(graph)
    claims = find_claims(scope)
    return (_read_event(scope, iri, tuple(claims.get(iri, ()))) for iri in graph.instances_of(terms.kg.Event))


def _read_event(scope: Scope, iri: str, claims: tuple[Claim, ...]) -> EventRecord:
    graph, scheme = scope.graph, load_scheme()
    category = local_name(graph.one_of(iri, terms.kg.category) or "")
    mode = graph.one_of(iri, terms.kg.mode)
    mode = mode and mode_name(mode)
    trigger = graph.one_of(iri, terms.kg.triggerSpan)
    return EventRecord(
        iri=iri,
        article=scope.article(graph.one_of(iri, terms.kg.article) or ""),
        category=category,
        factuality=local_name(graph.one_of(iri, terms.kg.factuality) or ""),
        quad_class=scheme.quad_classes[category],
        score=scheme.score(category, mode),
        evidence=read_quotations(graph, iri, terms.kg.evidence),
        mode=mode,
        contexts=tuple(map(context_name, graph.all_of(iri, terms.kg.context))),
        date=graph.one_of(iri, terms.kg.date),
        actors=scope.parties(iri, terms.kg.actor),
        recipients=scope.parties(iri, terms.kg.recipient),
        actor_states=read_states(graph, graph.all_of(iri, terms.kg.actorState)),
        recipient_states=read_states(graph, graph.all_of(iri, terms.kg.recipientState)),
        actor_words=read_quotations(graph, iri, terms.kg.actorSpan),
        recipient_words=read_quotations(graph, iri, terms.kg.recipientSpan),
        place=_place(graph, iri),
        trigger=graph.one_of(iri, terms.kg.trigger),
        trigger_span=read_quotation(graph, trigger) if trigger else None,
        confidence=scope.confidence(iri),
        claims=claims,
    )


def _place(graph: NamedGraph, iri: str) -> Place | None:
    """A name, where the graph gives one; of several, the first."""
    if (name := graph.literal_of(iri, terms.kg.location)) is not None:
        return Place(name)
    state = graph.resource_of(iri, terms.kg.location)
    if state is None:
        return None
    return Place(graph.literal_of(state, _LABEL) or state, graph.literal_of(state, terms.kg.iso3))
