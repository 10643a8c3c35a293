"""Officials over many graphs: who they are, and how much they said and did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.export.agents import read_party
from kg.export.articles import find_articles
from kg.export.named_graph import NamedGraph
from kg.export.records import OfficialRecord
from kg.export.selection import Selection
from kg.vocab import KG


@dataclass(slots=True)
class _Gathered:
    """What was gathered of one official so far; names and the like as keys."""

    names: dict[str, None] = field(default_factory=dict)
    titles: dict[str, None] = field(default_factory=dict)
    states: dict[str, None] = field(default_factory=dict)
    organizations: dict[str, None] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    articles: int = 0
    statements: int = 0
    acts: int = 0
    received: int = 0
    confidence: float | None = None


def gather_officials(graphs: Iterable[NamedGraph], selection: Selection) -> Iterator[OfficialRecord]:
    """The officials of `graphs`, by IRI, each once, with what all the graphs say of them.

    Period and states of `selection` hold: articles of the period, and officials of the states.
    """
    gathered: dict[str, _Gathered] = {}
    for graph in graphs:
        articles = [article for article in find_articles(graph) if selection.takes_article(article)]
        if articles or (selection.since is None and selection.until is None):
            for iri in graph.instances_of(str(KG.Official)):
                official = gathered.setdefault(iri, _Gathered())
                _add(official, graph, iri, [article.published for article in articles if article.published])
    for iri in sorted(gathered):
        record = _record(iri, gathered[iri])
        if not selection.states or not set(selection.states).isdisjoint(record.states):
            yield record


def _add(official: _Gathered, graph: NamedGraph, iri: str, published: list[str]) -> None:
    party = read_party(graph, iri)
    official.names.update(dict.fromkeys((party.name, *party.names)))
    official.titles.update(dict.fromkeys(party.titles))
    official.states.update(dict.fromkeys(party.states))
    official.organizations.update(dict.fromkeys(party.organizations))
    official.dates = [*_ends([*official.dates, *published])]
    official.articles += 1
    for term, name in ((KG.speaker, "statements"), (KG.actor, "acts"), (KG.recipient, "received")):
        setattr(official, name, getattr(official, name) + graph.count_to(str(term), iri))
    if party.confidence is not None:
        official.confidence = max(official.confidence or 0.0, party.confidence)


def _ends(dates: list[str]) -> Iterator[str]:
    """The first and the last."""
    return iter((min(dates), max(dates)) if dates else ())


def _record(iri: str, official: _Gathered) -> OfficialRecord:
    # Sorted, so that the order in which graphs come does not show.
    name = max(sorted(official.names), key=len)
    return OfficialRecord(
        iri=iri,
        name=name,
        names=tuple(sorted(one for one in official.names if one != name)),
        titles=tuple(sorted(official.titles)),
        states=tuple(sorted(official.states)),
        organizations=tuple(sorted(official.organizations)),
        first=official.dates[0] if official.dates else None,
        last=official.dates[-1] if official.dates else None,
        articles=official.articles,
        statements=official.statements,
        acts=official.acts,
        received=official.received,
        confidence=official.confidence,
    )
