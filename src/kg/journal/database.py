"""SQLite as the journal uses it: how it is opened, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import DamagedError, JournalError

# https://sqlite.org/rescode.html
REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this batch was stored; free some space and run it again",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written; nothing of this batch was stored",
    sqlite3.SQLITE_NOTADB: "it is no journal of kg; move it away or use another --data",
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore it from a backup",
    sqlite3.SQLITE_BUSY: "another program holds it; stop that program and run this again",
    sqlite3.SQLITE_LOCKED: "another program holds it; stop that program and run this again",
    sqlite3.SQLITE_READONLY: "it cannot be written; check the permissions of the data directory",
    sqlite3.SQLITE_PERM: "it cannot be read; check the permissions of the data directory",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the data directory exists and its permissions",
}
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to the database at `path`, to `write` (durably; it is made where there is none) or to read."""
    if write:
        return connect_as(path, "mode=rwc", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
    try:
        return connect_as(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # https://sqlite.org/wal.html#read_only_databases: in a directory that cannot be written, one whose write-ahead
        # log is empty or gone is whole, and can be read if it is said to stay as it is.
        log = Path(f"{path}-wal")
        is_refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if (
            not is_refused
            or os.access(path.parent, os.W_OK, effective_ids=True)
            or (log.exists() and log.stat().st_size)
        ):
            raise
        return connect_as(path, "mode=ro&immutable=1")


def connect_as(path: Path, options: str, *statements: str) -> sqlite3.Connection:
    """A connection with the URI parameters `options`, which has executed `statements`."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for statement in (*statements, "SELECT 1 FROM sqlite_schema LIMIT 1"):
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns what sqlite3 raises into a JournalError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        reason = REASONS.get(code & 0xFF, str(error))
        kind = DamagedError if code & 0xFF in _DAMAGED else JournalError
        raise kind(f"{path}: {reason}") from error
