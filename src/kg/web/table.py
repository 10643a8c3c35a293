"""Solutions as tab-separated values -> rows of terms, for our own pages.

SPARQL 1.1 Query Results CSV and TSV Formats, section 4: one line per solution, terms in Turtle syntax.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_LITERAL = re.compile(r'"(?P<value>.*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CHARACTERS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Kind(StrEnum):
    """What an RDF term is."""

    IRI = "iri"
    BLANK = "blank"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term: `value` is an IRI, a label or a lexical form."""

    value: str
    kind: Kind
    language: str | None = None
    datatype: str | None = None


Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: a cell is None where its variable is unbound; `truncated` where there are more rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def as_mappings(self) -> Iterator[Row]:
        """Each row as a mapping from variable to term, unbound ones left out."""
        for row in self.rows:
            yield {column: term for column, term in zip(self.columns, row, strict=True) if term}


def read_table(chunks: Iterable[bytes], *, limit: int | None = None) -> Table:
    """The table that `chunks` of one TSV answer hold; no more is read than `limit` rows and one."""
    lines = _lines(chunks)
    header = next(lines, "")
    columns = tuple(name.removeprefix("?") for name in header.split("\t")) if header else ()
    rows = tuple(_read_row(line, len(columns)) for line in itertools.islice(lines, limit))
    return Table(columns, rows, truncated=next(lines, None) is not None)


def iterate_rows(chunks: Iterable[bytes]) -> Iterator[tuple[Term | None, ...]]:
    """The rows of one TSV answer as they come; a cell is None where its variable is unbound."""
    lines = _lines(chunks)
    width = len(next(lines, "").split("\t"))
    return (_read_row(line, width) for line in lines)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        *complete, rest = (rest + chunk).split(b"\n")
        yield from (line.decode() for line in complete)
    if rest:
        yield rest.decode()


def _read_row(line: str, width: int) -> tuple[Term | None, ...]:
    return tuple(read_term(cell) if cell else None for cell in line.split("\t")) if width else ()


def read_term(cell: str) -> Term:
    """The term that one cell holds; numbers and booleans may stand bare."""
    if cell.startswith("<"):
        return Term(cell[1:-1], Kind.IRI)
    if cell.startswith("_:"):
        return Term(cell[2:], Kind.BLANK)
    if match := _LITERAL.fullmatch(cell):
        return Term(_unescape(match["value"]), Kind.LITERAL, match["language"], match["datatype"])
    return Term(cell, Kind.LITERAL)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CHARACTERS.get(match[3], match[3])
