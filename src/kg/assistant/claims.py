"""Who says so: the statements that report an event, perform it, or dispute it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.assistant.bounds import MAX_EACH, MAX_TRIPLES
from kg.assistant.concepts import notation_of
from kg.assistant.parts import Ref, to_refs
from kg.assistant.said import Said, list_iris, read_said
from kg.assistant.source import Source
from kg.vocab import KG

Relation = Literal["reports", "enacts", "disputes"]

_RELATIONS: dict[str, Relation] = {
    str(KG.reports): "reports",
    str(KG.enacts): "enacts",
    str(KG.disputes): "disputes",
}
Claims = Mapping[str, Sequence[tuple[Relation, str]]]
"""By event, the statements about it, each with what it does to it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement: it reports the event (tells of it), enacts it (performs it in speaking) or disputes it."""

    iri: str
    relation: Relation
    stance: str | None
    speakers: tuple[Ref, ...] | None


def read_claims(source: Source, said: Said, events: Iterable[str]) -> Claims:
    """The statements about each of `events`; who makes them is added to `said`.

    Raises:
        KgError: it cannot be asked.
    """
    iris = list_iris(events)
    if not iris:
        return {}
    pattern = source.within(f"VALUES ?o {{ {iris} }} VALUES ?p {{ kg:reports kg:enacts kg:disputes }} ?s ?p ?o")
    rows = source.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?o ?s LIMIT {MAX_TRIPLES}")
    claims: dict[str, list[tuple[Relation, str]]] = defaultdict(list)
    for row in rows:
        if len(claims[row["o"]]) < MAX_EACH:
            claims[row["o"]].append((_RELATIONS[row["p"]], row["s"]))
    read_said(source, said, (iri for found in claims.values() for _, iri in found), (KG.speaker, KG.stance))
    return claims


def to_claims(said: Said, claims: Claims, event: str) -> tuple[Claim, ...] | None:
    """The statements about `event`; None where there is none."""
    return (
        tuple(
            Claim(
                iri,
                relation,
                notation_of(said.value(iri, str(KG.stance))),
                to_refs(said, said.values(iri, str(KG.speaker))),
            )
            for relation, iri in claims.get(event, ())
        )
        or None
    )
