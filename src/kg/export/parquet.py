"""Tables as Parquet, https://parquet.apache.org/docs/file-format/, with what each column means in its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from kg.export.table import Cell, CellType, Column

_TYPES = {
    CellType.STRING: pa.string(),
    CellType.INTEGER: pa.int64(),
    CellType.NUMBER: pa.float64(),
    CellType.DATE: pa.date32(),
}
_GROUP = 20_000  # rows that are in memory at once; readers skip groups by their statistics


def write_rows(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], file: BinaryIO) -> None:
    """Write `rows`, a group at a time; the types of columns are those of the table, whatever the rows hold."""
    fields = [
        pa.field(
            column.name, _TYPES[column.type], nullable=not column.required, metadata={"description": column.meaning}
        )
        for column in columns
    ]
    schema = pa.schema(fields)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [
                pa.array(cells, field.type) for cells, field in zip(zip(*group, strict=True), fields, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    rows = iter(rows)
    while group := list(islice(rows, _GROUP)):
        yield group
