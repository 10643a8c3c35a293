"""Which files of the watched folders are articles, and which of them are completely written."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.disk import is_data_directory
from kg.sources import is_read_in_folders

QUIET_SECONDS = 2.0
"""A file that has not changed for so long is taken to be completely written."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that are watched, each under the name that was given."""

    names: Sequence[str]

    def scan(self) -> Iterator[str]:
        """Every file that may hold articles, in order, as `kg ingest` walks folders."""
        for name in self.names:
            yield from _walk(name)

    def expand(self, changed: str) -> Iterator[str]:
        """The files that a change at the path `changed` may concern: itself, or what a new folder holds."""
        for name in self.names:
            root = os.path.abspath(name)
            relative = os.path.relpath(os.path.abspath(changed), root)
            if relative.split(os.sep, 1)[0] == os.pardir:
                continue
            path = name if relative == os.curdir else os.path.join(name, relative)
            if relative != os.curdir and not _is_open(name, relative):
                continue
            if os.path.isdir(path):
                yield from _walk(path)
            elif is_read_in_folders(os.path.basename(path)):
                yield path


@dataclass(slots=True)
class Arrivals:
    """Files that are there, or still being written; `clock` and `wall` count in seconds."""

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    _since: dict[str, tuple[str, float]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many are waited for."""
        return len(self._since)

    def add(self, path: str) -> None:
        """A file has come, or has changed."""
        self._since.setdefault(path, ("", self.clock()))

    def take_ready(self) -> list[tuple[str, str]]:
        """The files that are completely written, in order, each with its signature; they are waited for no more."""
        ready = []
        for path, (before, since) in sorted(self._since.items()):
            signature = sign(path)
            if signature is None:
                del self._since[path]
            elif self._is_quiet(path) or (signature == before and self.clock() - since >= QUIET_SECONDS):
                del self._since[path]
                ready.append((path, signature))
            elif signature != before:
                self._since[path] = (signature, self.clock())
        return ready

    def _is_quiet(self, path: str) -> bool:
        """True where it was written to some time ago: by its own date, so that a first pass need not wait."""
        try:
            written = os.stat(path).st_mtime
        except OSError:
            return False
        return self.wall() - written >= QUIET_SECONDS


def sign(path: str) -> str | None:
    """What changes when the file at `path` does; None where there is no file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}" if stat.S_ISREG(status.st_mode) else None


def _walk(folder: str) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        if is_data_directory(Path(path)):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(path, name) for name in sorted(files) if is_read_in_folders(name))


def _is_open(root: str, relative: str) -> bool:
    """True where neither a hidden folder nor a data directory lies between `root` and what is `relative` to it."""
    parts = relative.split(os.sep)
    if any(part.startswith(".") for part in parts):
        return False
    return not any(is_data_directory(Path(root, *parts[:depth])) for depth in range(len(parts)))
