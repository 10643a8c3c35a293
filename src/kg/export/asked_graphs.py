"""Named graphs out of a SPARQL service: those that may hold something of a selection, found first, then fetched.

The rows that tables make of them are those that the journal gives (`kg.export.sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.export.finding import CLASSES, agents_named, fold_case, graphs_of_subjects, graphs_of_table, more_in_default
from kg.export.named_graph import NamedGraph, Statement
from kg.export.selection import Selection
from kg.export.solutions import Ask, ask_solutions, ask_truth, list_iris
from kg.export.sources import list_articles, stand_on_articles, tell_once
from kg.sparql_text import is_iri

_BATCH = 20
"""Graphs of one query: with those of articles of common length, fewer rows than any known service gives at once."""

_DEFAULT = """SELECT ?s ?p ?o WHERE {
  ?s ?p ?o
  FILTER NOT EXISTS { GRAPH ?graph { ?s a ?class } FILTER(?class IN (kg:Event, kg:Statement, kg:Article)) }
}"""


class AskedGraphs:
    """The graphs of a service that answers queries by `ask`, in the order of their IRIs, fetched as they are needed.

    What its default graph has and no named graph comes last, as one graph. Any call may raise what
    `kg.export.solutions.ask_solutions` and `ask` raise.
    """

    def __init__(self, ask: Ask, *, is_union: bool = False) -> None:
        """The graphs that `ask` tells of; nothing is asked yet.

        `is_union` says that the default graph is known to be the union of the others; otherwise it is found out.
        """
        self._ask = ask
        self._holds_more: dict[str, bool] = dict.fromkeys(CLASSES.values(), False) if is_union else {}

    def of_table(self, table: str, selection: Selection) -> Iterator[NamedGraph]:
        """The graphs that may hold what `table` has of a selection."""
        wanted = (*selection.actors, *selection.recipients, *selection.speakers)
        yield from tell_once(self._open(graphs_of_table(table, selection, self.find_agents(wanted)), CLASSES[table]))

    def of_subjects(self, subjects: Iterable[str]) -> Iterator[NamedGraph]:
        """The graphs that say something of any of `subjects`, which are IRIs."""
        yield from tell_once(self._open(graphs_of_subjects(subjects), *CLASSES.values()))

    def find_agents(self, names: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The IRIs of those who are called by each of `names`; a name that is an IRI stands for itself."""
        wanted = tuple(dict.fromkeys(names))
        found: dict[str, list[str]] = {name: [name] if is_iri(name) else [] for name in wanted}
        if not wanted:
            return found
        bearers: dict[str, list[str]] = {}
        for row in ask_solutions(self._ask, agents_named(wanted)):
            if isinstance(row["agent"], ox.NamedNode):  # no query can name a blank node
                bearers.setdefault(fold_case(row["name"].value), []).append(row["agent"].value)
        for name, agents in found.items():
            agents.extend(bearers.get(fold_case(name), ()))
        return found

    def _open(self, query: str, *classes: str) -> Iterator[NamedGraph]:
        rows = ask_solutions(self._ask, query)
        names = sorted({row["graph"].value for row in rows if isinstance(row["graph"], ox.NamedNode)})
        own = [name for name in names if not name.endswith(tuple(f"/{key}" for key in iris.SHIPPED_GRAPHS))]
        for first in range(0, len(own), _BATCH):
            yield from self._with_articles(self._fetch(own[first : first + _BATCH]))
        if any(self._has_more(of_class) for of_class in classes):
            yield from self._with_articles([self._fetch_default()])

    def _with_articles(self, graphs: Sequence[NamedGraph]) -> Iterator[NamedGraph]:
        """The graphs; behind those that are no article's, the graphs of the articles that they speak of."""
        spoken_of = {article for graph in graphs for article in list_articles(graph)}
        articles = {graph.iri: graph for graph in self._fetch(sorted(spoken_of))}
        return (stand_on_articles(graph, articles.get) for graph in graphs)

    def _fetch(self, names: Sequence[str]) -> list[NamedGraph]:
        """The graphs `names`, in that order; one that is empty is left out."""
        if not names:
            return []
        body = f"SELECT ?graph ?s ?p ?o WHERE {{ VALUES ?graph {{ {list_iris(names)} }} GRAPH ?graph {{ ?s ?p ?o }} }}"
        triples: dict[str, list[Statement]] = {name: [] for name in names}
        for row in ask_solutions(self._ask, body):
            triples[row["graph"].value].append(_flatten(row))
        return [NamedGraph(name, found) for name, found in triples.items() if found]

    def _fetch_default(self) -> NamedGraph:
        return NamedGraph(None, map(_flatten, ask_solutions(self._ask, _DEFAULT)))

    def _has_more(self, of_class: str) -> bool:
        """Whether the default graph has records of a class that no named graph has; asked once."""
        if of_class not in self._holds_more:
            self._holds_more[of_class] = ask_truth(self._ask, more_in_default(of_class))
        return self._holds_more[of_class]


def _flatten(row: Any) -> Statement:
    # By name: not every service keeps the variables in the order of the query.
    value = row["o"]
    return row["s"].value, row["p"].value, value.value, isinstance(value, ox.Literal)
