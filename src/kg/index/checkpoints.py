"""Generations of the index: checkpoints that readers open, each kept as long as one of them has it open.

`DIRECTORY/generations/N` holds generation N and never changes. Who reads it holds a shared lock on that folder, who
removes it takes an exclusive one first; the kernel gives locks back however a process ends.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from kg.disk import sync_directory
from kg.errors import IndexStoreError

INDEX_FOLDER = "index"
"""Where the local index lies in a data directory."""

_FOLDER = "generations"
_UNFINISHED = "unfinished-"
_REMOVED = "removed-"
_FIRST_NUMBER_BITS = 40


class Generation:
    """One generation, held open: it is not removed before `release`."""

    def __init__(self, number: int, path: Path, descriptor: int) -> None:
        """A generation held by the lock on `descriptor`."""
        self.number = number
        self.path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Let it be removed."""
        os.close(self._descriptor)


class Checkpoints:
    """The generations of the index in `directory`. One process publishes; any may hold."""

    def __init__(self, directory: Path) -> None:
        """The generations of the index in `directory`, which need not exist yet."""
        self._folder = directory / _FOLDER

    def newest(self) -> int | None:
        """The number of the newest generation, None where there is none."""
        return max(self._numbers(), default=None)

    def hold(self) -> Generation:
        """The newest generation, held.

        Raises:
            IndexStoreError: there is none.
        """
        while (number := self.newest()) is not None:
            path = self._folder / str(number)
            descriptor = _lock(path, fcntl.LOCK_SH)
            if descriptor is not None:
                return Generation(number, path, descriptor)
        raise IndexStoreError(f"{self._folder.parent} has nothing to query yet: run kg ingest or kg rebuild")

    def publish(self, write: Callable[[Path], None]) -> int:
        """A new generation, which `write` writes into the path it is given; its number.

        Older generations are removed, as far as nobody holds them.

        Raises:
            IndexStoreError: it cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.clean()
            number = self._next_number()
            unfinished = self._folder / f"{_UNFINISHED}{number}"
            write(unfinished)
            unfinished.rename(self._folder / str(number))
            sync_directory(self._folder)
            self.clean()
        except OSError as error:
            raise IndexStoreError(f"cannot write to the index at {self._folder}: {error.strerror}") from error
        return number

    def files(self, number: int) -> frozenset[str]:
        """The names of the files of generation `number`; none where it is gone."""
        try:
            return frozenset(os.listdir(self._folder / str(number)))
        except OSError:
            return frozenset()

    def clean(self) -> None:
        """Remove what was left unfinished, and each generation but the newest that nobody holds."""
        newest = self.newest()
        for number in self._numbers():
            if number != newest:
                self._remove(number)
        for path in self._folder.glob("*-*"):
            shutil.rmtree(path, ignore_errors=True)

    def _remove(self, number: int) -> None:
        path = self._folder / str(number)
        descriptor = _lock(path, fcntl.LOCK_EX)
        if descriptor is None:
            return
        try:
            # Renamed first: nobody finds it half removed.
            path.rename(self._folder / f"{_REMOVED}{number}")
        finally:
            os.close(descriptor)

    def _next_number(self) -> int:
        """One more than the newest has.

        The first has one by chance: an index that was deleted and made anew shall not give its generations the numbers
        of other ones, which clients may remember.
        """
        newest = self.newest()
        return secrets.randbits(_FIRST_NUMBER_BITS) if newest is None else newest + 1

    def _numbers(self) -> list[int]:
        try:
            names = os.listdir(self._folder)
        except OSError:
            return []
        return [int(name) for name in names if name.isdecimal()]


def _lock(path: Path, kind: int) -> int | None:
    """A descriptor that holds a lock on the folder `path`; None where it is gone or locked against us."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        # It may have been renamed between opening and locking.
        if os.path.samestat(os.fstat(descriptor), os.stat(path)):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
