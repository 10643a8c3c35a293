"""Statements as graphs describe them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export import terms
from kg.export.articles import read_quotations
from kg.export.named_graph import NamedGraph
from kg.export.records import Claim, StatementRecord
from kg.export.scheme import local_name
from kg.export.scope import Scope

_RELATIONS = (terms.kg.reports, terms.kg.enacts, terms.kg.disputes)


def find_statements(graph: NamedGraph) -> Iterator[StatementRecord]:
    """The statements of a graph, by IRI."""
    scope = Scope(graph)
    return (_read_statement(scope, iri) for iri in graph.instances_of(terms.kg.Statement))


def find_claims(scope: Scope) -> dict[str, list[Claim]]:
    """What statements of a graph say of each event, by the event's IRI."""
    claims: dict[str, list[Claim]] = {}
    for relation in _RELATIONS:
        for statement, event in sorted(scope.graph.links(relation)):
            stance = local_name(scope.graph.one_of(statement, terms.kg.stance) or "")
            claim = Claim(statement, local_name(relation), stance, scope.parties(statement, terms.kg.speaker))
            claims.setdefault(event, []).append(claim)
    return claims


def _read_statement(scope: Scope, iri: str) -> StatementRecord:
    graph = scope.graph
    return StatementRecord(
        iri=iri,
        article=scope.article(graph.one_of(iri, terms.kg.article) or ""),
        stance=local_name(graph.one_of(iri, terms.kg.stance) or ""),
        speakers=scope.parties(iri, terms.kg.speaker),
        evidence=read_quotations(graph, iri, terms.kg.evidence),
        quotes=tuple(graph.all_of(iri, terms.kg.quote)),
        addressees=scope.parties(iri, terms.kg.addressee),
        about=scope.parties(iri, terms.kg.about),
        said_on=graph.one_of(iri, terms.kg.saidOn),
        reports=tuple(graph.all_of(iri, terms.kg.reports)),
        enacts=tuple(graph.all_of(iri, terms.kg.enacts)),
        disputes=tuple(graph.all_of(iri, terms.kg.disputes)),
        confidence=scope.confidence(iri),
    )
