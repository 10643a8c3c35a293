"""Patterns that facts must match -> a page of them, the newest first, and how many there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass

from kg.assistant.cursors import read_cursor, write_cursor
from kg.assistant.graph import Graph
from kg.assistant.periods import Period
from kg.assistant.source import Source
from kg.sparql_text import to_literal

_MOST_SORTED = 50_000
"""Facts that are put in order here: to find them once is cheaper than to have each page counted and sorted."""

_DAY = """OPTIONAL {{ ?fact {date} ?own }}
  OPTIONAL {{ ?fact kg:article ?source . ?source schema:datePublished ?published }}
  BIND(COALESCE(STR(?own), SUBSTR(STR(?published), 1, 10), "") AS ?day)"""


@dataclass(frozen=True, slots=True)
class Question:
    """Facts of class `kind` that match `pattern` and then `rest`, which are about ?fact, in `period`.

    `date` is the property that has a date of their own; without one, the day counts on which the article came out.
    """

    kind: str
    pattern: str
    date: str
    period: Period
    rest: str = ""

    @property
    def is_broad(self) -> bool:
        """True where all facts of the class are asked for."""
        return not self.pattern and not self.rest and self.period.is_open

    @property
    def undated(self) -> str:
        """What ?fact must match, its day aside."""
        return f"{self.pattern} ?fact a {self.kind} . FILTER(isIRI(?fact)) {self.rest}"

    @property
    def dated(self) -> str:
        """What ?fact must match, with its ?day."""
        return f"{self.undated} {_DAY.format(date=self.date)} {self.period.filters('?day')}"


@dataclass(frozen=True, slots=True)
class Page:
    """The IRIs of some facts with their keys, of `total` that there are; `has_more` where more come after.

    The key orders facts by day, then by IRI: it says where a page ends, also when facts come in between.
    """

    keys: tuple[tuple[str, str], ...]
    total: int
    has_more: bool

    def cursor_after(self, number: int, asked: Hashable) -> str | None:
        """What asks for the facts after the first `number` of this page; None where there are none."""
        if not number or (number == len(self.keys) and not self.has_more):
            return None
        return write_cursor(asked, self.keys[number - 1][1])


def find_page(graph: Graph, question: Question, asked: Hashable, cursor: str | None, limit: int) -> Page:
    """The facts after `cursor`, no more than `limit`; `asked` is what the cursor belongs to.

    Raises:
        KgError: the cursor is of another question, or the graph cannot be asked.
    """
    after = read_cursor(asked, cursor)
    source = graph.source
    keys = graph.recent.get(source.generation, question, lambda: _find_all(source, question))
    if keys is None:
        return _find_sorted(source, question, after, limit)
    start = 0 if after is None else bisect_right(keys, _Reversed(after), key=_Reversed)
    shown = keys[start : start + limit]
    return Page(tuple((_iri_of(key), key) for key in shown), len(keys), start + limit < len(keys))


def count(source: Source, question: Question) -> int:
    """How many facts there are.

    Raises:
        KgError: the graph cannot be asked.
    """
    where = source.within(question.undated if question.period.is_open else question.dated)
    rows = source.select(f"SELECT (COUNT(DISTINCT ?fact) AS ?n) WHERE {{ {where} }}")
    return int(rows[0]["n"]) if rows else 0


def _find_all(source: Source, question: Question) -> tuple[str, ...] | None:
    """The keys of all facts, the last first; None where they are too many."""
    if question.is_broad and count(source, question) > _MOST_SORTED:
        return None
    where = source.within(question.dated)
    rows = source.select(f"SELECT DISTINCT ?fact ?day WHERE {{ {where} }} LIMIT {_MOST_SORTED + 1}")
    if len(rows) > _MOST_SORTED:
        return None
    days = {row["fact"]: row.get("day", "") for row in rows}
    return tuple(sorted((f"{day} {iri}" for iri, day in days.items()), reverse=True))


def _find_sorted(source: Source, question: Question, after: str | None, limit: int) -> Page:
    """The same page, put in order by the engine."""
    rest = f"FILTER(?key < {to_literal(after)})" if after is not None else ""
    where = source.within(f'{question.dated} BIND(CONCAT(?day, " ", STR(?fact)) AS ?key) {rest}')
    query = f"SELECT DISTINCT ?fact ?key WHERE {{ {where} }} ORDER BY DESC(?key) LIMIT {limit + 1}"
    keys = tuple((row["fact"], row["key"]) for row in source.select(query) if "key" in row)
    return Page(keys[:limit], count(source, question), len(keys) > limit)


def _iri_of(key: str) -> str:
    return key.partition(" ")[2]


class _Reversed:
    """A text that comes before those that are less: keys are in descending order."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __lt__(self, other: _Reversed) -> bool:
        return self._text > other._text
