"""Where named graphs come from: the journal, whole, or a SPARQL service, by query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import iris
from kg.export import terms
from kg.export.named_graph import NamedGraph
from kg.export.selection import Selection

Stored = tuple[str, bytes]
"""IRI of a graph and its triples, in N-Triples, as the journal gives them."""

_RECORDS = (terms.kg.Event, terms.kg.Statement, terms.kg.Article)


def open_stored(
    stored: Iterable[Stored], selection: Selection, find: Callable[[str], bytes | None]
) -> Iterator[NamedGraph]:
    """The graphs that may hold something of `selection`, opened one at a time.

    What stands in the graph of an article, which `find` gives by IRI, is left to that graph; what others say of the
    article stands on it.
    """
    needles = tuple(selection.needles())
    found = (
        NamedGraph.parse(None if iri == iris.DEFAULT_GRAPH else iri, triples)
        for iri, triples in stored
        if all(any(needle in triples for needle in one_of) for one_of in needles)
    )
    yield from tell_once(
        stand_on_articles(graph, lambda article: _parse_found(article, find(article))) for graph in found
    )


def stand_on_articles(graph: NamedGraph, find: Callable[[str], NamedGraph | None]) -> NamedGraph:
    """A graph that is an article's as it is; any other with the graphs of the articles that it speaks of behind it."""
    found = [background for article in list_articles(graph) if (background := find(article)) is not None]
    return graph.above(found) if found else graph


def list_articles(graph: NamedGraph) -> list[str]:
    """The articles that a graph speaks of; none, where it is the graph of an article itself."""
    if _is_of_article(graph):
        return []
    named = {article for _, article in graph.links(terms.kg.article)}
    return sorted(named.union(graph.instances_of(terms.kg.Article)))


def tell_once(graphs: Iterable[NamedGraph]) -> Iterator[NamedGraph]:
    """The graphs; a record that several have which are no article's is one of the first of these alone."""
    told: set[str] = set()
    for graph in graphs:
        if _is_of_article(graph):
            yield graph
        else:
            yield graph.without(told)
            told.update(record for of_class in _RECORDS for record in graph.instances_of(of_class))


def _is_of_article(graph: NamedGraph) -> bool:
    return graph.iri is not None and graph.iri in graph and terms.kg.Article in graph.types_of(graph.iri)


def _parse_found(iri: str, triples: bytes | None) -> NamedGraph | None:
    return None if triples is None else NamedGraph.parse(iri, triples)
