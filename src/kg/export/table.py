"""A table: which columns it has, what they mean, and how records become rows.

What the columns are is data, `data/columns.csv`; how each is read from a record is code.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kg.errors import SettingError
from kg.export.named_graph import NamedGraph
from kg.export.selection import NAMES, Selection
from kg.reference import read_table
from kg.resources import resource

Cell = str | int | float | dt.date | None
Record = TypeVar("Record")

SEPARATOR = ";"
"""Stands between the values of a cell that lists several."""


class CellType(StrEnum):
    """The types of cells, by their names in https://specs.frictionlessdata.io/table-schema/."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, holds and means.

    `term` is the term of the ontology that it comes from, where there is one; `scheme` the list that its values are
    from; `many` says that a cell may list several; `required`, that no cell is empty.
    """

    name: str
    type: CellType
    many: bool
    required: bool
    term: str | None
    scheme: str | None
    meaning: str


@dataclass(frozen=True)  # without slots: Python 3.11 cannot make a class that is generic and has them
class Table(Generic[Record]):
    """One table.

    `readers` says how each column is taken from a record; `gather` gives the records of a selection of graphs; `key`
    names the columns that tell rows apart, and `criteria` the fields of a selection that it heeds. A table that
    `counts_all` tells of all articles of the period in each row, those too in which nothing else is selected.
    """

    name: str
    title: str
    meaning: str
    key: tuple[str, ...]
    criteria: tuple[str, ...]
    readers: Mapping[str, Callable[[Record], Any]]
    gather: Callable[[Iterable[NamedGraph], Selection], Iterator[Record]]
    counts_all: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return load_columns()[self.name]

    def reads(self, selection: Selection) -> Selection:
        """What graphs must be looked for, for the rows of `selection` to be right."""
        return Selection(since=selection.since, until=selection.until) if self.counts_all else selection

    def check(self, selection: Selection) -> None:
        """Do nothing where all that `selection` asks for concerns this table.

        Raises:
            SettingError: something does not.
        """
        for name in selection.named:
            if name not in self.criteria:
                known = ", ".join(NAMES.get(field, field) for field in self.criteria)
                raise SettingError(f"{self.name} cannot be selected by {NAMES.get(name, name)}, only by {known}")

    def rows(self, graphs: Iterable[NamedGraph], selection: Selection) -> Iterator[tuple[Cell, ...]]:
        """The rows, one after the other; `officials` and `dyads` come when all graphs have been read."""
        readers = [(self.readers[column.name], column.many) for column in self.columns]
        for record in self.gather(graphs, selection):
            yield tuple(_join(read(record)) if many else read(record) for read, many in readers)


@functools.cache
def load_columns() -> dict[str, tuple[Column, ...]]:
    """The columns of each table, as `data/columns.csv` has them."""
    columns: dict[str, list[Column]] = {}
    for row in read_table(resource("data", "columns.csv")):
        columns.setdefault(row["table"], []).append(
            Column(
                name=row["column"],
                type=CellType(row["type"]),
                many=row["many"] == "1",
                required=row["required"] == "1",
                term=row["term"] or None,
                scheme=row["scheme"] or None,
                meaning=row["meaning"],
            )
        )
    return {table: tuple(listed) for table, listed in columns.items()}


def as_date(text: str | None) -> dt.date | None:
    """A day as a date; None for what is no day."""
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _join(values: Iterable[str]) -> str | None:
    """Several values in one cell: one that holds the separator has a comma in its place."""
    return SEPARATOR.join(value.replace(SEPARATOR, ",") for value in values) or None
