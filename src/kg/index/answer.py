"""The answer to a query, as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

RESULT_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


class Kind(StrEnum):
    """What a query gives: SELECT solutions, ASK a boolean, CONSTRUCT and DESCRIBE a graph."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


def describe_mismatch(kind: Kind) -> str:
    """What to tell whoever asked for the answer to a query of `kind` in a format of the other sort only."""
    if kind is Kind.GRAPH:
        return "this query gives a graph: ask for Turtle, N-Triples, RDF/XML or JSON-LD"
    return f"this query gives {'yes or no' if kind is Kind.BOOLEAN else 'rows'}: ask for JSON, XML, CSV or TSV"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query sees, by IRI, in place of those that it names itself. SPARQL 1.1 Protocol, 2.1.4."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Answer:
    """An iterator of bytes in `media_type`, all of them from one `generation` of the index.

    Where `is_whole`, they are all there already. Close it when it is not read to its end (it is a context manager): a
    reader works for it until then. Iterating raises what `query` raises, where the query fails after its first bytes.
    """

    def __init__(
        self,
        kind: Kind,
        media_type: str,
        generation: int,
        chunks: Iterator[bytes],
        close: Callable[[], None],
        *,
        rows: int | None = None,
        is_whole: bool = False,
    ) -> None:
        """An answer whose bytes are `chunks`; `close` ends it early; of `rows` rows or triples, where that is known."""
        self.kind = kind
        self.media_type = media_type
        self.generation = generation
        self.close = close
        self.rows = rows
        self.is_whole = is_whole
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next bytes."""
        return next(self._chunks)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
