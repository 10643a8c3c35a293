"""Officials over many graphs: who they are, and how much they said and did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.export import terms
from kg.export.agents import read_party
from kg.export.articles import find_articles, read_article
from kg.export.named_graph import NamedGraph
from kg.export.records import OfficialRecord
from kg.export.selection import Selection
from kg.export.sources import list_articles

_ROLES = ((terms.kg.speaker, "statements"), (terms.kg.actor, "acts"), (terms.kg.recipient, "received"))


@dataclass(slots=True)
class _Gathered:
    """What was gathered of one official so far; how many articles have each name and the like."""

    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    organizations: Counter[str] = field(default_factory=Counter)
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
        own = list(find_articles(graph))
        articles = own or [read_article(graph, iri) for iri in list_articles(graph)]
        taken = [article for article in articles if selection.takes_article(article)]
        if taken or (selection.since is None and selection.until is None):
            for iri in _find_officials(graph):
                official = gathered.setdefault(iri, _Gathered())
                official.articles += bool(own)
                _add(official, graph, iri, [article.published for article in taken if article.published])
    for iri in sorted(gathered):
        record = _record(iri, gathered[iri])
        if not selection.states or not set(selection.states).isdisjoint(record.states):
            yield record


def _find_officials(graph: NamedGraph) -> list[str]:
    """The officials that a graph describes, and those of the articles behind it who speak, act or receive in it."""
    named = {iri for term, _ in _ROLES for _, iri in graph.links(term) if iri not in graph}
    return [*graph.instances_of(terms.kg.Official), *sorted(i for i in named if terms.kg.Official in graph.types_of(i))]


def _add(official: _Gathered, graph: NamedGraph, iri: str, published: list[str]) -> None:
    party = read_party(graph, iri)
    official.names.update({party.name, *party.names})
    official.titles.update(party.titles)
    official.states.update(party.states)
    official.organizations.update(party.organizations)
    official.dates = [*_ends([*official.dates, *published])]
    for term, name in _ROLES:
        setattr(official, name, getattr(official, name) + graph.count_to(term, iri))
    if party.confidence is not None:
        official.confidence = max(official.confidence or 0.0, party.confidence)


def _ends(dates: list[str]) -> Iterator[str]:
    """The first and the last."""
    return iter((min(dates), max(dates)) if dates else ())


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    """The most frequent first; then by the alphabet."""
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _folded(counts: Counter[str]) -> Counter[str]:
    """The same, with those that differ in nothing but capitals counted together, as they are written most often."""
    folded: dict[str, Counter[str]] = {}
    for one, count in counts.items():
        folded.setdefault(one.casefold(), Counter())[one] += count
    return Counter({_ranked(forms)[0]: forms.total() for forms in folded.values()})


def _record(iri: str, official: _Gathered) -> OfficialRecord:
    name = max(official.names, key=lambda one: (len(one), one))
    return OfficialRecord(
        iri=iri,
        name=name,
        names=tuple(sorted(one for one in official.names if one != name)),
        titles=_ranked(_folded(official.titles)),
        states=_ranked(official.states),
        organizations=_ranked(official.organizations),
        first=official.dates[0] if official.dates else None,
        last=official.dates[-1] if official.dates else None,
        articles=official.articles,
        statements=official.statements,
        acts=official.acts,
        received=official.received,
        confidence=official.confidence,
    )
