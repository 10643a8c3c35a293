"""The durable record: one SQLite file that holds every accepted article and every refusal.

Accepted articles go in, in transactions that are on disk when `append` returns; out comes the same, by article or in
the order of acceptance. Whatever else the project keeps is derived from this file and can be made again from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from kg.disk import JOURNAL_FILE, WriteLock, sync_directory
from kg.errors import JournalError
from kg.types import Entry, Format, Refusal

VERSION = 1
FILE = JOURNAL_FILE

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE article (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    document BLOB NOT NULL,
    graph BLOB NOT NULL,
    content TEXT NOT NULL,
    software TEXT NOT NULL,
    model TEXT NOT NULL,
    accepted TEXT NOT NULL
) STRICT;
CREATE TABLE refusal (
    name TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    refused TEXT NOT NULL
) STRICT;
"""

# https://www.w3.org/TR/prov-o/#endedAtTime: the one triple that differs when the same article is read again.
_ENDED = b"<http://www.w3.org/ns/prov#endedAtTime>"
_PAGE = 64
_BUSY_MILLISECONDS = 5000  # as long as sqlite3 waits by itself
_LEAST_FREE_BYTES = 16_000_000

# https://sqlite.org/rescode.html
_REASONS = {
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


class Journal:
    """The journal of one data directory. Safe to use from several threads; open it with `Journal.open`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriteLock | None) -> None:
        """A journal on an open connection; `open` opens it."""
        self._path = path
        self._connection = connection
        self._lock = lock
        self._turn = threading.RLock()
        place = path.stat()
        self._identity = (place.st_dev, place.st_ino)

    @classmethod
    def open(cls, directory: Path, *, base_iri: str, write: bool) -> Self:
        """The journal in `directory`; made there if `write` and there is none.

        One process may hold it open for writing; any number may read, also meanwhile.

        Raises:
            LockedError: another process writes to `directory`.
            JournalError: there is no journal to read, it is of a newer version, it was made under another base IRI,
                or it cannot be opened.
        """
        path = directory / FILE
        lock = _prepare(directory) if write else None
        try:
            if not write and not path.is_file():
                raise JournalError(f"{directory} holds no journal: run kg ingest first, or name another --data")
            with _reported(path):
                journal = cls(path, _connect(path, write=write), lock)
        except BaseException:
            if lock:
                lock.release()
            raise
        try:
            journal._check(base_iri)
        except BaseException:
            journal.close()
            raise
        return journal

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the file and the lock back; done twice, it does nothing."""
        self._connection.close()
        if self._lock:
            self._lock.release()

    def append(self, entries: Sequence[Entry]) -> int:
        """Keep all of `entries`, or none, durably; the last sequence number.

        An article that is there already is replaced and gets a new sequence number, unless document and graph are
        what they were, save the time its activity ended: then its row stays as it is. A refusal recorded under the
        name of an entry is forgotten.

        Raises:
            JournalError: they could not be stored; none of them was.
        """
        with self._transaction() as connection:
            for entry in entries:
                _put(connection, entry)
                connection.execute("DELETE FROM refusal WHERE name = ?", (entry.name,))
        return self.sequence

    def record_refusals(self, refusals: Sequence[Refusal]) -> None:
        """Keep what was refused and why; the newest refusal of a name replaces the one before.

        Raises:
            JournalError: they could not be stored; none of them was.
        """
        rows = [(refusal.name, refusal.stage, refusal.reason, _now()) for refusal in refusals]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO refusal VALUES (?, ?, ?, ?)", rows)

    def since(self, sequence: int) -> Iterator[tuple[int, str, bytes]]:
        """Sequence number, article and graph of each article accepted after `sequence`, in that order.

        An article comes once, as it is now. Articles appended while this is read come too.
        """
        query = "SELECT sequence, article, graph FROM article WHERE sequence > ? ORDER BY sequence LIMIT ?"
        while rows := self._rows(query, (sequence, _PAGE)):
            for sequence, article, graph in rows:
                yield sequence, article, zlib.decompress(graph)

    def get(self, article: str) -> Entry | None:
        """The entry of `article`, None where there is none."""
        columns = "article, name, document, format, graph, software, model"
        for row in self._rows(f"SELECT {columns} FROM article WHERE article = ?", (article,)):
            iri, name, document, kind, graph, software, model = row
            return Entry(iri, name, zlib.decompress(document), Format(kind), zlib.decompress(graph), software, model)
        return None

    def count(self) -> int:
        """How many articles are kept."""
        return int(self._rows("SELECT count(*) FROM article")[0][0])

    @property
    def sequence(self) -> int:
        """The last sequence number given; 0 while nothing was accepted."""
        return int(self._rows("SELECT coalesce(max(sequence), 0) FROM article")[0][0])

    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused and not accepted since, by name."""
        return tuple(Refusal(*row) for row in self._rows("SELECT name, stage, reason FROM refusal ORDER BY name"))

    def check_writable(self) -> None:
        """Do nothing where something could be written now.

        Raises:
            JournalError: another program holds it, the disk is all but full, or it was taken away.
        """
        with self._turn, _reported(self._path):
            self._check_place()
            self._connection.execute("PRAGMA busy_timeout = 0")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.execute("ROLLBACK")
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        if shutil.disk_usage(self._path.parent).free < _LEAST_FREE_BYTES:
            raise JournalError(f"{self._path}: {_REASONS[sqlite3.SQLITE_FULL]}")

    def _check_place(self) -> None:
        """Raise where the file that is open is no more the journal of its directory: what went in would be lost."""
        try:
            found = self._path.stat()
        except OSError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._identity:
            raise JournalError(f"{self._path} was moved or deleted: put it back, or restore a backup, and start again")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._turn, _reported(self._path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._turn, _reported(self._path):
            self._check_place()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite itself has rolled back where the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _check(self, base_iri: str) -> None:
        """Make the tables of a new journal; refuse one that is not ours to use."""
        version = self._rows("PRAGMA user_version")[0][0]
        if version > VERSION:
            raise JournalError(
                f"{self._path} was written by a newer kg (version {version}; this one knows up to {VERSION}): "
                "install the newer kg, or use another --data"
            )
        if version == 0:
            self._create(base_iri)
        recorded = self._rows("SELECT value FROM meta WHERE key = 'base_iri'")[0][0]
        if recorded != base_iri:
            raise JournalError(
                f"{self._path.parent} was made with the base IRI {recorded}, not {base_iri}: "
                f"set KG_BASE_IRI={recorded}, or use another --data"
            )

    def _create(self, base_iri: str) -> None:
        if self._rows("SELECT 1 FROM sqlite_schema LIMIT 1"):
            raise JournalError(f"{self._path} is no journal of kg: move it away or use another --data")
        if not self._lock:  # its writer was stopped, or is at it
            raise JournalError(f"{self._path.parent} holds no journal: run kg ingest first, or name another --data")
        with self._transaction() as connection:
            for statement in _SCHEMA.split(";")[:-1]:
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('base_iri', ?)", (base_iri,))
            connection.execute(f"PRAGMA user_version = {VERSION}")
        sync_directory(self._path.parent)
        sync_directory(self._path.parent.parent)


def _prepare(directory: Path) -> WriteLock:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise JournalError(
            f"cannot make the data directory {directory}: a file is in the way; name another with --data"
        ) from error
    except OSError as error:
        raise JournalError(f"cannot make the data directory {directory}: {error.strerror}") from error
    return WriteLock.acquire(directory)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        return _connect_as(path, "mode=rwc", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
    try:
        return _connect_as(path, "mode=ro")
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
        return _connect_as(path, "mode=ro&immutable=1")


def _connect_as(path: Path, options: str, *statements: str) -> sqlite3.Connection:
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
def _reported(path: Path) -> Iterator[None]:
    """Turns what sqlite3 raises into a JournalError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        reason = _REASONS.get(code & 0xFF, str(error))
        raise JournalError(f"{path}: {reason}") from error


def _put(connection: sqlite3.Connection, entry: Entry) -> None:
    content = _content_digest(entry)
    if connection.execute(
        "SELECT 1 FROM article WHERE article = ? AND content = ?", (entry.article, content)
    ).fetchone():
        return
    connection.execute(
        "INSERT OR REPLACE INTO article"
        " (article, name, format, document, graph, content, software, model, accepted)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.article,
            entry.name,
            str(entry.format),
            zlib.compress(entry.document),
            zlib.compress(entry.graph),
            content,
            entry.software,
            entry.model,
            _now(),
        ),
    )


def _content_digest(entry: Entry) -> str:
    """Stands for document and graph of `entry`, save the line that says when its activity ended."""
    lines = (line for line in entry.graph.splitlines() if line.split(b" ", 2)[1:2] != [_ENDED])
    parts = (entry.format.encode(), entry.document, b"\n".join(lines))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
