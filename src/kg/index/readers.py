"""Queries in, answers out, each worked out by a process that is killed and replaced when a query is too much for it.

A query's text goes in, an `Answer` comes out, streamed. Nothing a query does reaches this process or the writer's
store: readers open checkpoints (`kg.index.checkpoints`) and take up a new generation between queries. Queries see as
default graph the stored union of all graphs, and each graph by its name; the prefixes of `kg.vocab` are declared.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Self

from kg.errors import KgError
from kg.index.answer import Answer, Dataset, Kind
from kg.index.checkpoints import INDEX_FOLDER, Checkpoints
from kg.index.lanes import LONG_RUN, Lanes, Lease
from kg.index.reader import Limits, Reader
from kg.vocab import PREFIXES

HELD_BYTES = 4 << 20
"""As much of an answer is held back until it is whole: a query whose answer is smaller can start again unseen."""


class Readers:
    """The pool for one data directory: safe to use from many threads, each of which blocks while it waits."""

    def __init__(
        self,
        directory: Path,
        *,
        size: int,
        timeout: float,
        limits: Limits,
        long_size: int = 0,
        most_waiting: int = 64,
        has_union: bool = True,
    ) -> None:
        """A pool over the index in the data directory `directory`; no process is started yet.

        `size` and `long_size` are those of the lanes (`kg.index.lanes`), `most_waiting` bounds the queries that wait.
        `timeout` in seconds bounds the wait, and then a query from its start to the last byte of its answer; it is some
        times as much in the long lane. `limits` bound what a query may use. `has_union` says whether the default graph
        of the index is the union of all graphs.
        """
        self._timeout = timeout
        self._checkpoints = Checkpoints(directory / INDEX_FOLDER)
        start = partial(Reader, directory / INDEX_FOLDER, limits=limits, prefixes=PREFIXES, has_union=has_union)
        self._lanes = Lanes(start, size=size, long_size=long_size, most_waiting=most_waiting, timeout=timeout)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End all readers; queries under way get an error."""
        self._lanes.close()

    @property
    def generation(self) -> int | None:
        """The generation that a query would be answered from now; None where there is none yet."""
        return self._checkpoints.newest()

    @property
    def busy(self) -> int:
        """How many queries run."""
        return self._lanes.busy

    @property
    def waiting(self) -> int:
        """How many queries wait for a process."""
        return self._lanes.waiting

    @property
    def started(self) -> int:
        """How many processes were started so far."""
        return self._lanes.started

    def query(
        self,
        text: str,
        *,
        results: str | None,
        graphs: str | None,
        base_iri: str | None = None,
        dataset: Dataset | None = None,
        union: bool = False,
        all_rows: bool = False,
    ) -> Answer:
        """The answer to a SPARQL 1.1 query, from one generation of the index.

        Args:
            text: the query.
            results: media type for solutions and booleans, one of `kg.index.answer.RESULT_TYPES`.
            graphs: media type for graphs, one of `kg.index.answer.GRAPH_TYPES`.
            base_iri: what relative IRIs in the query are resolved against.
            dataset: the graphs it sees, in place of all and of what it says itself.
            union: whether it is to see all graphs as default graph, also where the index has no such union.
            all_rows: whether its answer may have any number of rows; for what we ask ourselves.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 query; the message says where.
            QueryRefusedError: it has a SERVICE clause, or is an update.
            NotAcceptableError: what it gives has no media type asked for it.
            QueryTimeoutError: it ran past its time.
            QueryMemoryError: it ran past its memory, or broke its reader.
            QueryRowsError: its answer has too many rows.
            BusyError: too many queries wait already, or no reader was free for that long.
            IndexStoreError: there is no index yet, or it cannot be read.
        """
        return self._run(
            {
                "text": text,
                "results": results,
                "graphs": graphs,
                "base_iri": base_iri,
                "timeout": self._timeout,
                "dataset": asdict(dataset) if dataset else None,
                "union": union,
                "all_rows": all_rows,
            }
        )

    def _run(self, question: Mapping[str, Any]) -> Answer:
        """The answer, from the quick lane or, where the query had to make way, from the long one."""
        lease = self._lanes.enter()
        while True:
            try:
                answer = self._ask(lease, question)
            except KgError:
                may_run_again = lease.may_run_again
                self._lanes.leave(lease, reader_is_free=True)
                if not may_run_again:
                    raise
            except BaseException:
                self._lanes.leave(lease, reader_is_free=False)
                raise
            else:
                if answer is not None:
                    return answer
                self._lanes.leave(lease, reader_is_free=False)
            lease = self._lanes.enter_again()
            question = {**question, "timeout": self._timeout * LONG_RUN}

    def _ask(self, lease: Lease, question: Mapping[str, Any]) -> Answer | None:
        """The answer, whole if it is small; None where the query must start again."""
        head = lease.reader.ask(question)
        chunks = lease.reader.chunks()
        held, size = [], 0
        for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            if size > HELD_BYTES:
                break
        parts = Kind(head["kind"]), head["media_type"], head["generation"]
        if size <= HELD_BYTES:
            rows = lease.reader.rows
            self._lanes.leave(lease, reader_is_free=True)
            return Answer(*parts, iter(held), _do_nothing, rows=rows, is_whole=True)
        if not self._lanes.commit(lease):
            return None
        close = partial(self._lanes.leave, lease, reader_is_free=False)
        return Answer(*parts, itertools.chain(held, self._rest(lease, chunks)), close)

    def _rest(self, lease: Lease, chunks: Iterator[bytes]) -> Iterator[bytes]:
        reader_is_free = False
        try:
            yield from chunks
            reader_is_free = True
        finally:
            self._lanes.leave(lease, reader_is_free=reader_is_free)


def _do_nothing() -> None:
    """Nothing is left to close."""
