"""CSV and TSV -> Documents, one for each row: https://www.rfc-editor.org/rfc/rfc4180, and what Excel makes of it.

The delimiter is found by the header. A row becomes a JSON object with our names of fields, which the journal keeps:
without its header a row says nothing.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from kg.errors import SourceError
from kg.sources.columns import DATES, Columns, find_columns
from kg.sources.dates import read_field_date
from kg.sources.names import NAMES, PUBLISHED, TEXT, key_of
from kg.sources.refusals import refuse, refuse_size
from kg.types import Document, Format, Hints, Refusal

_DELIMITERS = (",", ";", "\t", "|")
# Excel takes the delimiter from such a first line.
_SEPARATOR = re.compile(r"sep=([^\w\s\"]|\t)\s*", re.IGNORECASE)
# Line ends of old Macs, which a line of bytes does not end at; inside quotation marks the parts are put together again.
_RETURN = re.compile(r"(?<=\r)(?!\n|\Z)")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What R and pandas write where there is nothing.
_MISSING = frozenset(["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"])
_KNOWN = {field: frozenset(map(key_of, names)) for field, names in NAMES.items()}


class _Broken(SourceError):
    """A row cannot be read; the lines behind its first one may be rows."""


def find_rows(
    name: str, lines: Iterable[bytes], hints: Hints, max_bytes: int, columns: Columns
) -> Iterator[Document | Refusal]:
    """A Document for each row under the header, a Refusal for each that cannot be read.

    A row has the number that a spreadsheet shows: the header is row 1, and a line break inside quotation marks begins
    no row.

    Args:
        name: of the file.
        lines: its lines, with their ends.
        hints: metadata for rows that lack their own.
        max_bytes: the largest row.
        columns: where the fields are, where a person says so.
    """
    text = _Lines(_decode_lines(lines, max_bytes), max_bytes)
    try:
        delimiter, header = _read_header(text, columns)
        places = find_columns(header, columns)
    except SourceError as error:
        yield refuse(name, str(error))
        return
    number = 1
    for number, row in enumerate(_read_rows(text, delimiter), start=2):
        place = f"{name}:{number}"
        if isinstance(row, _Broken):
            yield refuse(place, str(row))
        elif any(cell.strip() for cell in row):
            yield _to_document(place, row, header, places, hints, columns.get(DATES))
    if number == 1:
        yield refuse(name, "the table has a header and no rows")


def is_header(line: bytes) -> bool:
    """True for a line that names the columns of a table of articles: one for the text, and one more that is known."""
    text = line.decode("utf-8-sig", "replace")
    for delimiter in _DELIMITERS:
        keys = {key_of(cell) for cell in text.split(delimiter)}
        known = [field for field, names in _KNOWN.items() if names & keys]
        if TEXT in known and len(known) > 1:
            return True
    return False


class _Lines:
    """Lines that can be read again from behind the first one of a row that turned out to be broken."""

    def __init__(self, lines: Iterator[tuple[str, int]], max_size: int) -> None:
        """Lines with their sizes in bytes, and the size of the largest row."""
        self.max_size = max_size
        self._lines = lines
        self._again: deque[tuple[str, int]] = deque()
        self._row: list[tuple[str, int]] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        self._size += line[1]
        if self._size > self.max_size:
            raise _Broken(f"{refuse_size('', None, self.max_size).reason}; a quotation mark in it may not be closed")
        return line[0]

    def end_row(self) -> None:
        """What comes next is a new row."""
        self._row, self._size = [], 0

    def again(self) -> None:
        """Give out again what came behind the first line of this row."""
        self._again.extendleft(reversed(self._row[1:]))
        self.end_row()


def _decode_lines(lines: Iterable[bytes], max_size: int) -> Iterator[tuple[str, int]]:
    """The text of lines: UTF-8, Windows-1252 where a line is not UTF-8, UTF-16 where its mark stands first."""
    rest = iter(lines)
    first = next(rest, b"")
    wide = next((encoding for mark, encoding in _WIDE if first.startswith(mark)), None)
    if wide is None:
        for line in itertools.chain([first.removeprefix(codecs.BOM_UTF8)], rest):
            *parts, last = _RETURN.split(_decode_line(line))
            yield from ((part, len(part)) for part in parts)
            yield last, len(line) if len(line) > max_size else len(last)
        return
    decoder = codecs.getincrementaldecoder(wide)("replace")
    text = ""
    for line in itertools.chain([first[2:]], rest):  # cut behind the byte of \n, which may be half of a character
        *whole, text = (text + decoder.decode(line)).split("\n")
        for part in whole:
            yield f"{part}\n", len(line)
    yield text, 2 * len(text)


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _read_header(lines: _Lines, columns: Columns) -> tuple[str, list[str]]:
    """The delimiter, and the names of the columns that the first line with words gives with it."""
    first = ""
    while not first.strip():
        first = next(lines, "")
        lines.end_row()
        if not first:
            raise SourceError("the file is empty")
    if separator := _SEPARATOR.fullmatch(first):
        return separator[1], [" ".join(cell.split()) for cell in _read_row(lines, separator[1]) or ()]
    wanted = {key_of(name) for field, name in columns.items() if field != DATES}.union(*_KNOWN.values())
    found = []
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter))
        except csv.Error as error:
            raise SourceError(f"the header cannot be read: {error}") from error
        found.append((len(wanted & set(map(key_of, cells))), len(cells), delimiter, cells))
    _, _, delimiter, cells = max(found, key=lambda one: one[:2])
    return delimiter, [" ".join(cell.split()) for cell in cells]


def _read_rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | _Broken]:
    """The cells of each row; a broken row is one line, and those behind it are read anew."""
    while True:
        try:
            row = _read_row(lines, delimiter)
        except _Broken as error:
            yield error
            continue
        if row is None:
            return
        yield row


def _read_row(lines: _Lines, delimiter: str) -> list[str] | None:
    """The cells of the next row, None at the end."""
    try:
        with _long_cells(lines.max_size):
            row = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        lines.again()
        said = str(error)
        is_quoting = "expected after" in said or "unexpected end" in said
        raise _Broken("a quotation mark in it is not closed, or not doubled" if is_quoting else said) from error
    except _Broken:
        lines.again()
        raise
    lines.end_row()
    return row


@contextmanager
def _long_cells(size: int) -> Iterator[None]:
    """Cells as long as a row may be: the limit holds for all of Python, so it is put back."""
    before = csv.field_size_limit(size + 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _to_document(
    name: str, row: Sequence[str], header: Sequence[str], places: Mapping[str, int], hints: Hints, order: str | None
) -> Document | Refusal:
    found = len(row)
    if any(map(str.strip, row[len(header) :])) or (found == 1 < len(header)):
        has = "1 cell" if found == 1 else f"{found} cells"
        return refuse(
            name, f"the row has {has} and the header {len(header)}; quote what holds a delimiter or a line break"
        )
    cells = {field: row[place].strip() for field, place in places.items() if place < found}
    values = {field: cell for field, cell in cells.items() if cell not in _MISSING}
    if TEXT not in values:
        return refuse(name, f'the row has no text: its column "{header[places[TEXT]]}" is empty')
    if PUBLISHED in values:
        column = f'the column "{header[places[PUBLISHED]]}"'
        try:
            values[PUBLISHED] = read_field_date(column, values[PUBLISHED], order).isoformat()
        except SourceError as error:
            how = f", or add {DATES}=dmy or {DATES}=mdy to --columns" if "two days" in str(error) else ""
            return refuse(name, f"{error}{how}")
    return Document(name, Format.JSON, json.dumps(values).encode(), hints)
