"""The files that tables become, opened by the libraries that researchers open them with."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from kg.errors import ExportError
from kg.export import OUTPUTS, TABLES, Selection, xlsx
from kg.export.table import CellType, Column
from kg.export.writers import TableFormat, load_research, load_writer
from kg.exporter import Exporter

COLUMNS = (
    Column("Text", CellType.STRING, False, True, None, None, "A text."),
    Column("Whole", CellType.INTEGER, False, False, None, None, "A whole number."),
    Column("Number", CellType.NUMBER, False, False, None, None, "A number."),
    Column("Day", CellType.DATE, False, False, None, None, "A day."),
)
DAY = dt.date(2024, 2, 29)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx")
ODD = (*FORMULAS, '"quoted", he said', "two\nlines", "Łódź 김정은 🕊", "a;b", " blank ", "NA")
ROWS = [(text, 3, -2.5, DAY) for text in ODD] + [("nothing", None, None, None)]


def write(format: TableFormat, rows: Iterable[tuple[Any, ...]], columns: tuple[Column, ...] = COLUMNS) -> io.BytesIO:
    file = io.BytesIO()
    load_writer(format)(columns, rows, file)
    file.seek(0)
    return file


def texts(cells: Iterable[Any]) -> list[str | None]:
    return [None if pd.isna(cell) else str(cell) for cell in cells]


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def test_csv_opens_right_in_pandas_and_polars() -> None:
    content = write(TableFormat.CSV, ROWS).getvalue()
    frame = pd.read_csv(io.BytesIO(content), parse_dates=["Day"], keep_default_na=False, na_values=[""])
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert [unguarded(text) for text in frame["Text"]] == [row[0] for row in ROWS]
    assert frame["Whole"].isna().sum() == 1
    assert frame["Day"][0] == pd.Timestamp(DAY)
    assert pl.read_csv(content).columns == [column.name for column in COLUMNS]
    assert content.startswith(b"\xef\xbb\xbfText,Whole,Number,Day\r\n")


@pytest.mark.parametrize("text", [*FORMULAS, "\rx"])
def test_no_spreadsheet_computes_what_an_article_says(text: str) -> None:
    content = write(TableFormat.CSV, [(text, -3, -2.5, DAY)]).getvalue().decode("utf-8-sig")
    assert pd.read_csv(io.StringIO(content))["Text"][0] == f"'{text}"
    assert ",-3,-2.5," in content


def test_parquet_keeps_types_and_meanings() -> None:
    table = pq.read_table(write(TableFormat.PARQUET, ROWS))
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "date32[day]"]
    assert table.to_pylist() == [dict(zip((c.name for c in COLUMNS), row, strict=True)) for row in ROWS]
    assert table.schema.field("Day").metadata == {b"description": b"A day."}
    assert pl.read_parquet(write(TableFormat.PARQUET, ROWS))["Day"][0] == DAY


def test_a_table_without_rows_has_its_columns() -> None:
    names = [column.name for column in COLUMNS]
    assert pq.read_table(write(TableFormat.PARQUET, [])).schema.names == names
    assert list(pd.read_csv(write(TableFormat.CSV, []))) == names
    sheet = openpyxl.load_workbook(write(TableFormat.XLSX, []))["Table"]
    assert [cell.value for cell in next(sheet.rows)] == names


def test_parquet_is_written_in_groups() -> None:
    rows = [("x", number, None, None) for number in range(45_000)]
    file = pq.ParquetFile(write(TableFormat.PARQUET, rows))
    assert (file.metadata.num_rows, file.metadata.num_row_groups) == (45_000, 3)


def test_xlsx_has_the_table_and_its_codebook() -> None:
    book = openpyxl.load_workbook(write(TableFormat.XLSX, ROWS))
    head, *rows = book["Table"].iter_rows(values_only=True)
    assert head == tuple(column.name for column in COLUMNS)
    assert [row[0] for row in rows] == [row[0] for row in ROWS]
    assert rows[0][1:] == (3, -2.5, dt.datetime(2024, 2, 29))
    assert all(cell.data_type != "f" for row in book["Table"].iter_rows() for cell in row)
    assert [row[0] for row in book["Codebook"].iter_rows(values_only=True)][1:] == list(head)


def test_xlsx_takes_what_no_cell_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "x" * 40_000
    sheet = openpyxl.load_workbook(write(TableFormat.XLSX, [(long, None, None, dt.date(1815, 6, 18))]))["Table"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith(" […]")
    assert sheet["D2"].value == "1815-06-18"
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    write(TableFormat.XLSX, ROWS[:2])
    with pytest.raises(ExportError, match="more rows than the 2 that a sheet can have"):
        write(TableFormat.XLSX, ROWS)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ExportError, match=r"needs the package kg.export.nothing: pip install 'geokg\[research\]'"):
        load_research("kg.export.nothing")


@pytest.mark.parametrize("name", TABLES)
def test_all_formats_hold_the_same(exporter: Exporter, tmp_path: Path, name: str) -> None:
    frames = {}
    for format in TableFormat:
        path = tmp_path / f"{name}.{format.value}"
        with path.open("wb") as file:
            exporter.write(OUTPUTS[path.name], Selection(), file)
    options = {"keep_default_na": False, "na_values": [""], "dtype": str}
    frames = [
        pd.read_csv(tmp_path / f"{name}.csv", **options),
        pd.read_excel(tmp_path / f"{name}.xlsx", sheet_name="Table", **options),
        pd.DataFrame(pq.read_table(tmp_path / f"{name}.parquet").to_pylist()),
    ]
    counted = {len(frame) for frame in frames}
    assert len(counted) == 1
    for column in TABLES[name].columns:
        if column.type is CellType.STRING:
            one, *others = ([None if pd.isna(cell) else str(cell) for cell in frame[column.name]] for frame in frames)
            assert all(
                [cell and unguarded(cell) for cell in other] == [c and unguarded(c) for c in one] for other in others
            )
