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
            yield graph if iri in graph else _above_articles(graph, find)


def _above_articles(graph: NamedGraph, find: Callable[[str], bytes | None]) -> NamedGraph:
    """A graph that is no article's, with the graphs of the articles that it speaks of behind it."""
    articles = sorted({article for _, article in graph.links(terms.kg.article) if article not in graph})
    for article in articles:
        if (triples := find(article)) is not None:
            graph = graph.above(NamedGraph.parse(article, triples))
    return graph
