"""Ways in which the graph of an article can go wrong, one at a time, chosen by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, PROV, RDF, RDFS, XSD
from rdflib.term import Node

from kg.vocab import KG, OA, PLOVER, SCHEMA, STANCE

Triple = tuple[Node, Node, Node]


def damage(graph: Graph, seed: int) -> Graph:
    """A copy of `graph` with one thing wrong."""
    rng = random.Random(seed)
    broken = Graph(bind_namespaces="none")
    for triple in graph:
        broken.add(triple)
    DAMAGES[seed % len(DAMAGES)](broken, rng)
    return broken


def _pick(graph: Graph, rng: random.Random, predicate: Node | None) -> Triple:
    return rng.choice(sorted(graph.triples((None, predicate, None))))


def _drop(*predicates: URIRef) -> Callable[[Graph, random.Random], None]:
    return lambda graph, rng: _remove(graph, _pick(graph, rng, rng.choice(predicates)))


def _remove(graph: Graph, triple: Triple) -> None:
    graph.remove(triple)


def _replace(predicate: URIRef, value: Node) -> Callable[[Graph, random.Random], None]:
    def replace(graph: Graph, rng: random.Random) -> None:
        subject, _, _ = triple = _pick(graph, rng, predicate)
        graph.remove(triple)
        graph.add((subject, predicate, value))

    return replace


def _add(predicate: URIRef, value: Node) -> Callable[[Graph, random.Random], None]:
    return lambda graph, rng: _insert(graph, (_pick(graph, rng, predicate)[0], predicate, value))


def _insert(graph: Graph, triple: Triple) -> None:
    graph.add(triple)


def _shift(predicate: URIRef, by: int) -> Callable[[Graph, random.Random], None]:
    def shift(graph: Graph, rng: random.Random) -> None:
        subject, _, offset = triple = _pick(graph, rng, predicate)
        graph.remove(triple)
        graph.add((subject, predicate, Literal(int(offset) + by, datatype=XSD.nonNegativeInteger)))

    return shift


def _forget(predicate: URIRef) -> Callable[[Graph, random.Random], None]:
    """Remove all that is said of something that `predicate` points to."""
    return lambda graph, rng: _remove(graph, (_pick(graph, rng, predicate)[2], None, None))


NOWHERE = URIRef("http://localhost:8000/nowhere")
DAMAGES: tuple[Callable[[Graph, random.Random], None], ...] = (
    _drop(KG.speaker), _drop(KG.stance), _drop(KG.evidence), _drop(KG.category), _drop(KG.factuality),
    _drop(KG.article),
    _drop(OA.start), _drop(OA.end), _drop(OA.exact), _drop(KG.text), _drop(RDFS.label), _drop(KG.iso3), _drop(KG.role),
    _drop(PROV.wasGeneratedBy), _drop(PROV.endedAtTime), _drop(KG.modelVersion), _drop(RDF.type),
    _add(KG.stance, STANCE.denies), _add(KG.category, PLOVER.AID), _add(KG.date, Literal("2001", datatype=XSD.gYear)),
    _add(OA.exact, Literal("never said")), _add(OA.start, Literal(0, datatype=XSD.nonNegativeInteger)),
    _add(RDFS.label, Literal("Another")), _add(KG.article, NOWHERE), _add(KG.actor, Literal("Denmark")),
    _replace(OA.exact, Literal("never said")), _replace(KG.stance, STANCE.shouts), _replace(KG.category, PLOVER.PLOT),
    _replace(KG.mode, PLOVER["mode-resign"]), _replace(KG.confidence, Literal("1.5", datatype=XSD.decimal)),
    _replace(KG.confidence, Literal(0.5)), _replace(KG.confidence, Literal("much", datatype=XSD.decimal)),
    _replace(KG.date, Literal("2024-02-31", datatype=XSD.date)),
    _replace(KG.date, Literal("2024-13", datatype=XSD.gYearMonth)),
    _replace(KG.date, Literal("2024-01-08")), _replace(KG.date, Literal("2024-01-10", datatype=XSD.date)),
    _replace(KG.date, NOWHERE), _replace(SCHEMA.datePublished, Literal("last week", datatype=XSD.date)),
    _replace(SCHEMA.datePublished, Literal("2017-05-05", datatype=XSD.date)),
    _replace(PROV.endedAtTime, Literal("noon", datatype=XSD.dateTime)),
    _replace(PROV.endedAtTime, Literal("2024-01-10T12:30:00+09:00", datatype=XSD.dateTime)),
    _replace(OA.start, Literal("one", datatype=XSD.nonNegativeInteger)), _replace(OA.end, Literal(-1)),
    _replace(OA.end, Literal("40")), _replace(OA.start, NOWHERE), _replace(KG.text, Literal("Other words.")),
    _replace(KG.text, Literal("Autre texte.", lang="fr")), _replace(KG.iso3, Literal("usa")),
    _replace(KG.count, Literal(0)),
    _shift(OA.start, 1), _shift(OA.end, 1), _shift(OA.end, 10_000), _shift(OA.start, 10_000),
    _forget(KG.speaker), _forget(KG.evidence), _forget(KG.actor), _forget(KG.holds), _forget(KG.reports),
    _forget(PROV.wasGeneratedBy), _add(KG.reports, NOWHERE), _add(KG.recipientState, NOWHERE), _add(KG.kind, OWL.Thing),
)  # fmt: skip
