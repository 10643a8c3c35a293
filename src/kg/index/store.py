"""An Oxigraph store that holds named graphs, and as default graph their true union, or what was written to that alone.

Oxigraph's union at query time counts a triple as often as graphs hold it; this one is kept as triples of its own, and
holds each once. In comes what each graph shall hold, and every call is one transaction: all of it is there afterwards,
or nothing.

A blank node belongs to one graph and to the copy of that graph in the union. No update can name it, so the triples
that have one go and come as a whole whenever their graph is replaced.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import IndexStoreError
from kg.iris import DEFAULT_GRAPH

_Graph = NamedNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class _Change:
    """What must leave a graph and what must come: triples without blank nodes, and all those with any.

    Where it `is_gone`, the graph goes too.
    """

    gone: frozenset[Triple]
    added: frozenset[Triple]
    blank_gone: bool
    blank_added: tuple[Triple, ...]
    is_gone: bool


class GraphStore:
    """A store on disk, whose default graph is the union of the others or, if not `union`, a graph of its own.

    One process writes to it; readers open checkpoints of it.
    """

    def __init__(self, store: Store, *, union: bool = True) -> None:
        """Graphs kept in `store`; `open` opens one on disk."""
        self._store = store
        self._union = union

    @classmethod
    def open(cls, path: Path, *, union: bool = True) -> Self:
        """The store at `path`, made there if there is none.

        Raises:
            IndexStoreError: it is damaged, or cannot be opened.
        """
        with _reported(f"cannot open the index at {path}"):
            return cls(Store(path), union=union)

    def replace(self, graphs: Mapping[str, bytes | None]) -> None:
        """Make each graph, by IRI, hold just the triples given in N-Triples; None removes it, no triples empty it.

        Doing so again changes nothing.

        Raises:
            IndexStoreError: it could not be done; nothing was.
        """
        with _reported("cannot write to the index"):
            changes = {self._name(iri): self._compare(iri, triples) for iri, triples in graphs.items()}
            leaving = self._leaving(changes) if self._union else set()
            if update := _to_update(changes, leaving, union=self._union):
                self._store.update(update)

    def flush(self) -> None:
        """Write what is only in memory and in the engine's log to its files, and let go of both.

        Raises:
            IndexStoreError: it could not be written.
        """
        with _reported("cannot write to the index"):
            self._store.flush()

    def pack(self) -> None:
        """Put the files in the order that queries are fastest over, up to three times as fast; seconds for a million.

        Raises:
            IndexStoreError: they could not be written.
        """
        with _reported("cannot write to the index"):
            self._store.optimize()

    def backup(self, path: Path) -> None:
        """A checkpoint of the store at `path`, made of hard links; the store itself is durable after this.

        Raises:
            IndexStoreError: it could not be made.
        """
        with _reported("cannot make a checkpoint of the index"):
            self._store.flush()
            self._store.backup(path)

    def _name(self, iri: str) -> _Graph:
        """How the store names a graph."""
        return DefaultGraph() if iri == DEFAULT_GRAPH and not self._union else NamedNode(iri)

    def _compare(self, iri: str, triples: bytes | None) -> _Change:
        old = {quad.triple for quad in self._store.quads_for_pattern(None, None, None, self._name(iri))}
        new = {quad.triple for quad in _parse(iri, triples or b"")}
        old_ground, new_ground = set(filter(_is_ground, old)), set(filter(_is_ground, new))
        return _Change(
            gone=frozenset(old_ground - new_ground),
            added=frozenset(new_ground - old_ground),
            blank_gone=len(old_ground) < len(old),
            blank_added=tuple(new - new_ground),
            is_gone=triples is None,
        )

    def _leaving(self, changes: Mapping[_Graph, _Change]) -> set[Triple]:
        """The triples without blank nodes that no graph will hold any more."""
        staying = {triple for change in changes.values() for triple in change.added}
        gone = {triple for change in changes.values() for triple in change.gone}
        return {triple for triple in gone - staying if not self._is_held(triple, changes)}

    def _is_held(self, triple: Triple, changes: Mapping[_Graph, _Change]) -> bool:
        """True where a graph holds `triple` that is not about to lose it."""
        for quad in self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and not (graph in changes and triple in changes[graph].gone):
                return True
        return False


@contextmanager
def _reported(failure: str) -> Iterator[None]:
    """Turns what pyoxigraph raises into our error; damage is a RuntimeError there."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        # RocksDB gives its reasons as text only.
        if os.strerror(errno.ENOSPC) in str(error):
            raise IndexStoreError(f"{failure}: the disk is full; free some space and run this again") from error
        raise IndexStoreError(f"{failure}: {error}; if this stays, run kg rebuild") from error


