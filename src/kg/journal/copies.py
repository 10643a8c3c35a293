"""Copies of a journal: made while it is written to, checked, and prepared to take its place."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DamagedError, JournalError
from kg.journal.database import REASONS, connect, connect_as, reported
from kg.journal.schema import VERSION, migrate_tables

_PATIENCE_SECONDS = 10.0
"""How long another program may hold what is to be copied."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a journal is: of which version, which of all journals, of what kind, and how many articles it holds."""

    version: int
    lineage: str
    shows_union: bool
    articles: int


def write_copy(source: sqlite3.Connection, path: Path) -> None:
    """Write what `source` holds at one moment into a new database at `path`: one file, durable.

    Raises:
        JournalError: the file cannot be written.
        sqlite3.Error: `source` cannot be read.
    """
    with reported(path), closing(connect_as(path, "mode=rwc")) as target:
        copy_whole(source, target)
        # A copy takes over that the journal has a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    _sync(path)


def copy_file(file: Path, path: Path) -> None:
    """Write what the journal at `file` holds into a new database at `path`; as `write_copy`.

    Raises:
        JournalError: it cannot be read or written.
    """
    with reported(file), closing(connect(file, write=False)) as source:
        write_copy(source, path)


def copy_whole(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make `target` hold what `source` holds, in one transaction.

    Raises:
        sqlite3.Error: it cannot be done; `target` is as it was.
    """
    until = time.monotonic() + _PATIENCE_SECONDS

    def look(status: int, remaining: int, total: int) -> None:
        # Left to itself, it waits forever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise JournalError(f"the journal cannot be copied: {REASONS[status]}")

    source.backup(target, pages=-1, progress=look)


def read_identity(path: Path, base_iri: str) -> Identity:
    """What the journal at `path` is.

    Raises:
        JournalError: it is none that could be used here under `base_iri`.
    """
    with reported(path), closing(connect(path, write=False)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if not version:
            raise DamagedError(f"{path}: {REASONS[sqlite3.SQLITE_NOTADB]}")
        if version > VERSION:
            raise JournalError(f"{path} was written by a newer kg (version {version}): install that")
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta["base_iri"] != base_iri:
            raise JournalError(
                f"{path} was made with the base IRI {meta['base_iri']}, not {base_iri}: set KG_BASE_IRI to that"
            )
        held = "entry WHERE kind = 'article'" if version >= VERSION else "article"
        (articles,) = connection.execute(f"SELECT count(*) FROM {held}").fetchone()
    shows_union = meta.get("union_default_graph", "true") == "true"
    return Identity(version, meta.get("lineage", ""), shows_union, articles)


def check_whole(path: Path) -> None:
    """Do nothing where the journal at `path` is whole.

    Raises:
        JournalError: it is damaged, or no journal.
    """
    with reported(path), closing(connect(path, write=False)) as connection:
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise DamagedError(f"{path}: {REASONS[sqlite3.SQLITE_CORRUPT]}")


def renew(path: Path) -> None:
    """Make the copy at `path` a journal of its own, of the version of today, which has taken no one's place yet.

    Raises:
        JournalError: it cannot be written.
    """
    with reported(path), closing(connect_as(path, "mode=rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < VERSION:
            migrate_tables(connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'lineage'", (secrets.token_hex(16),))
        connection.execute("COMMIT")
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
