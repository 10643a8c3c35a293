"""What the engine's parser says of a query. Only for a process that may die of it: deep nesting overflows its stack."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryRefusedError, QuerySyntaxError

_LONGEST_MESSAGE = 200
_LONGEST_EXCERPT = 30

_STOPPED_AT = re.compile("xervice", re.IGNORECASE)
_STOPPED_AFTER = re.compile(r"(?<![?$:])xervice(?:\s|#[^\r\n]*+)*+[<?$:]{0,2}$", re.IGNORECASE)
_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def refuse_service(text: str, base_iri: str | None, prefixes: dict[str, str]) -> None:
    """Let a query without a SERVICE clause pass; the engine would follow one.

    The engine's own parser tells: with another word in its place, a keyword is a syntax error, while a name, a
    comment or a string stays what it is. What does parse is asked of an empty store.

    Raises:
        QueryRefusedError: it has one.
        QuerySyntaxError: it is no SPARQL 1.1 query.
    """
    changed = re.sub("service", "xervice", text, flags=re.IGNORECASE)
    if changed == text:
        return
    try:
        ox.Store().query(changed, base_iri=base_iri, prefixes=prefixes)
    except SyntaxError as error:
        where = _offset(changed, error)
        if _STOPPED_AFTER.search(changed[:where]) or _STOPPED_AT.match(changed, where):
            raise QueryRefusedError("SERVICE is never evaluated here: ask the other endpoint yourself") from None
        raise to_syntax_error(text, error) from None
    except ValueError as error:
        raise QuerySyntaxError(one_line(str(error))) from None


def _offset(text: str, error: SyntaxError) -> int:
    """Where in `text` the engine stopped."""
    found = _WHERE.match(str(error))
    if not found:
        return 0
    before = text.split("\n")[: int(found[1]) - 1]
    return sum(len(line) + 1 for line in before) + int(found[2]) - 1


def to_syntax_error(text: str, error: SyntaxError) -> QuerySyntaxError:
    """The error that says where the engine stopped; what it expected there is character classes and helps nobody."""
    found = _WHERE.match(str(error))
    if not found:
        return QuerySyntaxError(f"this is no SPARQL 1.1 query: {one_line(str(error))}")
    rest = text[_offset(text, error) :].split("\n", 1)[0].strip()
    reason = f"this cannot stand here: {rest[:_LONGEST_EXCERPT]}" if rest else "something is missing here"
    if "Prefix not found" in found[3]:
        reason = "a prefix is not declared"
    return QuerySyntaxError(f"this is no SPARQL 1.1 query: line {found[1]}, column {found[2]}: {reason}")


def one_line(message: str) -> str:
    """`message` on one line of no great length."""
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"
