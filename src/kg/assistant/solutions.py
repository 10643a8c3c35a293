"""Solutions in JSON -> rows of terms, as they come, so that an answer without end can be left after its first rows.

SPARQL 1.1 Query Results JSON Format: https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import IndexStoreError, QueryMemoryError

JSON = "application/sparql-results+json"

Row = Mapping[str, str]
"""One solution: the value of each variable that is bound."""

_START = re.compile(r'"bindings"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
MOST_CHARACTERS = 20_000_000
"""The longest row, or triple, that is read."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The variables of a SELECT query and its rows, each cell None where its variable is unbound."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[str | None, ...]]


def read_boolean(chunks: Iterable[bytes]) -> bool:
    """What an ASK query gives.

    Raises:
        IndexStoreError: that is no answer in this format.
    """
    try:
        return bool(json.loads(b"".join(chunks))["boolean"])
    except (ValueError, KeyError, TypeError) as error:
        raise _no_answer() from error


def read_solutions(chunks: Iterable[bytes]) -> Solutions:
    """What a SELECT query gives; rows are read as they are asked for.

    Raises:
        IndexStoreError: that is no answer in this format; also while rows are read.
        QueryMemoryError: a row is too long; likewise.
    """
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    text = (decode(chunk) for chunk in chunks)
    head = ""
    while not (start := _START.search(head)):
        piece = next(text, None)
        if piece is None:
            raise _no_answer()
        if len(head) > MOST_CHARACTERS:
            raise too_large()
        head += piece
    columns = _read_columns(head[: start.start()])
    return Solutions(columns, _read_rows(head[start.end() :], text, columns))


def _read_columns(head: str) -> tuple[str, ...]:
    found = re.search(r'"vars"\s*:\s*(?=\[)', head)
    try:
        names = _DECODER.raw_decode(head, found.end())[0] if found else None
    except ValueError as error:
        raise _no_answer() from error
    if not isinstance(names, list):
        raise _no_answer()
    return tuple(map(str, names))


def _read_rows(held: str, text: Iterator[str], columns: tuple[str, ...]) -> Iterator[tuple[str | None, ...]]:
    at = 0
    while True:
        at = _skip(held, at)
        if held.startswith("]", at):
            return
        try:
            row, at = _DECODER.raw_decode(held, at)
        except ValueError as error:
            # A row that is not whole yet: as much again is read before the next try, so that long rows cost no more.
            more = _read_at_least(text, len(held) - at)
            if not more:
                raise _no_answer() from error
            if len(held) - at > MOST_CHARACTERS:
                raise too_large() from error
            held, at = held[at:] + more, 0
        else:
            yield _read_row(row, columns)


def _read_at_least(text: Iterator[str], size: int) -> str:
    """So many characters more, as far as there are."""
    pieces, length = [], 0
    for piece in text:
        pieces.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(pieces)


def _skip(held: str, at: int) -> int:
    found = _NEXT.match(held, at)
    assert found
    return found.end()


def _read_row(row: Any, columns: tuple[str, ...]) -> tuple[str | None, ...]:
    try:
        return tuple(_read_term(row[name]) if name in row else None for name in columns)
    except (TypeError, KeyError) as error:
        raise _no_answer() from error


def _read_term(term: Mapping[str, Any]) -> str:
    value = term["value"]
    if term.get("type") == "triple":
        return json.dumps(value, ensure_ascii=False)
    return f"_:{value}" if term.get("type") == "bnode" else str(value)


def too_large() -> QueryMemoryError:
    """The error of a row or triple that is longer than is read."""
    return QueryMemoryError(f"a row of the answer has more than {MOST_CHARACTERS:,} characters")


def _no_answer() -> IndexStoreError:
    return IndexStoreError("the endpoint does not answer as a SPARQL 1.1 endpoint does: check --endpoint")
