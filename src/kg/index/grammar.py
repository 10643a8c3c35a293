"""What must be known of a query's text without parsing it. SPARQL 1.1 Query, section 19.8.

Parsing is left to the engine, in a process that may die of it.
"""

from __future__ import annotations

import re

from kg.errors import QueryRefusedError
from kg.index.answer import Kind

_PROLOGUE = re.compile(r"(?:\s|#[^\r\n]*+|BASE\s*+<[^>]*+>|PREFIX\s*+[^\s:<>]*+:\s*+<[^>]*+>)*+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]*")

_KINDS = {"SELECT": Kind.SOLUTIONS, "ASK": Kind.BOOLEAN, "CONSTRUCT": Kind.GRAPH, "DESCRIBE": Kind.GRAPH}
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})

# Rules 59 and 106: SERVICE SILENT? (variable | IRI | prefixed name) {. Nothing is asked of what stands before, save
# that it is no variable or prefixed name of which this is the end: so no odd spelling hides it.
_GAP = r"(?:\s|#[^\r\n]*+)*+"
_TARGET = r"(?:<[^<>]*+>|[?$][^\s{#]*+|(?:\\.|[^\s{#\\<])++)"
_SERVICE = re.compile(rf"(?<![?$:])SERVICE{_GAP}(?:SILENT{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE)
_MOST_SERVICES = 100


def query_kind(text: str) -> Kind | None:
    """What the query gives, by its first keyword; None where that begins no query."""
    return _KINDS.get(_first_keyword(text))


def is_update(text: str) -> bool:
    """True where the first keyword begins a SPARQL update."""
    return _first_keyword(text) in _UPDATES


def refuse_update(text: str) -> None:
    """Let a query pass.

    Raises:
        QueryRefusedError: `text` is a SPARQL update.
    """
    if is_update(text):
        raise QueryRefusedError(f"{_first_keyword(text)} is a SPARQL update: only queries are answered here")


def refuse_service(text: str) -> None:
    """Let a query without SERVICE pass. A comment or string that spells out a whole SERVICE clause counts as one.

    Raises:
        QueryRefusedError: `text` holds what may be a SERVICE clause.
    """
    # The count keeps the search linear in the text.
    if text.lower().count("service") > _MOST_SERVICES or _SERVICE.search(text):
        raise QueryRefusedError("SERVICE is never evaluated here: ask the other endpoint yourself")


def _first_keyword(text: str) -> str:
    start = _PROLOGUE.match(text)
    word = _WORD.match(text, start.end() if start else 0)
    return word.group().upper() if word else ""
