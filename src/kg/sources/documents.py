"""Paths -> Documents: files, folders walked in sorted order, and standard input, one Document per article."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.disk import is_data_directory
from kg.sources.sniff import is_json_line, sniff
from kg.types import Document, Format, Hints, Refusal

_FORMATS = {".txt": Format.TEXT, ".html": Format.HTML, ".htm": Format.HTML, ".json": Format.JSON}
_LINES = ".jsonl"
SUFFIXES = (*_FORMATS, _LINES)
"""How the names of files that hold articles end, in lower case."""

_KINDS = ".txt, .html, .htm, .json or .jsonl"
_CHUNK = 1 << 20


def find_documents(paths: Sequence[str], hints: Hints, max_bytes: int, stdin: BinaryIO) -> Iterator[Document | Refusal]:
    """Every article under `paths`, in order; a Refusal for what cannot be read, and the rest goes on.

    Args:
        paths: files, folders, or `-` for `stdin`.
        hints: metadata for documents that lack their own; the URL is not passed on to the parts of a file that
            holds more than one article.
        max_bytes: the largest file, or line of JSON lines, in bytes.
        stdin: the bytes that `-` stands for.
    """
    for name in paths:
        if name == "-":
            yield from _from_stdin(stdin, hints, max_bytes)
        elif os.path.isdir(name):
            yield from _from_folder(name, hints, max_bytes)
        else:
            yield from _from_file(name, hints, max_bytes)


def _from_folder(folder: str, hints: Hints, max_bytes: int) -> Iterator[Document | Refusal]:
    errors: list[OSError] = []
    found = False
    for path, folders, files in os.walk(folder, onerror=errors.append):
        if is_data_directory(Path(path)):
            folders.clear()  # what `kg` keeps itself is no news to it
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _suffix(name) in SUFFIXES:
                found = True
                yield from _from_file(os.path.join(path, name), hints, max_bytes)
    for error in errors:
        yield _refuse_error(str(error.filename), error)
    if not found and not errors:
        yield _refuse(folder, f"the folder holds no {_KINDS} file")


def _from_file(name: str, hints: Hints, max_bytes: int) -> Iterator[Document | Refusal]:
    suffix = _suffix(name)
    try:
        status = os.stat(name)
        if not stat.S_ISREG(status.st_mode):
            yield _refuse(name, "not a regular file; to read a pipe, give it on standard input as -")
        elif suffix == _LINES:
            with open(name, "rb") as file:
                yield from _from_lines(name, (), file, hints, max_bytes)
        elif suffix not in _FORMATS:
            yield _refuse(name, f"the kind of file is not known; rename it to {_KINDS}, or give it on standard input")
        elif status.st_size > max_bytes:
            yield _refuse_size(name, status.st_size, max_bytes)
        else:
            yield from _from_bytes(name, _FORMATS[suffix], Path(name).read_bytes(), hints)
    except FileNotFoundError as error:
        yield (
            _refuse(name, "it is a link, and there is no such file at its other end")
            if os.path.islink(name)
            else _refuse_error(name, error)
        )
    except OSError as error:
        yield _refuse_error(name, error)


def _from_stdin(stdin: BinaryIO, hints: Hints, max_bytes: int) -> Iterator[Document | Refusal]:
    ahead: list[bytes] = []
    try:
        while sum(map(_is_full, ahead)) < 2 and (line := stdin.readline(max_bytes + 1)):
            ahead.append(line)
            if _is_full(line) and not is_json_line(line):
                break
        if sum(map(_is_full, ahead)) == 2 and is_json_line(next(filter(_is_full, ahead))):
            yield from _from_lines("-", ahead, stdin, hints, max_bytes)
            return
        content = b"".join(ahead) + stdin.read(max_bytes + 1)
    except OSError as error:
        yield _refuse_error("-", error)
        return
    if len(content) > max_bytes:
        yield _refuse_size("-", None, max_bytes)
    else:
        yield from _from_bytes("-", sniff(content), content, hints)


def _from_bytes(name: str, format: Format, content: bytes, hints: Hints) -> Iterator[Document | Refusal]:
    if format is Format.TEXT and sniff(content) is Format.HTML:
        format = Format.HTML
    elements = _list_elements(content) if format is Format.JSON else None
    if elements is None:
        yield Document(name, format, content, hints)
    elif not elements:
        yield _refuse(name, "the JSON list is empty")
    else:
        parts = _part_hints(hints) if len(elements) > 1 else hints
        for number, element in enumerate(elements, start=1):
            yield Document(f"{name}:{number}", Format.JSON, element, parts)


def _list_elements(content: bytes) -> list[bytes] | None:
    """The elements of a JSON list, each as JSON; None for anything else, broken JSON too."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list):
        return None
    return [json.dumps(element, ensure_ascii=True).encode() for element in value]


def _from_lines(
    name: str, ahead: Sequence[bytes], file: BinaryIO, hints: Hints, max_bytes: int
) -> Iterator[Document | Refusal]:
    """One Document per non-empty line: those in `ahead`, which were read already, then the rest of `file`."""
    parts = _part_hints(hints)
    number = 0
    for number, line in enumerate(itertools.chain(ahead, _read_lines(file, max_bytes)), start=1):
        if len(line) > max_bytes:
            yield _refuse_size(f"{name}:{number}", None, max_bytes)
        elif _is_full(line):
            yield Document(f"{name}:{number}", Format.JSON, line.strip(), parts)
    if number == 0:
        yield _refuse(name, "the file is empty")


def _read_lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The lines of `file`, those longer than `max_bytes` cut just past it, so that none fills the memory."""
    while line := file.readline(max_bytes + 1):
        yield line.rstrip(b"\r\n")
        while line and not line.endswith(b"\n"):
            line = file.readline(_CHUNK)


def _is_full(line: bytes) -> bool:
    return bool(line.strip())


def _part_hints(hints: Hints) -> Hints:
    """Hints for one of many articles: they cannot all have the same address."""
    return dataclasses.replace(hints, url=None)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _refuse(name: str, reason: str) -> Refusal:
    return Refusal(name, "read", reason)


def _refuse_size(name: str, size: int | None, max_bytes: int) -> Refusal:
    found = f"{size / 1e6:.1f} MB is" if size else "it is"
    return _refuse(name, f"{found} over the limit of {max_bytes / 1e6:g} MB; split it or raise KG_MAX_BODY_MB")


def _refuse_error(name: str, error: OSError) -> Refusal:
    reasons = {FileNotFoundError: "there is no such file", PermissionError: "no permission to read it"}
    return _refuse(name, reasons.get(type(error), error.strerror or "it cannot be read"))
