"""Columns with a type -> a frame of pandas or polars."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import pandas as pd

from kg.errors import SettingError
from kg.export import Table
from kg.export.table import Cell, CellType

FrameKind = Literal["pandas", "polars"]
Frame: TypeAlias = Any
"""A `pandas.DataFrame`, or a `polars.DataFrame` where that was asked for."""


class Kind(StrEnum):
    """What a column holds, besides what is missing."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"  # a time in a known zone
    LOCAL_TIME = "local time"  # a time in nobody knows which zone


_PANDAS = {
    Kind.STRING: "string",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "datetime64[s]",  # seconds, as nanoseconds begin in 1677 and end in 2262
    Kind.INSTANT: "datetime64[us, UTC]",
    Kind.LOCAL_TIME: "datetime64[us]",
}
_CELLS = {
    CellType.STRING: Kind.STRING,
    CellType.INTEGER: Kind.INTEGER,
    CellType.NUMBER: Kind.NUMBER,
    CellType.DATE: Kind.DATE,
}


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column: its values are of `kind`, or None where there is none."""

    name: str
    kind: Kind
    values: Sequence[Any]


def make_frame(columns: Sequence[TypedColumn], frame: FrameKind = "pandas") -> Frame:
    """The columns as a frame.

    Raises:
        SettingError: there is no such kind of frame, or its library is not installed.
    """
    if frame == "polars":
        return _make_polars(columns)
    if frame != "pandas":
        raise SettingError(f"there is no frame {frame!r}: use pandas or polars")
    return pd.DataFrame({column.name: pd.Series(column.values, dtype=_PANDAS[column.kind]) for column in columns})


def tabulate(table: Table[Any], rows: Iterable[tuple[Cell, ...]], frame: FrameKind = "pandas") -> Frame:
    """The rows of a table of `kg.export` as a frame; without rows it has the same columns and types."""
    values = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    columns = [
        TypedColumn(column.name, _CELLS[column.type], cells)
        for column, cells in zip(table.columns, values, strict=True)
    ]
    return make_frame(columns, frame)


def _make_polars(columns: Sequence[TypedColumn]) -> Any:
    try:
        polars = importlib.import_module("polars")
    except ModuleNotFoundError as error:
        raise SettingError("polars is not installed: pip install polars, or leave out frame='polars'") from error
    types = {
        Kind.STRING: polars.String,
        Kind.INTEGER: polars.Int64,
        Kind.NUMBER: polars.Float64,
        Kind.BOOLEAN: polars.Boolean,
        Kind.DATE: polars.Date,
        Kind.INSTANT: polars.Datetime("us", "UTC"),
        Kind.LOCAL_TIME: polars.Datetime("us"),
    }
    return polars.DataFrame([polars.Series(one.name, list(one.values), dtype=types[one.kind]) for one in columns])
