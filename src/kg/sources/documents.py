"""Paths -> Documents: files, folders walked in sorted order, and standard input, one Document per article."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg.disk import is_data_directory
from kg.sources.archive import find_pages
from kg.sources.columns import Columns
from kg.sources.kinds import (
    ARCHIVES,
    FORMATS,
    JSON_LINES,
    KINDS,
    TABLES,
    is_read_in_folders,
    may_hold_articles,
    suffix_of,
)
from kg.sources.lines import find_json_lines, read_lines
from kg.sources.refusals import refuse, refuse_error, refuse_size
from kg.sources.sniff import is_archive, is_json_line, sniff
from kg.sources.table import find_rows, is_header
from kg.sources.unpacked import Unpacked
from kg.sources.xml import split_xml
from kg.types import Document, Format, Hints, Refusal


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for all paths of one run."""

    hints: Hints
    max_bytes: int
    columns: Columns = field(default_factory=dict)

    @property
    def parts(self) -> Hints:
        """Hints for one of many articles: they cannot all have the same address."""
        return dataclasses.replace(self.hints, url=None)


Found = Iterator[Document | Refusal]


def find_documents(
    paths: Sequence[str], hints: Hints, max_bytes: int, stdin: BinaryIO, columns: Columns | None = None
) -> Found:
    """Every article under `paths`, in order; a Refusal for what cannot be read, and the rest goes on.

    Args:
        paths: files, folders, or `-` for `stdin`.
        hints: metadata for documents that lack their own; the URL is not passed on to the parts of a file that
            holds more than one article.
        max_bytes: the largest file, or line of JSON lines, row of a table, record of an archive, in bytes.
        stdin: the bytes that `-` stands for.
        columns: where the fields of articles stand in tables; without it, and for fields that are not in it, their
            common names are looked for.
    """
    reading = _Reading(hints, max_bytes, columns or {})
    for name in paths:
        if name == "-":
            yield from _from_stdin(stdin, reading)
        elif os.path.isdir(name):
            yield from _from_folder(name, reading)
        else:
            yield from _from_file(name, reading)


def _from_folder(folder: str, reading: _Reading) -> Found:
    errors: list[OSError] = []
    found = False
    for path, folders, files in os.walk(folder, onerror=errors.append):
        if is_data_directory(Path(path)):
            folders.clear()  # what `kg` keeps itself is no news to it
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_read_in_folders(name):
                found = True
                yield from _from_file(os.path.join(path, name), reading)
    for error in errors:
        yield refuse_error(str(error.filename), error)
    if not found and not errors:
        yield refuse(folder, f"the folder holds no {KINDS} file")


def _from_file(name: str, reading: _Reading) -> Found:
    suffix = suffix_of(name)
    try:
        status = os.stat(name)
        if not stat.S_ISREG(status.st_mode):
            yield refuse(name, "not a regular file; to read a pipe, give it on standard input as -")
        elif suffix in FORMATS and status.st_size > reading.max_bytes:
            yield refuse_size(name, status.st_size, reading.max_bytes)
        elif suffix in FORMATS:
            yield from _from_bytes(name, FORMATS[suffix], Path(name).read_bytes(), reading)
        elif may_hold_articles(name):
            with open(name, "rb") as file:
                yield from _from_many(name, suffix, b"", file, reading)
        else:
            yield refuse(name, f"the kind of file is not known; rename it to {KINDS}, or give it on standard input")
    except FileNotFoundError as error:
        yield (
            refuse(name, "it is a link, and there is no such file at its other end")
            if os.path.islink(name)
            else refuse_error(name, error)
        )
    except OSError as error:
        yield refuse_error(name, error)


def _from_many(name: str, suffix: str, ahead: bytes, file: BinaryIO, reading: _Reading) -> Found:
    """The articles in a file of many: of its bytes, `ahead` were read already, up to the end of a line."""
    lines = itertools.chain(io.BytesIO(ahead), read_lines(file, reading.max_bytes))
    if suffix in ARCHIVES:
        yield from find_pages(name, Unpacked(file, ahead), reading.parts, reading.max_bytes)
    elif suffix in TABLES:
        yield from find_rows(name, lines, reading.parts, reading.max_bytes, reading.columns)
    else:
        yield from find_json_lines(name, lines, reading.parts, reading.max_bytes)


def _from_stdin(stdin: BinaryIO, reading: _Reading) -> Found:
    """What standard input holds, known by how it begins: at most two lines are read before that is decided."""
    ahead: list[bytes] = []
    try:
        while sum(map(_is_full, ahead)) < 2 and (line := stdin.readline(reading.max_bytes + 1)):
            ahead.append(line)
            if _is_full(line) and not is_json_line(line):
                break
        suffix = _sniff_many(list(filter(_is_full, ahead)), reading)
        if suffix is not None:
            yield from _from_many("-", suffix, b"".join(ahead), stdin, reading)
            return
        content = b"".join(ahead) + stdin.read(reading.max_bytes + 1)
    except OSError as error:
        yield refuse_error("-", error)
        return
    if len(content) > reading.max_bytes:
        yield refuse_size("-", None, reading.max_bytes)
    else:
        yield from _from_bytes("-", sniff(content), content, reading)


def _sniff_many(full: Sequence[bytes], reading: _Reading) -> str | None:
    """The suffix of the kind of file of many articles that begins with the lines `full`, None for other files."""
    if not full:
        return None
    first = full[0]
    if is_archive(first):
        return ARCHIVES[0]
    if is_json_line(first):
        return JSON_LINES if len(full) > 1 else None
    is_table = is_header(first) or (reading.columns and sniff(first) is Format.TEXT)
    return TABLES[0] if is_table else None


def _from_bytes(name: str, format: Format, content: bytes, reading: _Reading) -> Found:
    if format in _SNIFFED and (found := sniff(content)) in _MARKED:
        format = found
    parts = _SPLITTERS[format](content) if format in _SPLITTERS else None
    if parts is None:
        yield Document(name, format, content, reading.hints)
    elif not parts:
        yield refuse(name, "the JSON list is empty")
    else:
        hints = reading.parts if len(parts) > 1 else reading.hints
        for number, part in enumerate(parts, start=1):
            yield Document(f"{name}:{number}", format, part, hints)


def _split_json(content: bytes) -> list[bytes] | None:
    """The elements of a JSON list, each as JSON; None for anything else, broken JSON too."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list):
        return None
    return [json.dumps(element, ensure_ascii=True).encode() for element in value]


def _is_full(line: bytes) -> bool:
    return bool(line.strip())


# What is often saved under the name of another: a page or an item as .txt, a page as .xml.
_SNIFFED = frozenset([Format.TEXT, Format.XML])
_MARKED = frozenset([Format.HTML, Format.XML])
_SPLITTERS: Mapping[Format, Callable[[bytes], list[bytes] | None]] = {Format.JSON: _split_json, Format.XML: split_xml}
