"""Solutions of SPARQL queries, from whatever answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from kg.errors import IndexStoreError, QueryRowsError
from kg.sparql_text import PREFIX_LINES, to_iri

Ask = Callable[[str], tuple[str, bytes]]
"""Answers a SPARQL SELECT or ASK query: the media type of the answer, and the answer."""

# Services that cut answers short without a word do so after a round number of rows.
_ROUND = 1000


def ask_solutions(ask: Ask, body: str) -> list[ox.QuerySolution]:
    """All solutions of the SELECT query `body`; the prefixes of the project are declared for it.

    Raises:
        IndexStoreError: what came is no answer to a SELECT query.
        QueryRowsError: the service gives only a part of the answer.
    """
    found = _parse(*ask(PREFIX_LINES + body))
    if not isinstance(found, ox.QuerySolutions):
        raise IndexStoreError("the SPARQL service answered yes or no where it was asked for rows")
    solutions = list(found)
    if solutions and len(solutions) % _ROUND == 0:
        _require_all(ask, body, len(solutions))
    return solutions


def ask_truth(ask: Ask, body: str) -> bool:
    """The answer to the ASK query `body`; errors as for `ask_solutions`."""
    found = _parse(*ask(PREFIX_LINES + body))
    if not isinstance(found, ox.QueryBoolean):
        raise IndexStoreError("the SPARQL service answered with rows where it was asked for yes or no")
    return bool(found)


def list_iris(iris: Iterable[str]) -> str:
    """IRIs as a VALUES block lists them."""
    return " ".join(map(to_iri, iris))


def _parse(media_type: str, content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    format = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
    try:
        return ox.parse_query_results(content, format=format)
    except (SyntaxError, ValueError) as error:
        raise IndexStoreError(f"the SPARQL service gives no readable answer in {media_type}: {error}") from error


def _require_all(ask: Ask, body: str, came: int) -> None:
    """Do nothing where the answer to `body` has no more solutions than `came`."""
    (counted,) = ask_solutions(ask, f"SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {body} }} }}")
    rows = int(counted["rows"].value)
    if rows > came:
        raise QueryRowsError(f"the SPARQL service gives {came} of {rows} rows and keeps the rest: ask for less at once")
