"""The formats of tables, and the module that writes each, which is loaded when it is needed: some are large."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, BinaryIO

from kg.errors import ExportError
from kg.export.table import Cell, Column

Writer = Callable[[tuple[Column, ...], Iterable[tuple[Cell, ...]], BinaryIO], None]
"""Writes columns and rows to a file; it neither closes nor rewinds it."""


class TableFormat(StrEnum):
    """How a table is written; the value is also the suffix of its file."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """Its media type, as registered with IANA."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    TableFormat.CSV: "text/csv",
    TableFormat.PARQUET: "application/vnd.apache.parquet",
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def load_writer(format: TableFormat) -> Writer:
    """What writes tables in `format`.

    Raises:
        ExportError: the package for it is not installed.
    """
    writer: Writer = load_research(f"kg.export.{format.value}").write_rows
    return writer


def load_research(module: str) -> Any:
    """A module of ours that needs a package which only the extra `research` brings.

    Raises:
        ExportError: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ExportError(f"this needs the package {error.name}: pip install 'geokg[research]'") from error
