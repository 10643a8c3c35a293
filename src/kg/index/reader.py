"""One reader process, seen from its parent."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import (
    IndexStoreError,
    KgError,
    NotAcceptableError,
    QueryMemoryError,
    QueryNestingError,
    QueryRefusedError,
    QueryRowsError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from kg.index.child import Child
from kg.index.frames import DATA, END, ERROR, HEAD, QUERY, read_frame, write_json

_LOWEST_PRIORITY = 19
_PROCESS_CLOCK = 2  # CPUCLOCK_SCHED
_MODULE = "kg.index.reader_process"
_ERRORS: dict[str, type[KgError]] = {
    error.__name__: error
    for error in (
        IndexStoreError,
        NotAcceptableError,
        QueryNestingError,
        QueryRefusedError,
        QueryRowsError,
        QuerySyntaxError,
    )
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What every query of a reader must keep to: memory in megabytes, rows or triples, levels of brackets."""

    memory_mb: int = 2048
    max_rows: int = 1_000_000
    max_nesting: int = 100


class Reader:
    """A process that answers one query at a time over the index at `directory`."""

    def __init__(
        self,
        directory: Path,
        *,
        limits: Limits,
        prefixes: Mapping[str, str],
        has_union: bool = True,
        idle_seconds: float = 5.0,
    ) -> None:
        """Start the process; `prefixes` are declared in every query.

        `has_union` says whether the default graph of the index is the union of all its graphs. Idle for `idle_seconds`,
        the process lets go of a generation that is no more the newest.
        """
        self.rows: int | None = None
        self._memory_mb = limits.memory_mb
        self._timeout = 0.0
        config = {
            "directory": str(directory.absolute()),
            **asdict(limits),
            "prefixes": dict(prefixes),
            "has_union": has_union,
            "idle_seconds": idle_seconds,
        }
        self._child = Child(_MODULE, config, purpose="to answer queries")

    @property
    def is_alive(self) -> bool:
        """True while it can be asked."""
        return self._child.process.poll() is None

    def cpu_seconds(self) -> float:
        """How long it has had a processor so far; by the clock where the system does not tell."""
        try:
            # https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html: the clock of another process, on Linux
            return time.clock_gettime(~self._child.process.pid << 3 | _PROCESS_CLOCK)
        except OSError:
            return time.monotonic()

    def ask(self, query: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a query; the head of its answer.

        `query` has `text`, `results`, `graphs`, `base_iri`, `timeout` in seconds, `dataset` (None, or lists of IRIs
        `default` and `named`), `union` (whether it is to see all graphs as default graph) and `all_rows` (whether the
        limit of rows is not for it).

        Raises:
            QueryError: it cannot be answered.
            IndexStoreError: the index cannot be read.
        """
        self._timeout = query["timeout"]
        self.rows = None
        with suppress(BrokenPipeError):
            write_json(self._child.stdin, QUERY, query)
        kind, payload = self._next()
        assert kind == HEAD
        head: Mapping[str, Any] = json.loads(payload)
        return head

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the answer whose head `ask` gave; after the last, `rows` says how many rows they are.

        Raises:
            QueryError: the rest cannot be had.
        """
        while True:
            kind, payload = self._next()
            if kind == END:
                self.rows = json.loads(payload)["rows"]
                return
            assert kind == DATA
            yield payload

    def yield_to_others(self) -> None:
        """Let it run only where nobody else wants the processor, from now on."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._child.process.pid, _LOWEST_PRIORITY)

    def kill(self) -> None:
        """End it at once; a thread that waits for it gets the error."""
        self._child.kill()

    def close(self) -> None:
        """End it and let go of its pipes; done twice, it does nothing."""
        self._child.close()

    def _next(self) -> tuple[bytes, bytes]:
        """The next frame; an error frame, or none at all, is raised."""
        try:
            frame = read_frame(self._child.stdout)
        except ValueError:  # closed by another thread
            frame = None
        if frame is None:
            raise self._cause_of_death()
        if frame[0] == ERROR:
            error = json.loads(frame[1])
            raise _ERRORS[error["error"]](error["message"])
        return frame

    def _cause_of_death(self) -> KgError:
        match -self._child.process.wait():
            case signal.SIGALRM | signal.SIGKILL:
                return QueryTimeoutError(
                    f"the query ran past its {self._timeout:g} s: ask for less, or raise KG_QUERY_TIMEOUT"
                )
            case signal.SIGABRT:
                return QueryMemoryError(
                    f"the query ran past its {self._memory_mb} MB of memory: ask for less, or raise KG_QUERY_MEMORY_MB"
                )
            case signal.SIGSEGV | signal.SIGBUS:
                return QueryNestingError(
                    "the query is nested too deeply: write it with fewer levels, or a shorter chain"
                )
        return QueryMemoryError("the query broke the process that read for it: ask for less")
