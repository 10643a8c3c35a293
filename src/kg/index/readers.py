"""A small pool of processes that answer queries, each killed and replaced when a query is too much for it.

A query's text goes in, an `Answer` comes out, streamed. Nothing a query does reaches this process or the writer's
store: readers open checkpoints (`kg.index.checkpoints`) and take up a new generation between queries. Queries see as
default graph the stored union of all graphs, and each graph by its name; the prefixes of `kg.vocab` are declared.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from kg.errors import KgError, QueryTimeoutError
from kg.index.answer import Answer, Kind
from kg.index.checkpoints import INDEX_FOLDER
from kg.index.reader import Reader
from kg.vocab import PREFIXES

_GRACE_SECONDS = 1.0  # after its time the kernel has ended a query for certain


@dataclass(frozen=True, slots=True, eq=False)
class _Lease:
    """A reader at work on one query, until `deadline` on the monotonic clock at most."""

    reader: Reader
    deadline: float


class Readers:
    """The pool for one data directory: safe to use from many threads, each of which blocks while it waits.

    `size` processes at most, started when first needed; `timeout` in seconds bounds both the wait for a free one and
    a query from its start to the last byte of its answer; `memory_mb` bounds what a query may use.
    """

    def __init__(self, directory: Path, *, size: int, timeout: float, memory_mb: int) -> None:
        """A pool over the index in the data directory `directory`; no process is started yet."""
        self._timeout = timeout
        self._start = partial(Reader, directory / INDEX_FOLDER, memory_mb=memory_mb, prefixes=PREFIXES)
        self._size = size
        self._idle: list[Reader] = []
        self._busy: set[_Lease] = set()
        self._overdue: set[_Lease] = set()
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End all readers; queries under way get an error."""
        with self._changed:
            for reader in self._idle:
                reader.close()
            self._idle.clear()
            for lease in list(self._busy):
                self._end(lease)

    def query(self, text: str, *, results: str | None, graphs: str | None, base_iri: str | None = None) -> Answer:
        """The answer to a SPARQL 1.1 query, from one generation of the index.

        Args:
            text: the query.
            results: media type for solutions and booleans, one of `kg.index.answer.RESULT_TYPES`.
            graphs: media type for graphs, one of `kg.index.answer.GRAPH_TYPES`.
            base_iri: what relative IRIs in the query are resolved against.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 query; the message says where.
            QueryRefusedError: it has a SERVICE clause, or is an update.
            NotAcceptableError: what it gives has no media type asked for it.
            QueryTimeoutError: it ran past its time, or no reader was free for that long.
            QueryMemoryError: it ran past its memory, or broke its reader.
            IndexStoreError: there is no index yet, or it cannot be read.
        """
        lease = self._lease()
        question = {
            "text": text,
            "results": results,
            "graphs": graphs,
            "base_iri": base_iri,
            "timeout": self._timeout,
        }
        try:
            head = lease.reader.ask(question)
        except KgError:
            self._release(lease, reader_is_free=True)
            raise
        except BaseException:
            self._release(lease, reader_is_free=False)
            raise
        return Answer(
            Kind(head["kind"]),
            head["media_type"],
            head["generation"],
            self._stream(lease),
            partial(self._release, lease, reader_is_free=False),
        )

    def _stream(self, lease: _Lease) -> Iterator[bytes]:
        reader_is_free = False
        try:
            yield from lease.reader.chunks()
            reader_is_free = True
        finally:
            self._release(lease, reader_is_free=reader_is_free)

    def _lease(self) -> _Lease:
        """A reader for one query, when one is free."""
        with self._changed:
            until = time.monotonic() + self._timeout
            while len(self._busy) >= self._size:
                now = time.monotonic()
                if now >= until:
                    raise QueryTimeoutError("all readers are busy: try again later, or raise KG_READERS")
                self._changed.wait(min(until, *(lease.deadline for lease in self._busy)) - now)
                self._take_back_overdue()
            lease = _Lease(self._idle_reader() or self._start(), time.monotonic() + self._timeout + _GRACE_SECONDS)
            self._busy.add(lease)
            return lease

    def _idle_reader(self) -> Reader | None:
        while self._idle:
            reader = self._idle.pop()
            if reader.is_alive:
                return reader
            reader.close()
        return None

    def _take_back_overdue(self) -> None:
        """Free the places of queries past their time, whose answers nobody reads on."""
        now = time.monotonic()
        for lease in [lease for lease in self._busy if lease.deadline <= now]:
            self._end(lease)

    def _end(self, lease: _Lease) -> None:
        # Its pipes are left to the thread that may be reading them.
        self._busy.remove(lease)
        self._overdue.add(lease)
        lease.reader.kill()

    def _release(self, lease: _Lease, *, reader_is_free: bool) -> None:
        """Take a reader back; what it still works on ends with it. Done twice, it does nothing."""
        with self._changed:
            if lease not in self._busy | self._overdue:
                return
            is_reusable = lease in self._busy and reader_is_free and lease.reader.is_alive
            self._busy.discard(lease)
            self._overdue.discard(lease)
            if is_reusable:
                self._idle.append(lease.reader)
            else:
                lease.reader.close()
            self._changed.notify()
