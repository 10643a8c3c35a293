"""Where named graphs come from: the journal, whole, or a SPARQL service, by query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import iris
from kg.export import terms
from kg.export.named_graph import NamedGraph
from kg.export.selection import Selection

Stored = tuple[str, bytes]
"""IRI of a graph and its triples, in N-Triples, as the journal gives them."""


def open_stored(
    stored: Iterable[Stored], selection: Selection, find: Callable[[str], bytes | None]
) -> Iterator[NamedGraph]:
    """The graphs that may hold something of `selection`, opened one at a time.

    What events and statements of a graph say of an article that stands in another graph is looked up by `find`, which
    gives a graph's triples by IRI. An event or statement that its article's own graph has too is left to that.
    """
    needles = tuple(selection.needles())
    for iri, triples in stored:
        if all(any(needle in triples for needle in one_of) for one_of in needles):
            graph = NamedGraph.parse(None if iri == iris.DEFAULT_GRAPH else iri, triples)
            yield stand_on_articles(graph, lambda article: _parse_found(article, find(article)))


def stand_on_articles(graph: NamedGraph, find: Callable[[str], NamedGraph | None]) -> NamedGraph:
    """A graph that is an article's as it is; any other with the graphs of the articles that it speaks of behind it."""
    for article in missing_articles(graph):
        if (background := find(article)) is not None:
            graph = graph.above(background)
    return graph


def missing_articles(graph: NamedGraph) -> list[str]:
    """The articles that events and statements of a graph are of and that the graph does not describe."""
    if graph.iri is not None and graph.iri in graph:
        return []
    return sorted({article for _, article in graph.links(terms.kg.article) if article not in graph})


def _parse_found(iri: str, triples: bytes | None) -> NamedGraph | None:
    return None if triples is None else NamedGraph.parse(iri, triples)
