"""How many rows or triples an answer has, counted in its bytes as they pass: the engine does not say.

The marks are what the engine's serializers put before, between or after rows. None can stand inside a value, save that
of CSV (a quoted value may hold a line end as it is) and, in JSON, braces and quotes that hardly any text has: there the
count can be too high, never too low.
"""

from __future__ import annotations

from kg.errors import QueryRowsError

# Media type -> the marks, and how many of them there are where there is no row.
_MARKS: dict[str, tuple[tuple[bytes, ...], int]] = {
    "application/sparql-results+json": ((b'"}},{', b"{},"), 0),
    "application/sparql-results+xml": ((b"<result>",), 0),
    "text/csv": ((b"\r\n",), 1),
    "text/tab-separated-values": ((b"\n",), 1),
    "application/n-triples": ((b"\n",), 0),
}
# In JSON marks stand between rows: there is one more row than marks where there is any.
_FIRST_ROW = {"application/sparql-results+json": b'"bindings":[{'}


class RowCounter:
    """Counts the rows of one answer in `media_type`."""

    def __init__(self, media_type: str, most: int) -> None:
        """A counter that allows `most` rows."""
        self._marks, self._without_rows = _MARKS.get(media_type, ((), 0))
        self._first = _FIRST_ROW.get(media_type)
        self._most = most
        self._count = 0
        self._tail = b""

    @property
    def rows(self) -> int:
        """The rows so far."""
        return max(0, self._count - self._without_rows)

    def pass_on(self, chunk: bytes) -> None:
        """Count what `chunk` brings.

        Raises:
            QueryRowsError: there are more than allowed.
        """
        if self._first is not None:
            self._find_first(chunk)
        for mark in self._marks:
            self._count += self._count_mark(mark, chunk)
        self._tail = (self._tail + chunk)[-16:]
        if self.rows > self._most:
            raise too_many_rows(self._most)

    def add(self) -> None:
        """Count one more, where they do not come as bytes.

        Raises:
            QueryRowsError: there are more than allowed.
        """
        self._count += 1
        if self._count > self._most:
            raise too_many_rows(self._most)

    def _find_first(self, chunk: bytes) -> None:
        assert self._first is not None
        if self._first in self._tail + chunk:
            self._first = None
            self._count += 1

    def _count_mark(self, mark: bytes, chunk: bytes) -> int:
        """How often `mark` ends in `chunk`; it may have begun in the chunk before."""
        before = self._tail[1 - len(mark) :] if len(mark) > 1 else b""
        return (before + chunk).count(mark)


def too_many_rows(most: int) -> QueryRowsError:
    """The error of an answer with more than `most` rows."""
    return QueryRowsError(f"the answer has more than {most} rows or triples: add a LIMIT, or raise KG_MAX_ROWS")
