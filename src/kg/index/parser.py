"""RDF that others sent -> sorted N-Triples, by a process that may die of it."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from kg.errors import GraphError, GraphSizeError, GraphSyntaxError
from kg.index.child import Child
from kg.index.frames import DATA, END, ERROR, QUERY, read_frame, write_frame, write_json

_MODULE = "kg.index.parser_process"
_ERRORS = {error.__name__: error for error in (GraphSizeError, GraphSyntaxError)}


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What one document may take: seconds, megabytes of memory, levels of JSON-LD, bytes of expanded RDF/XML."""

    timeout: float
    memory_mb: int
    max_nesting: int
    max_expanded_bytes: int


class Parser:
    """Parses one document at a time; safe to use from several threads, which wait for each other."""

    def __init__(self, limits: ParserLimits) -> None:
        """A parser whose process starts when it is first needed."""
        self._limits = limits
        self._process: _Process | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End its process; done twice, it does nothing."""
        with self._turn:
            self._stop()

    def parse_graph(self, content: bytes, media_type: str, base_iri: str) -> bytes:
        """The graph in `content` as sorted N-Triples, UTF-8.

        Its blank nodes have labels that no other graph has, so that graphs can be joined line by line.

        Args:
            content: what was sent.
            media_type: one of `kg.index.answer.GRAPH_TYPES`.
            base_iri: what relative IRIs are resolved against.

        Raises:
            GraphSyntaxError: it is malformed (the message says where, as far as that is known), names a document that
                lies elsewhere, or holds more than one RDF 1.1 graph.
            GraphSizeError: it is past a limit.
            IndexStoreError: no process can be started.
        """
        with self._turn:
            if self._process is None:
                self._process = _Process(self._limits)
            try:
                return self._process.parse(content, media_type, base_iri)
            except _EndedError:
                error = self._cause_of_death(self._process.status())
                self._stop()
                raise error from None

    def _stop(self) -> None:
        if self._process:
            self._process.close()
            self._process = None

    def _cause_of_death(self, status: int) -> GraphError:
        match -status:
            case signal.SIGALRM:
                return GraphSizeError(f"the graph took longer than {self._limits.timeout:g} s to read: send less")
            case signal.SIGABRT:
                return GraphSizeError(f"the graph took more than {self._limits.memory_mb} MB to read: send it in parts")
            case signal.SIGSEGV | signal.SIGBUS:
                return GraphSizeError("the graph is nested too deeply: write it with fewer levels")
        return GraphSizeError("the graph broke the process that read it: send less")


class _EndedError(Exception):
    """The process is gone."""


class _Process:
    """The process, seen from its parent."""

    def __init__(self, limits: ParserLimits) -> None:
        self._timeout = limits.timeout
        config = {
            "memory_mb": limits.memory_mb,
            "max_nesting": limits.max_nesting,
            "max_expanded_bytes": limits.max_expanded_bytes,
        }
        self._child = Child(_MODULE, config, purpose="to read graphs")

    def parse(self, content: bytes, media_type: str, base_iri: str) -> bytes:
        with suppress(BrokenPipeError):
            job = {"media_type": media_type, "base_iri": base_iri, "timeout": self._timeout}
            write_json(self._child.stdin, QUERY, job)
            write_frame(self._child.stdin, DATA, content)
        parts: list[bytes] = []
        while frame := read_frame(self._child.stdout):
            kind, payload = frame
            if kind == END:
                return b"".join(parts)
            if kind == ERROR:
                error = json.loads(payload)
                raise _ERRORS[error["error"]](error["message"])
            parts.append(payload)
        raise _EndedError

    def status(self) -> int:
        """How it ended."""
        return self._child.process.wait()

    def close(self) -> None:
        self._child.close()
