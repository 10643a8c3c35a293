"""What the data directory needs of the disk: one writer at a time, and files that are whole or not there."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self

from kg.errors import JournalError, LockedError

LOCK_FILE = "lock"
JOURNAL_FILE = "journal.sqlite"
RESTORE_FILE = "restore.sqlite"
"""What shall take the place of the journal; whoever writes to the data directory takes it up."""
RESTORE_FAILED_FILE = "restore.failed"
"""Why it could not."""


class WriteLock:
    """The right to write to a data directory, held until `release` or until the process ends, however it ends."""

    def __init__(self, descriptor: int) -> None:
        """Hold the lock on an open descriptor; `acquire` takes it."""
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, directory: Path) -> Self:
        """Take the lock of `directory`, at once or not at all.

        Raises:
            LockedError: another process has it; the message names its process id.
            JournalError: the lock file cannot be opened.
        """
        try:
            descriptor = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise JournalError(
                f"cannot write to the data directory {directory}: {error.strerror}; "
                "check its permissions, or use another --data"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise LockedError(
                f"{directory} is being written to by process {holder}: stop it, "
                "POST to /articles if it is the running service, or use another --data"
            ) from None
        _name_holder(descriptor)
        return cls(descriptor)

    def release(self) -> None:
        """Give the lock back; done twice, it does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _name_holder(descriptor: int) -> None:
    """Writes who holds the lock, for the message to others; a full disk only costs them the number."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except OSError:
        return


def is_data_directory(directory: Path) -> bool:
    """True where `directory` holds a journal."""
    return (directory / JOURNAL_FILE).is_file()


def sync_directory(directory: Path) -> None:
    """Make the names in `directory` durable."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Make `content` what `path` holds: durably, and never by halves.

    Raises:
        OSError: it cannot be written; `path` is as it was.
    """
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_directory(path.parent)
