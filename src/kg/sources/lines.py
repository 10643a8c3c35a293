"""Lines of a file, none of which can fill the memory, and JSON lines -> Documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kg.sources.refusals import refuse, refuse_size
from kg.types import Document, Format, Hints, Refusal

_CHUNK = 1 << 20


def find_json_lines(name: str, lines: Iterable[bytes], hints: Hints, max_bytes: int) -> Iterator[Document | Refusal]:
    """A Document for each line that is not empty, a Refusal for each longer than `max_bytes`."""
    number = 0
    for number, line in enumerate(lines, start=1):
        line = line.rstrip(b"\r\n")
        if len(line) > max_bytes:
            yield refuse_size(f"{name}:{number}", None, max_bytes)
        elif full := line.strip():
            yield Document(f"{name}:{number}", Format.JSON, full, hints)
    if number == 0:
        yield refuse(name, "the file is empty")


def read_lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The lines of `file` with their ends, those longer than `max_bytes` cut just past it."""
    while line := file.readline(max_bytes + 1):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(_CHUNK)
