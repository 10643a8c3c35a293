"""A named graph while its records are read: articles and agents that many of them share are read once."""

from __future__ import annotations

from kg.export import terms
from kg.export.agents import read_party
from kg.export.articles import read_article
from kg.export.named_graph import NamedGraph
from kg.export.records import ArticleRecord, Party


class Scope:
    """What was read of one graph."""

    def __init__(self, graph: NamedGraph) -> None:
        """The scope of `graph`."""
        self.graph = graph
        self._articles: dict[str, ArticleRecord] = {}
        self._parties: dict[str, Party] = {}

    def article(self, iri: str) -> ArticleRecord:
        """The article `iri`."""
        if iri not in self._articles:
            self._articles[iri] = read_article(self.graph, iri)
        return self._articles[iri]

    def parties(self, subject: str, predicate: str) -> tuple[Party, ...]:
        """The agents that `predicate` leads to, by IRI."""
        return tuple(self._party(iri) for iri in self.graph.all_of(subject, predicate))

    def confidence(self, subject: str) -> float | None:
        """How sure the reader is of `subject`."""
        value = self.graph.one_of(subject, terms.kg.confidence)
        return None if value is None else float(value)

    def _party(self, iri: str) -> Party:
        if iri not in self._parties:
            self._parties[iri] = read_party(self.graph, iri)
        return self._parties[iri]