def _parse(iri: str, triples: bytes) -> Iterator[Quad]:
    try:
        yield from parse(triples, RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise IndexStoreError(f"the graph recorded for {iri} is no N-Triples: {error}") from error


def _is_ground(triple: Triple) -> bool:
    return not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode)


def _to_update(changes: Mapping[_Graph, _Change], leaving: Iterable[Triple], *, union: bool) -> str:
    """One SPARQL update, which Oxigraph runs as one transaction; a batch of it beats single quads by 2 to 3 times."""
    gone = [_block(graph, change.gone) for graph, change in changes.items() if change.gone]
    added = [_block(graph, change.added) for graph, change in changes.items() if change.added]
    joining = {triple for change in changes.values() for triple in change.added} if union else ()
    operations = []
    if gone:
        operations.append(f"DELETE DATA {{ {_body(leaving)} {' '.join(gone)} }}")
    operations.extend(_drop_blank(graph, union) for graph, change in changes.items() if change.blank_gone)
    if added:
        operations.append(f"INSERT DATA {{ {_body(joining)} {' '.join(added)} }}")
    for number, (graph, change) in enumerate(changes.items()):
        if change.blank_added:
            operations.append(_add_blank(graph, change.blank_added, union, number))
    for graph, change in changes.items():
        if isinstance(graph, NamedNode):
            operations.extend(_existence(graph, change))
    return " ;\n".join(operations)


def _existence(graph: NamedNode, change: _Change) -> Iterator[str]:
    """What a graph that holds nothing needs so as to be there, or not to be."""
    if change.is_gone:
        yield f"DROP SILENT GRAPH {graph}"
    elif not change.added and not change.blank_added:
        yield f"CREATE SILENT GRAPH {graph}"


def _drop_blank(graph: _Graph, union: bool) -> str:
    pattern = "?s ?p ?o"
    there = _within(graph, pattern)
    everywhere = f"{pattern} . {there}" if union else there
    return f"DELETE {{ {everywhere} }} WHERE {{ {there} FILTER(isBlank(?s) || isBlank(?o)) }}"


def _add_blank(graph: _Graph, triples: Iterable[Triple], union: bool, number: int) -> str:
    """Within one operation a label is one node; no two operations of a request may have the same."""
    body = _body(_relabel(triple, f"g{number}x") for triple in triples)
    return f"INSERT DATA {{ {body if union else ''} {_within(graph, body)} }}"


def _relabel(triple: Triple, prefix: str) -> Triple:
    subject, predicate, object = triple
    if isinstance(subject, BlankNode):
        subject = BlankNode(prefix + subject.value)
    if isinstance(object, BlankNode):
        object = BlankNode(prefix + object.value)
    return Triple(subject, predicate, object)


def _block(graph: _Graph, triples: Iterable[Triple]) -> str:
    return _within(graph, _body(triples))


def _within(graph: _Graph, body: str) -> str:
    return f"GRAPH {graph} {{ {body} }}" if isinstance(graph, NamedNode) else body


def _body(triples: Iterable[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
