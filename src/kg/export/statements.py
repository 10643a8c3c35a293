"""Statements as graphs describe them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.articles import read_quotations
from kg.export.named_graph import NamedGraph
from kg.export.records import Claim, StatementRecord
from kg.export.scheme import local_name
from kg.export.scope import Scope
from kg.vocab import KG

_RELATIONS = (KG.reports, KG.enacts, KG.disputes)


def find_statements(graph: NamedGraph) -> Iterator[StatementRecord]:
    """The statements of a graph, by IRI."""
    scope = Scope(graph)
    return (_read_statement(scope, iri) for iri in graph.instances_of(str(KG.Statement)))


def find_claims(scope: Scope) -> dict[str, list[Claim]]:
    """What statements of a graph say of each event, by the event's IRI."""
    claims: dict[str, list[Claim]] = {}
    for relation in _RELATIONS:
        for statement, event in sorted(scope.graph.links(str(relation))):
            stance = local_name(scope.graph.one_of(statement, str(KG.stance)) or "")
            claim = Claim(statement, local_name(str(relation)), stance, scope.parties(statement, str(KG.speaker)))
            claims.setdefault(event, []).append(claim)
    return claims


def _read_statement(scope: Scope, iri: str) -> StatementRecord:
    graph = scope.graph
    return StatementRecord(
        iri=iri,
        article=scope.article(graph.one_of(iri, str(KG.article)) or ""),
        stance=local_name(graph.one_of(iri, str(KG.stance)) or ""),
        speakers=scope.parties(iri, str(KG.speaker)),
        evidence=read_quotations(graph, iri, str(KG.evidence)),
        quotes=tuple(graph.all_of(iri, str(KG.quote))),
        addressees=scope.parties(iri, str(KG.addressee)),
        about=scope.parties(iri, str(KG.about)),
        said_on=graph.one_of(iri, str(KG.saidOn)),
        reports=tuple(graph.all_of(iri, str(KG.reports))),
        enacts=tuple(graph.all_of(iri, str(KG.enacts))),
        disputes=tuple(graph.all_of(iri, str(KG.disputes))),
        confidence=scope.confidence(iri),
    )
