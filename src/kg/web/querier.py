"""What the service needs of the index: a blocking, thread-safe way to ask it. `kg.index.readers.Readers` is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.index.answer import Dataset
from kg.web.table import Row, Table, Term, iterate_rows, read_table

TSV = "text/tab-separated-values"


class Answer(Protocol):
    """One answer, streamed: `kind` is solutions, boolean or graph. Close it, read to the end or not."""

    @property
    def kind(self) -> str:
        """One of solutions, boolean, graph."""

    @property
    def media_type(self) -> str:
        """What the bytes are."""

    @property
    def generation(self) -> int:
        """The generation that it is from."""

    @property
    def rows(self) -> int | None:
        """How many rows or triples it has, once that is known."""

    @property
    def is_whole(self) -> bool:
        """True where all its bytes are there already."""

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, chunk by chunk; may raise a `QueryError`."""

    def close(self) -> None:
        """Let go of the reader behind it; may be called twice, and from another thread."""


class Querier(Protocol):
    """Answers SPARQL 1.1 queries from one consistent generation each."""

    @property
    def generation(self) -> int | None:
        """What stands for all that can be asked now, and changes with it; None where that is not known."""

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
        """Answer `text` in media type `results` (SELECT, ASK) or `graphs` (CONSTRUCT, DESCRIBE).

        It sees the graphs of `dataset` where that is given; all graphs as default graph where `union` asks for that;
        else what the index has as default graph. The limit of rows does not hold where `all_rows` asks for that.

        Raises:
            QueryError: it cannot be answered, or the media type its kind needs is None.
        """


def select_table(querier: Querier, text: str, *, limit: int | None = None) -> Table:
    """The solutions of a SELECT query over all graphs, no more than `limit`."""
    answer = querier.query(text, results=TSV, graphs=None, union=True)
    try:
        return read_table(answer, limit=limit)
    finally:
        answer.close()


def select_rows(querier: Querier, text: str) -> Iterator[tuple[Term | None, ...]]:
    """The solutions of a SELECT query over all graphs, one after the other, for those that are too many to hold."""
    answer = querier.query(text, results=TSV, graphs=None, union=True, all_rows=True)
    try:
        yield from iterate_rows(answer)
    finally:
        answer.close()


def select(querier: Querier, text: str) -> list[Row]:
    """The solutions of a SELECT query over all graphs, each a mapping from variable to term."""
    return list(select_table(querier, text).as_mappings())


def ask(querier: Querier, text: str) -> bool:
    """The answer to an ASK query over all graphs."""
    answer = querier.query(text, results=TSV, graphs=None, union=True)
    try:
        return b"".join(answer).strip() == b"true"
    finally:
        answer.close()
