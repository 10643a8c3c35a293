"""Tables as workbooks for Excel and LibreOffice (Office Open XML, ECMA-376): the table, and what its columns mean."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kg.errors import ExportError
from kg.export.table import Cell, CellType, Column

# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_FIRST_YEAR = 1900  # days before it are no dates to Excel
_CUT = " […]"
_WIDTHS = {CellType.STRING: 22, CellType.INTEGER: 10, CellType.NUMBER: 10, CellType.DATE: 12}
_WIDE = {"Sentence": 80, "Quote": 60, "Headline": 50}
_CODEBOOK = (("Column", 26), ("Type", 10), ("Term", 20), ("Meaning", 110))


def write_rows(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], file: BinaryIO) -> None:
    """Write `rows`, one at a time; a text longer than a cell may be is cut, and ends in `[…]`.

    Raises:
        ExportError: there are more than a sheet can have.
    """
    # It is put together on disk: a zip archive cannot be written where nobody can go back.
    with tempfile.TemporaryFile() as whole:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(whole, options) as book:
            bold = book.add_format({"bold": True})
            sheet = _add_sheet(book, "Table", [(column.name, _width(column)) for column in columns], bold)
            _fill(sheet, columns, rows, book.add_format({"num_format": "yyyy-mm-dd"}))
            codebook = _add_sheet(book, "Codebook", _CODEBOOK, bold)
            for number, column in enumerate(columns, start=1):
                codebook.write_row(number, 0, (column.name, column.type.value, column.term or "", column.meaning))
        whole.seek(0)
        shutil.copyfileobj(whole, file)


def _add_sheet(book: Workbook, name: str, headings: Iterable[tuple[str, int]], bold: Format) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for index, (heading, width) in enumerate(headings):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, bold)
    return sheet


def _fill(sheet: Worksheet, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], day: Format) -> None:
    last = 0
    for last, row in enumerate(rows, start=1):
        if last == _MOST_ROWS:
            raise ExportError(
                f"there are more rows than the {_MOST_ROWS - 1} that a sheet can have: "
                "select fewer, or write CSV or Parquet"
            )
        for index, cell in enumerate(row):
            _write_cell(sheet, last, index, cell, day)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    if isinstance(cell, dt.date) and cell.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, dt.date | str):
        text = str(cell)
        sheet.write_string(row, column, text if len(text) <= _MOST_CHARACTERS else _cut(text))
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _cut(text: str) -> str:
    return text[: _MOST_CHARACTERS - len(_CUT)] + _CUT


def _width(column: Column) -> int:
    return _WIDE.get(column.name, _WIDTHS[column.type])
