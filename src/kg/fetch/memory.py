"""What was fetched before, so that it need not be fetched again: one SQLite file beside the journal.

Nothing depends on it: without it everything is fetched again and found unchanged. An item of a feed is written down as
pending in the same transaction as the version of the feed that it came with, and is done once it is stored; so a
process that is killed in between asks for the feed, is told that it has not changed, and goes on with what is pending.
It belongs to one journal, and forgets all when it meets another, as after a restore.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kg.errors import SettingError
from kg.fetch.client import Validators
from kg.fetch.item import Feed, Item

MEMORY_FILE = "fetched.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE address (
    asked TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT, modified TEXT, feed INTEGER NOT NULL, interval REAL NOT NULL
) STRICT;
CREATE TABLE item (
    feed TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, seen REAL NOT NULL,
    pending TEXT, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (feed, key)
) STRICT;
CREATE TABLE file (path TEXT PRIMARY KEY, signature TEXT NOT NULL) STRICT;
"""
_KEPT_SECONDS = 90 * 86_400.0
_FIRST_RETRY, _LAST_RETRY = 3600.0, 86_400.0
_MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of an address: the version it had, and whether it was a feed."""

    validators: Validators
    is_feed: bool


class Memory:
    """What was fetched before, for one journal. Times are seconds since 1970."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """A memory in an open database; `open` opens it."""
        self.lineage = ""
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path, lineage: str) -> Self:
        """The memory of the journal `lineage` in the file `path`, which is made where there is none.

        Raises:
            SettingError: it cannot be used.
        """
        with _reported(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=20, isolation_level=None)
            try:
                _prepare(connection)
            except BaseException:
                connection.close()
                raise
        memory = cls(connection, path)
        memory.belong_to(lineage)
        return memory

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._connection.close()

    def belong_to(self, lineage: str) -> None:
        """Go on as the memory of the journal `lineage`: forget all where it was another's."""
        if lineage == self.lineage:
            return
        with self._transaction() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'lineage'").fetchone()
            if row is None or row[0] != lineage:
                for table in ("address", "item", "file"):
                    connection.execute(f"DELETE FROM {table}")
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('lineage', ?)", (lineage,))
        self.lineage = lineage

    def recall(self, asked: str) -> Remembered | None:
        """What is remembered of an address."""
        row = self._row("SELECT url, etag, modified, feed FROM address WHERE asked = ?", asked)
        return Remembered(Validators(row[0], row[1], row[2]), bool(row[3])) if row else None

    def interval(self, asked: str) -> float:
        """How many seconds a feed asked to be left alone between two visits; 0 where that is not known."""
        row = self._row("SELECT interval FROM address WHERE asked = ?", asked)
        return float(row[0]) if row else 0.0

    def keep_page(self, asked: str, validators: Validators) -> None:
        """A page was stored in this version."""
        with self._transaction() as connection:
            _keep_address(connection, asked, validators, is_feed=False, interval=0.0)

    def keep_feed(self, asked: str, validators: Validators | None, feed: Feed, now: float) -> None:
        """A feed was read in this version: what is new or changed of its items is pending from now on."""
        with self._transaction() as connection:
            if validators is not None:
                _keep_address(connection, asked, validators, is_feed=True, interval=feed.interval)
            connection.executemany(
                "INSERT INTO item (feed, key, digest, seen, pending) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "seen = excluded.seen, pending = iif(digest = excluded.digest, pending, excluded.pending), "
                "tries = iif(digest = excluded.digest, tries, 0), due = iif(digest = excluded.digest, due, 0), "
                "digest = excluded.digest",
                [(asked, item.key, item.digest, now, item.to_json()) for item in feed.items],
            )
            connection.execute("DELETE FROM item WHERE feed = ? AND seen < ?", (asked, now - _KEPT_SECONDS))

    def pending(self, asked: str, due: float | None = None) -> list[Item]:
        """The items of a feed that are still to be stored, in the order of the feed; those that are `due` by then."""
        with _reported(self._path):
            rows = self._connection.execute(
                "SELECT pending FROM item WHERE feed = ? AND pending IS NOT NULL AND due <= ? ORDER BY rowid",
                (asked, 1e18 if due is None else due),
            ).fetchall()
        return [Item.from_json(text) for (text,) in rows]

    def settle(self, asked: str, item: Item, now: float, *, stored: bool) -> None:
        """An item was stored; or it was not, and is due again later, the later the oftener that was so."""
        where = "WHERE feed = ? AND key = ? AND digest = ?"
        names = (asked, item.key, item.digest)
        with self._transaction() as connection:
            if stored:
                connection.execute(f"UPDATE item SET pending = NULL, tries = 0, due = 0 {where}", names)
                return
            row = connection.execute(f"SELECT tries FROM item {where}", names).fetchone()
            tries = int(row[0]) if row else 0
            wait = min(_FIRST_RETRY * 2**tries, _LAST_RETRY) if tries < _MOST_TRIES else 1e12
            connection.execute(f"UPDATE item SET tries = ?, due = ? {where}", (tries + 1, now + wait, *names))

    def has_file(self, path: str, signature: str) -> bool:
        """Whether all of the file at `path` was stored when it had this `signature`."""
        return self._row("SELECT 1 FROM file WHERE path = ? AND signature = ?", path, signature) is not None

    def keep_file(self, path: str, signature: str) -> None:
        """All of the file at `path` is stored."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (path, signature))

    def drop_files(self, is_there: Callable[[str], bool]) -> None:
        """Forget files that are no longer there."""
        with self._transaction() as connection:
            gone = [row for row in connection.execute("SELECT path FROM file").fetchall() if not is_there(row[0])]
            connection.executemany("DELETE FROM file WHERE path = ?", gone)

    def _row(self, statement: str, *values: str) -> tuple[str, ...] | None:
        with _reported(self._path):
            row: tuple[str, ...] | None = self._connection.execute(statement, values).fetchone()
            return row

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _reported(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def _prepare(connection: sqlite3.Connection) -> None:
    # Killed or without power, the last transactions may be gone, and are done again; none is ever there by halves.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, _VERSION):
        raise sqlite3.DatabaseError("it is of another version of kg")
    if version == 0:
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _keep_address(
    connection: sqlite3.Connection, asked: str, validators: Validators, *, is_feed: bool, interval: float
) -> None:
    row = (asked, validators.url, validators.etag, validators.modified, is_feed, interval)
    connection.execute("INSERT OR REPLACE INTO address VALUES (?, ?, ?, ?, ?, ?)", row)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise SettingError(
            f"cannot use {path} ({error}): free its disk or, if it is damaged, delete it; "
            "what was fetched is then fetched again, and nothing is lost"
        ) from error
