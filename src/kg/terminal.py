"""What a person sees of `kg`: answers on standard output, all else on standard error, progress only on a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from kg.errors import KgError
from kg.types import Refusal, Report
from kg.vocab import PREFIXES

_BUFFER = 1 << 16  # bytes
_out = Console(highlight=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False)


class NobodyReads(Exception):
    """The program that reads standard output has had enough, as `head` has."""


def write(chunks: Iterable[bytes]) -> None:
    """Put an answer on standard output.

    Raises:
        NobodyReads: the program that it was piped to has ended.
        KgError: it cannot be written.
    """
    for chunk in chunks:
        with _writing():
            sys.stdout.buffer.write(chunk)
    with _writing():
        sys.stdout.buffer.flush()


def write_line(line: str) -> None:
    """Put one line on standard output; errors as for `write`."""
    write([line.encode("utf-8", "backslashreplace"), b"\n"])


def write_report(name: str, report: Report) -> None:
    """Put a report on standard output, one line per violation; errors as for `write`."""
    found = len(report.violations)
    write_line(f"{name}: {count(found, 'violation')}" if found else f"{name}: conforms")
    for violation in report.violations:
        terms = (violation.focus, violation.path, violation.value)
        write_line(f"  {' '.join(_shorten(term) for term in terms if term)}: {violation.message}")


def write_results(results: Any) -> None:
    """Put an answer to SELECT or ASK on standard output, as a table for people; errors as for `write`.

    `results` is in the JSON format of https://www.w3.org/TR/sparql11-results-json/.
    """
    if "boolean" in results:
        write_line("yes" if results["boolean"] else "no")
        return
    names: list[str] = results["head"]["vars"]
    rows = [[binding.get(name, {}).get("value", "") for name in names] for binding in results["results"]["bindings"]]
    _write_table(names, rows)
    tell(count(len(rows), "row"))


def tell(line: str, style: str = "") -> None:
    """Put one line on standard error, above the progress; what cannot be printed is escaped."""
    printable = (char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
    _err.print("".join(printable), style=style, markup=False)


def tell_error(error: object) -> None:
    """Say on standard error why the command ends."""
    tell(f"kg: {error}", style="red")


def tell_refusal(refusal: Refusal) -> None:
    """Say why a document is not stored."""
    tell(f"{refusal.name}: not stored ({refusal.stage}): {refusal.reason}")


def count(number: int, noun: str) -> str:
    """`number` with its noun, which takes an s where there is not one of it."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def progress(first: str, *, answering: bool = False) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says how far work has come, where that is a terminal.

    While `answering`, it is shown only where it cannot stand in the middle of what goes to standard output.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    is_seen = _err.is_terminal and not (answering and _out.is_terminal)
    with Progress(*columns, console=_err, transient=True, disable=not is_seen) as bar:
        task = bar.add_task(first, total=None)
        yield lambda text: bar.update(task, description=text)


class Bar:
    """A bar on standard error that says how much of a known amount of work is done."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        """A bar for one task; `bar` makes it."""
        self._bar = bar
        self._task = task

    def describe(self, text: str) -> None:
        """Say what is being done, from the start."""
        self._bar.reset(self._task, description=text, total=None)

    def advance(self, done: int, total: int) -> None:
        """Say how far it has come."""
        self._bar.update(self._task, completed=done, total=total)


@contextmanager
def bar(first: str, *, answering: bool = False) -> Iterator[Bar]:
    """As `progress`, for work of which it is known how much there is: with a bar, and how long it will take."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    is_seen = _err.is_terminal and not (answering and _out.is_terminal)
    with Progress(*columns, console=_err, transient=True, disable=not is_seen) as shown:
        yield Bar(shown, shown.add_task(first, total=None))


def is_shown() -> bool:
    """Whether standard output goes to a person."""
    return _out.is_terminal


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output as a file to write bytes to; writing raises what `write` raises."""
    with _StandardOutput() as raw, io.BufferedWriter(raw, _BUFFER) as out:
        yield out


class _StandardOutput(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        with _writing():
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        return len(data)


def _write_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if _out.is_terminal:
        table = Table(*map(escape, names), box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*map(escape, row))
        with _writing():
            _out.print(table)
        return
    # A pipe has no width: there, each row is one line.
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (names, *rows))
    write(f"{line.rstrip()}\n".encode("utf-8", "backslashreplace") for line in lines)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Python would try again to write what is left when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise NobodyReads from error
        raise KgError(f"cannot write to standard output: {error.strerror}") from error


def _shorten(term: str) -> str:
    """A term in N-Triples syntax, with a prefix where there is one, and not too long to read."""
    for prefix, iri in PREFIXES.items():
        if term.startswith(f"<{iri}") and term.endswith(">"):
            return f"{prefix}:{term[len(iri) + 1 : -1]}"
    return term if len(term) <= 120 else f"{term[:119]}…"
