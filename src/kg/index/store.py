"""An Oxigraph store whose default graph is the true union of its named graphs, kept as triples of its own.

Oxigraph's union at query time counts a triple as often as graphs hold it; this one holds each triple once. In comes
what each graph shall hold, and every call is one transaction: all of it is there afterwards, or nothing.
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


@dataclass(frozen=True, slots=True)
class _Difference:
    """What must leave a graph and what must come."""

    gone: frozenset[Triple]
    added: frozenset[Triple]


class UnionStore:
    """A store on disk. One process writes to it; readers open checkpoints of it."""

    def __init__(self, store: Store) -> None:
        """A union kept in `store`; `open` opens one on disk."""
        self._store = store

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store at `path`, made there if there is none.

        Raises:
            IndexStoreError: it is damaged, or cannot be opened.
        """
        with _reported(f"cannot open the index at {path}"):
            return cls(Store(path))

    def replace(self, graphs: Mapping[str, bytes]) -> None:
        """Make each graph, by IRI, hold just the triples given in N-Triples; an empty one is removed.

        Doing so again changes nothing.

        Raises:
            IndexStoreError: it could not be done; nothing was.
        """
        with _reported("cannot write to the index"):
            differences = {NamedNode(iri): self._compare(iri, triples) for iri, triples in graphs.items()}
            empty = [NamedNode(iri) for iri, triples in graphs.items() if not triples.strip()]
            if update := _to_update(differences, self._leaving(differences), empty):
                self._store.update(update)

    def flush(self) -> None:
        """Write what is only in memory and in the engine's log to its files, and let go of both.

        Raises:
            IndexStoreError: it could not be written.
        """
        with _reported("cannot write to the index"):
            self._store.flush()

    def backup(self, path: Path) -> None:
        """A checkpoint of the store at `path`, made of hard links; the store itself is durable after this.

        Raises:
            IndexStoreError: it could not be made.
        """
        with _reported("cannot make a checkpoint of the index"):
            self._store.flush()
            self._store.backup(path)

    def _compare(self, iri: str, triples: bytes) -> _Difference:
        graph = NamedNode(iri)
        old = {quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph)}
        new = {_skolemise(quad.triple, iri) for quad in _parse(iri, triples)}
        return _Difference(frozenset(old - new), frozenset(new - old))

    def _leaving(self, differences: Mapping[NamedNode, _Difference]) -> set[Triple]:
        """The triples that no graph will hold any more."""
        staying = {triple for difference in differences.values() for triple in difference.added}
        gone = {triple for difference in differences.values() for triple in difference.gone}
        return {triple for triple in gone - staying if not self._is_held(triple, differences)}

    def _is_held(self, triple: Triple, differences: Mapping[NamedNode, _Difference]) -> bool:
        """True where a graph holds `triple` that is not about to lose it."""
        for quad in self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and not (graph in differences and triple in differences[graph].gone):
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


def _skolemise(triple: Triple, iri: str) -> Triple:
    """`triple` with IRIs of the graph `iri` for blank nodes: a transaction cannot name a blank node to remove it.

    RDF 1.1 Concepts, section 3.5.
    """
    subject, predicate, object = triple
    if isinstance(subject, BlankNode):
        subject = NamedNode(f"{iri}#_{subject.value}")
    if isinstance(object, BlankNode):
        object = NamedNode(f"{iri}#_{object.value}")
    return Triple(subject, predicate, object)


def _to_update(
    differences: Mapping[NamedNode, _Difference], leaving: Iterable[Triple], empty: Iterable[NamedNode]
) -> str:
    """One SPARQL update, which Oxigraph runs as one transaction; a batch of it beats single quads by 2 to 3 times."""
    gone = [_block(graph, difference.gone) for graph, difference in differences.items() if difference.gone]
    added = [_block(graph, difference.added) for graph, difference in differences.items() if difference.added]
    union = {triple for difference in differences.values() for triple in difference.added}
    operations = []
    if gone:
        operations.append(f"DELETE DATA {{ {_body(leaving)} {' '.join(gone)} }}")
    if added:
        operations.append(f"INSERT DATA {{ {_body(union)} {' '.join(added)} }}")
    operations.extend(f"DROP SILENT GRAPH {graph}" for graph in empty)
    return " ;\n".join(operations)


def _block(graph: NamedNode | DefaultGraph, triples: Iterable[Triple]) -> str:
    return f"GRAPH {graph} {{ {_body(triples)} }}"


def _body(triples: Iterable[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
