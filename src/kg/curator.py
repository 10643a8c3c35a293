"""Graphs that an analyst writes, into a keeper that stays open: read, checked, kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from kg.index.parser import Parser, ParserLimits
from kg.keeper import Keeper
from kg.settings import Settings
from kg.shacl import validate_triples
from kg.types import GraphKind, Report, Written

_MOST_MEMORY_MB = 1024
"""For reading one document; it is held by the service too, while it is kept."""


class Curator:
    """Writes curated graphs. `put`, `add` and `remove` are never called twice at once; the rest may be at any time."""

    def __init__(self, keeper: Keeper, parser: Parser) -> None:
        """A curator that reads with `parser` and keeps in `keeper`; `open` makes the parser."""
        self._keeper = keeper
        self._parser = parser

    @classmethod
    @contextmanager
    def open(cls, keeper: Keeper, settings: Settings) -> Iterator[Self]:
        """A curator that keeps in `keeper`, within the limits of `settings`."""
        limits = ParserLimits(
            timeout=settings.query_timeout,
            memory_mb=min(settings.query_memory_mb, _MOST_MEMORY_MB),
            max_nesting=settings.max_nesting,
            max_expanded_bytes=int(settings.max_expanded_mb * 1_000_000),
        )
        with Parser(limits) as parser:
            yield cls(keeper, parser)

    def parse(self, content: bytes, media_type: str, base_iri: str) -> bytes:
        """The graph in `content`, as sorted N-Triples.

        Raises:
            GraphError: it cannot be kept as it was sent.
        """
        return self._parser.parse_graph(content, media_type, base_iri)

    def put(self, iri: str, triples: bytes) -> Written:
        """Make the graph `iri` hold `triples`, as `parse` gives them, and nothing else; returns when that is durable.

        Raises:
            JournalError: it could not be kept.
            IndexStoreError: it is kept, but cannot be found before the index is caught up.
        """
        return self._keep(iri, triples, is_new=self._keeper.get_kind(iri) is not GraphKind.CURATED)

    def add(self, iri: str, triples: bytes) -> Written:
        """Add `triples`, as `parse` gives them, to the graph `iri`, made if there is none; as `put` otherwise."""
        lineage = self._keeper.lineage
        before = self._keeper.get_graph(iri)
        return self._keep(iri, join_triples(before or b"", triples), is_new=before is None, lineage=lineage)

    def remove(self, iri: str) -> bool:
        """Remove the curated graph or article `iri`; returns when that is durable. False where there is none.

        Raises:
            JournalError: it could not be removed.
            IndexStoreError: it is removed, but can be found until the index is caught up.
        """
        return self._keeper.remove(iri)

    def was_removed(self, iri: str) -> bool:
        """True where there was an article or graph `iri`, and is no more."""
        return self._keeper.get_kind(iri) is GraphKind.REMOVED

    def is_empty(self, iri: str) -> bool:
        """True where there is a graph `iri`, and nothing in it."""
        return self._keeper.get_graph(iri) == b""

    def list_graphs(self, *, limit: int) -> tuple[str, ...]:
        """The IRIs of so many graphs: the curated ones, then articles."""
        return self._keeper.list_graphs(limit=limit)

    def _keep(self, iri: str, triples: bytes, *, is_new: bool, lineage: str | None = None) -> Written:
        report: Report = validate_triples(triples)
        if report.conforms:
            self._keeper.keep_graph(iri, triples, lineage=lineage)
        return Written(is_new, report)


def join_triples(*graphs: bytes) -> bytes:
    """The union of graphs in sorted N-Triples that share no blank node."""
    return b"".join(sorted({line for graph in graphs for line in graph.splitlines(keepends=True)}))
