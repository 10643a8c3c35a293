"""The journal as it was at one moment, whatever is written to it meanwhile."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from kg.journal.database import connect, reported


class Snapshot:
    """All graphs that a journal holds when it is opened, read one at a time; close it, for the log grows meanwhile."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """A snapshot on a connection that is in a transaction; `open` opens it."""
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The journal at `path` as it is now.

        Raises:
            JournalError: it cannot be read.
        """
        with reported(path):
            connection = connect(path, write=False)
            # https://sqlite.org/isolation.html: what is read first settles what is seen until the transaction ends.
            connection.execute("BEGIN")
            snapshot = cls(path, connection)
            snapshot.count()
        return snapshot

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def count(self) -> int:
        """How many graphs there are, of articles and others."""
        with reported(self._path):
            return int(self._connection.execute("SELECT count(*) FROM entry WHERE kind <> 'removed'").fetchone()[0])

    def graphs(self) -> Iterator[tuple[str, bytes]]:
        """IRI and triples, as N-Triples, of each graph, in the order in which they were accepted."""
        query = "SELECT iri, graph FROM entry WHERE kind <> 'removed' ORDER BY sequence"
        with reported(self._path):
            for iri, graph in self._connection.execute(query):
                yield iri, zlib.decompress(graph)

    def find(self, iris: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """IRI and triples of each of the graphs `iris` that there is, in that order."""
        for iri in iris:
            if (graph := self.get_graph(iri)) is not None:
                yield iri, graph

    def get_graph(self, iri: str) -> bytes | None:
        """The triples of one graph, None where there is none."""
        with reported(self._path):
            query = "SELECT graph FROM entry WHERE iri = ? AND kind <> 'removed'"
            row = self._connection.execute(query, (iri,)).fetchone()
        return None if row is None else zlib.decompress(row[0])
