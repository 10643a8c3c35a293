"""The tool `query`: a SPARQL query of the assistant's own, answered as far as an answer may go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant.bounds import MAX_ANSWER, fit, shorten
from kg.assistant.graph import Graph
from kg.assistant.solutions import MOST_CHARACTERS, read_boolean, read_solutions, too_large
from kg.assistant.source import Source, take
from kg.errors import (
    BusyError,
    KgError,
    QueryMemoryError,
    QueryNestingError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from kg.index.answer import Answer, Kind

_MOST_CELL = 2_000
_MOST_ROWS = 500
_MORE = "more follow: ORDER BY and OFFSET give the next ones, COUNT says how many there are"
_IN_NAMED = "the default graph here has no articles: write GRAPH ?article { ... } around what you ask"
_BROAD = "bind more, count instead of listing, or use list_events and list_statements"
# The first that an error is.
_HINTS: tuple[tuple[type[KgError], str], ...] = (
    (QueryNestingError, ""),
    (QuerySyntaxError, "schema has the terms of the graph and queries to start from; its prefixes are declared"),
    (QueryRefusedError, "only SELECT, ASK, CONSTRUCT and DESCRIBE over this graph are answered"),
    (QueryTimeoutError, _BROAD),
    (QueryMemoryError, _BROAD),
    (BusyError, "try again in a moment"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query, and how much of its answer is wanted."""

    __pydantic_config__ = given.STRICT

    sparql: Annotated[
        str,
        Field(
            min_length=1,
            max_length=20_000,
            description="SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE. The prefixes that schema lists are declared.",
        ),
    ]
    limit: Annotated[int, Field(ge=1, le=_MOST_ROWS, description="How many rows or triples to give.")] = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswer:
    """`rows` under `columns` (a cell is null where nothing is bound), or `boolean`, or `triples` as N-Triples lines.

    `shown` rows or triples are here; `has_more` says that there are more.
    """

    shown: int = 0
    has_more: bool = False
    hint: str | None = None
    columns: tuple[str, ...] | None = None
    rows: tuple[tuple[str | None, ...], ...] | None = None
    boolean: bool | None = None
    triples: tuple[str, ...] | None = None


def query(graph: Graph, asked: Query) -> QueryAnswer:
    """The answer to a query.

    Raises:
        KgError: it cannot be answered; the message says what to do.
    """
    try:
        with graph.source.open(asked.sparql) as (kind, answer):
            found = _read(kind, answer, asked.limit)
        return replace(found, hint=_IN_NAMED) if _looks_elsewhere(graph.source, asked.sparql, found) else found
    except KgError as error:
        hint = next((hint for type_, hint in _HINTS if isinstance(error, type_)), "")
        raise type(error)(f"{error}; {hint}" if hint else str(error)) from error


def _looks_elsewhere(source: Source, sparql: str, found: QueryAnswer) -> bool:
    """True where nothing was found in a default graph that holds no articles."""
    return not (found.shown or found.boolean or "GRAPH" in sparql.upper() or source.has_union)


def _read(kind: Kind, answer: Answer, limit: int) -> QueryAnswer:
    if kind is Kind.BOOLEAN:
        return QueryAnswer(boolean=read_boolean(answer))
    if kind is Kind.GRAPH:
        return _read_graph(answer, limit)
    solutions = read_solutions(answer)
    rows, has_more = take(solutions, limit)
    cells = [tuple(shorten(cell, _MOST_CELL) if cell is not None else None for cell in row) for row in rows]
    number = fit([sum(len(cell or "") for cell in row) for row in cells])
    has_more = has_more or number < len(cells)
    return QueryAnswer(
        shown=number,
        has_more=has_more,
        hint=_MORE if has_more else None,
        columns=solutions.columns,
        rows=tuple(cells[:number]),
    )


def _read_graph(answer: Answer, limit: int) -> QueryAnswer:
    lines = [shorten(line, MAX_ANSWER) for line in itertools.islice(_lines(answer), limit + 1)]
    number = fit([len(line) for line in lines[:limit]])
    has_more = number < len(lines)
    return QueryAnswer(shown=number, has_more=has_more, hint=_MORE if has_more else None, triples=tuple(lines[:number]))


def _lines(answer: Answer) -> Iterator[str]:
    """The lines of an answer, as they come."""
    pieces: list[bytes] = []
    for chunk in answer:
        first, *rest = chunk.split(b"\n")
        pieces.append(first)
        for piece in rest:
            yield b"".join(pieces).decode("utf-8", "replace")
            pieces = [piece]
        if sum(map(len, pieces)) > MOST_CHARACTERS:
            raise too_large()
    if any(pieces):
        yield b"".join(pieces).decode("utf-8", "replace")
