"""Which column of a table holds what: as a person says, else by the names that columns commonly have."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence

from kg.errors import SettingError, SourceError
from kg.sources.names import NAMES, TEXT, key_of

Columns = Mapping[str, str]
"""By our name of a field the name of its column; "" for a field that is to be left out. And perhaps `DATES`."""

DATES = "dates"
"""No field: in which order dates have their numbers, one of `ORDERS`."""

ORDERS = ("dmy", "mdy")

_LONGEST_NAME = 40
_MOST_NAMES = 20


def parse_columns(option: str) -> Columns:
    """The mapping that `title=Headline,text=Body` gives; a name with a comma is quoted as in CSV: `"text=Body, full"`.

    Raises:
        SettingError: it is no such mapping, or names a field that articles do not have.
    """
    example = "write it as title=Headline,text=Body"
    try:
        (parts,) = csv.reader([option], skipinitialspace=True, strict=True)
    except (csv.Error, ValueError) as error:
        raise SettingError(f"--columns {option} cannot be read: {example}") from error
    columns = {}
    for part in parts or [""]:
        field, mark, column = (piece.strip() for piece in part.partition("="))
        if not mark:
            raise SettingError(f'--columns: "{part}" names no column: {example}')
        if field == DATES and column not in ORDERS:
            raise SettingError(f"--columns: {DATES}={column} is no order of dates: it is {' or '.join(ORDERS)}")
        if field not in (*NAMES, DATES):
            raise SettingError(f'--columns: there is no field "{field}": the fields are {", ".join(NAMES)}')
        columns[field] = column
    return columns


def find_columns(header: Sequence[str], columns: Columns) -> Mapping[str, int]:
    """The place of each field that the table has.

    Args:
        header: the names of its columns.
        columns: what a person says; a field that is not in it is looked for by its common names.

    Raises:
        SourceError: no column holds the text, or there is none of a name that a person gave.
    """
    keys = [key_of(name) for name in header]
    places = {}
    for field, names in NAMES.items():
        if field in columns:
            if columns[field]:
                places[field] = _place(header, columns[field])
        elif (place := next((keys.index(key) for key in map(key_of, names) if key in keys), None)) is not None:
            places[field] = place
    if TEXT not in places:
        raise SourceError(
            f"no column holds the text: the columns are {_list(header)}; say which with --columns text=NAME"
        )
    return places


def _place(header: Sequence[str], name: str) -> int:
    for form in (str, key_of):
        found = [form(column) for column in header]
        if form(name) in found:
            return found.index(form(name))
    raise SourceError(f'there is no column "{name}": the columns are {_list(header)}')


def _list(header: Sequence[str]) -> str:
    """The names of columns for a person, few and short enough for one line."""
    shown = [" ".join(name.split())[:_LONGEST_NAME] for name in header[:_MOST_NAMES]]
    more = len(header) - len(shown)
    return ", ".join(f'"{name}"' for name in shown) + (f" and {more} more" if more else "")
