"""Solutions of a query -> columns, each with the type that the datatypes of its literals give it.

A column whose values are of several sorts, or whose literals are not what their datatypes say, stays text.
https://www.w3.org/TR/xmlschema11-2/
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

import pyoxigraph as ox

from kg.research.frames import Kind, TypedColumn
from kg.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_INTEGERS = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_KINDS = {
    **{_XSD + name: Kind.INTEGER for name in _INTEGERS},
    **{_XSD + name: Kind.NUMBER for name in ("decimal", "double", "float")},
    _XSD + "boolean": Kind.BOOLEAN,
    _XSD + "date": Kind.DATE,
    _XSD + "dateTime": Kind.INSTANT,
    _XSD + "dateTimeStamp": Kind.INSTANT,
}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_INT64 = 2**63


def type_columns(solutions: ox.QuerySolutions) -> list[TypedColumn]:
    """One column for each variable, in the order of the query."""
    names = [variable.value for variable in solutions.variables]
    rows = [tuple(solution) for solution in solutions]
    terms = zip(*rows, strict=True) if rows else iter([()] * len(names))
    return [_type_column(name, column) for name, column in zip(names, terms, strict=True)]


def _type_column(name: str, terms: Sequence[Any]) -> TypedColumn:
    kinds = {_kind_of(term) for term in terms if term is not None}
    if kinds == {Kind.INTEGER, Kind.NUMBER}:
        kinds = {Kind.NUMBER}
    kind = kinds.pop() if len(kinds) == 1 else Kind.STRING
    if kind is not Kind.STRING:
        try:
            return _read(name, kind, terms)
        except ValueError:
            pass  # a literal that its datatype does not have: shown as it is
    return TypedColumn(name, Kind.STRING, [None if term is None else _text(term) for term in terms])


def _read(name: str, kind: Kind, terms: Sequence[Any]) -> TypedColumn:
    values = [None if term is None else _READERS[kind](term.value) for term in terms]
    if kind is Kind.INSTANT:
        zoned = {value.tzinfo is not None for value in values if value is not None}
        if len(zoned) > 1:
            raise ValueError("times with and without a zone cannot be compared")
        kind = Kind.INSTANT if True in zoned else Kind.LOCAL_TIME
    return TypedColumn(name, kind, values)


def _kind_of(term: Any) -> Kind:
    return _KINDS.get(term.datatype.value, Kind.STRING) if isinstance(term, ox.Literal) else Kind.STRING


def _text(term: Any) -> str:
    """IRIs and literals without their marks; blank nodes and triples as N-Triples has them."""
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not of its datatype")
    return found


def _read_integer(text: str) -> int:
    value = int(_match(_INTEGER, text)[0])
    if not -_INT64 <= value < _INT64:
        raise ValueError("no frame holds so large an integer")
    return value


def _read_number(text: str) -> float:
    return float(_match(_NUMBER, text)[0])


def _read_boolean(text: str) -> bool:
    if text.strip() not in _BOOLEANS:
        raise ValueError(f"{text!r} is no boolean")
    return _BOOLEANS[text.strip()]


def _read_date(text: str) -> dt.date:
    return dt.date.fromisoformat(_match(_DATE, text)[1])


def _read_time(text: str) -> dt.datetime:
    time = dt.datetime.fromisoformat(_match(_DATE_TIME, text)[0])
    try:
        return time if time.tzinfo is None else time.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("no calendar has the time in UTC") from error


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.BOOLEAN: _read_boolean,
    Kind.DATE: _read_date,
    Kind.INSTANT: _read_time,
}
