"""Tables as CSV, https://www.rfc-editor.org/rfc/rfc4180, in UTF-8.

A byte order mark stands first: Excel needs it to see that this is UTF-8, and R (from 3.0), pandas and polars skip it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kg.export.table import Cell, Column

# https://owasp.org/www-community/attacks/CSV_Injection: a spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def write_rows(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], file: BinaryIO) -> None:
    """Write a header and `rows`, one at a time.

    An empty cell is nothing between commas. A text that a spreadsheet would compute has an apostrophe before it, which
    makes it a text there: articles are written by strangers.
    """
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
    try:
        writer = csv.writer(text)
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow(map(_guarded, row))
        text.flush()
    finally:
        text.detach()


def _guarded(cell: Cell) -> Cell:
    return _GUARD + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
