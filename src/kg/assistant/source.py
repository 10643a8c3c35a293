"""What the tools ask: a data directory or an endpoint, with all its graphs seen as one.

Where the default graph is the union of all graphs, patterns are matched in it. Somebody's endpoint may keep articles in
named graphs alone: there, a pattern is matched within each graph, and what one article says stands in one graph.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.asking import Asked
from kg.assistant.solutions import JSON, Row, Solutions, read_boolean, read_solutions
from kg.index.answer import Answer, Kind
from kg.sparql_text import PREFIX_LINES
from kg.vocab import PREFIXES

_GRAPH = "application/n-triples"
_IN_DEFAULT = "ASK { ?article a kg:Article }"
_IN_NAMED = "ASK { GRAPH ?graph { ?article a kg:Article } }"
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)


class Source:
    """Asks `asked`. Safe to use from many threads, each of which waits for its answer."""

    def __init__(self, asked: Asked, *, is_remote: bool = False) -> None:
        """Nothing is asked yet; `is_remote` says that it is somebody's endpoint, which knows no prefixes of ours."""
        self._asked = asked
        self._is_remote = is_remote
        self._looking = threading.Lock()
        self._has_union: bool | None = None if is_remote else True

    @property
    def generation(self) -> int | None:
        """What changes when the graph does; None where that is not known."""
        return None if self._is_remote else self._asked.generation

    @property
    def has_union(self) -> bool:
        """Whether the default graph holds what the articles say.

        Raises:
            KgError: it cannot be asked.
        """
        with self._looking:
            if self._has_union is None:
                in_named_alone = not self._ask(_IN_DEFAULT) and self._ask(_IN_NAMED)
                self._has_union = not in_named_alone
            return self._has_union

    def within(self, pattern: str) -> str:
        """`pattern` as it is to be matched: what it says of one article is said in one graph."""
        return pattern if self.has_union else f"GRAPH ?graph {{ {pattern} }}"

    def ask(self, pattern: str) -> bool:
        """Whether there is a match; prefixes of ours are declared.

        Raises:
            KgError: it cannot be answered.
        """
        return self._ask(f"ASK {{ {self.within(pattern)} }}")

    def select(self, text: str) -> list[Row]:
        """The solutions of a SELECT query of ours; prefixes are declared.

        Raises:
            KgError: it cannot be answered.
        """
        with self._query(PREFIX_LINES + text, all_rows=True) as answer:
            solutions = read_solutions(answer)
            return [_bound(solutions.columns, row) for row in solutions.rows]

    @contextmanager
    def open(self, text: str) -> Iterator[tuple[Kind, Answer]]:
        """The answer to a query of somebody else, solutions in JSON, a graph in N-Triples.

        Raises:
            KgError: it cannot be answered; also while the answer is read.
        """
        declared = self._undeclared(text) + text if self._is_remote else text
        with self._query(declared, all_rows=False) as answer:
            yield Kind(answer.kind), answer

    def _ask(self, text: str) -> bool:
        with self._query(PREFIX_LINES + text, all_rows=False) as answer:
            return read_boolean(answer)

    def _query(self, text: str, *, all_rows: bool) -> Answer:
        return self._asked.query(text, results=JSON, graphs=_GRAPH, union=True, all_rows=all_rows)

    def _undeclared(self, text: str) -> str:
        """Declarations of our prefixes that `text` uses without any, on one line: lines keep their numbers."""
        declared = {name.lower() for name in _DECLARED.findall(text)}
        used = (name for name in PREFIXES if name not in declared and re.search(rf"(?<![\w:/#]){name}:(?!//)", text))
        return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used)


def take(solutions: Solutions, limit: int) -> tuple[list[tuple[str | None, ...]], bool]:
    """The first `limit` rows, and whether there are more."""
    rows = list(itertools.islice(solutions.rows, limit + 1))
    return rows[:limit], len(rows) > limit


def _bound(columns: tuple[str, ...], row: tuple[str | None, ...]) -> Row:
    return {name: value for name, value in zip(columns, row, strict=True) if value is not None}
