"""The durable record: one SQLite file that holds every accepted article, every curated graph and every refusal.

Articles and graphs go in, in transactions that are on disk when a call returns; out comes the same, by IRI or in the
order of acceptance. A graph that was removed leaves its IRI behind, so that whoever follows the record drops it too.
Whatever else the project keeps is derived from this file and can be made again from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from kg.disk import (
    JOURNAL_FILE,
    RESTORE_FAILED_FILE,
    RESTORE_FILE,
    WriteLock,
    replace_file,
    sync_directory,
)
from kg.errors import JournalError
from kg.journal.copies import copy_whole, read_identity, write_copy
from kg.journal.database import REASONS, connect, reported
from kg.journal.schema import VERSION, create_tables, migrate_tables
from kg.journal.snapshot import Snapshot
from kg.types import Entry, Format, GraphKind, Refusal

FILE = JOURNAL_FILE

# https://www.w3.org/TR/prov-o/#endedAtTime: the one triple that differs when the same article is read again.
_ENDED = b"<http://www.w3.org/ns/prov#endedAtTime>"
_PAGE = 64
_BUSY_MILLISECONDS = 5000  # as long as sqlite3 waits by itself
_LEAST_FREE_BYTES = 16_000_000


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
    def open(cls, directory: Path, *, base_iri: str, write: bool, union_default_graph: bool = True) -> Self:
        """The journal in `directory`; made there if `write` and there is none, to show a union or a plain dataset.

        One process may hold it open for writing; any number may read, also meanwhile. An older one is brought up to
        date, in one transaction, when it is opened for writing.

        Raises:
            LockedError: another process writes to `directory`.
            JournalError: there is no journal to read, it is of a newer version, or of an older one and not to be
                written, it was made under another base IRI, or it cannot be opened.
        """
        path = directory / FILE
        lock = _prepare(directory) if write else None
        try:
            if not write and not path.is_file():
                raise JournalError(f"{directory} holds no journal: run kg ingest first, or name another --data")
            with reported(path):
                journal = cls(path, connect(path, write=write), lock)
        except BaseException:
            if lock:
                lock.release()
            raise
        try:
            journal._check(base_iri, union_default_graph)
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

    def put_graph(self, iri: str, graph: bytes) -> None:
        """Keep a curated graph, in N-Triples, durably; where it is there and the same, its row stays as it is.

        Raises:
            JournalError: it could not be stored.
        """
        content = hashlib.sha256(graph).hexdigest()
        with self._transaction() as connection:
            if not _is_held(connection, iri, GraphKind.CURATED, content):
                _insert(connection, iri=iri, kind=GraphKind.CURATED, graph=zlib.compress(graph), content=content)

    def remove(self, iri: str) -> bool:
        """Forget an article or curated graph, durably, save that it was there; False where there is none.

        Raises:
            JournalError: it could not be removed.
        """
        with self._transaction() as connection:
            found = connection.execute("SELECT kind FROM entry WHERE iri = ?", (iri,)).fetchone()
            if found is None or found[0] == GraphKind.REMOVED:
                return False
            _insert(connection, iri=iri, kind=GraphKind.REMOVED, graph=b"", content="")
        return True

    def since(self, sequence: int) -> Iterator[tuple[int, str, bytes | None]]:
        """Sequence number, IRI and graph of all that changed after `sequence`, in that order; None was removed.

        A graph comes once, as it is now. What is appended while this is read comes too.
        """
        query = "SELECT sequence, iri, kind, graph FROM entry WHERE sequence > ? ORDER BY sequence LIMIT ?"
        while rows := self._rows(query, (sequence, _PAGE)):
            for sequence, iri, kind, graph in rows:
                yield sequence, iri, None if kind == GraphKind.REMOVED else zlib.decompress(graph)

    def get(self, article: str) -> Entry | None:
        """The entry of `article`, None where there is none."""
        columns = "iri, name, document, format, graph, software, model"
        for row in self._rows(f"SELECT {columns} FROM entry WHERE iri = ? AND kind = 'article'", (article,)):
            iri, name, document, kind, graph, software, model = row
            return Entry(iri, name, zlib.decompress(document), Format(kind), zlib.decompress(graph), software, model)
        return None

    def get_kind(self, iri: str) -> GraphKind | None:
        """What the graph `iri` is, or that it was removed; None where there never was one."""
        rows = self._rows("SELECT kind FROM entry WHERE iri = ?", (iri,))
        return GraphKind(rows[0][0]) if rows else None

    def get_graph(self, iri: str) -> bytes | None:
        """The graph of an article, or a curated one, in N-Triples; None where there is none."""
        rows = self._rows("SELECT graph FROM entry WHERE iri = ? AND kind <> 'removed'", (iri,))
        return zlib.decompress(rows[0][0]) if rows else None

    def list_graphs(self, *, limit: int) -> tuple[str, ...]:
        """The IRIs of so many graphs: the curated ones, then articles."""
        query = "SELECT iri FROM entry WHERE kind <> 'removed' ORDER BY kind DESC, iri LIMIT ?"
        return tuple(row[0] for row in self._rows(query, (limit,)))

    def count(self) -> int:
        """How many articles are kept."""
        return int(self._rows("SELECT count(*) FROM entry WHERE kind = 'article'")[0][0])

    @property
    def lineage(self) -> str:
        """What tells this journal from any other, and from itself as restored from a backup."""
        return self._meta("lineage")

    @property
    def union_default_graph(self) -> bool:
        """Whether the data directory was made to show the union of all graphs as default graph."""
        return self._meta("union_default_graph") == "true"

    @property
    def sequence(self) -> int:
        """The last sequence number given; 0 while nothing was accepted."""
        return int(self._rows("SELECT coalesce(max(sequence), 0) FROM entry")[0][0])

    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused and not accepted since, by name."""
        return tuple(Refusal(*row) for row in self._rows("SELECT name, stage, reason FROM refusal ORDER BY name"))

    def check_writable(self) -> None:
        """Do nothing where something could be written now.

        Raises:
            JournalError: another program holds it, the disk is all but full, or it was taken away.
        """
        with self._turn, reported(self._path):
            self._check_place()
            self._connection.execute("PRAGMA busy_timeout = 0")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.execute("ROLLBACK")
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        if shutil.disk_usage(self._path.parent).free < _LEAST_FREE_BYTES:
            raise JournalError(f"{self._path}: {REASONS[sqlite3.SQLITE_FULL]}")

    def snapshot(self) -> Snapshot:
        """All graphs as they are now, for whoever reads long; errors as for `Snapshot.open`."""
        return Snapshot.open(self._path)

    def copy_to(self, path: Path) -> None:
        """Write all of it, as it is at one moment, into a new file at `path`; others may write to it meanwhile.

        Raises:
            JournalError: it cannot be read, or the file not written.
        """
        with self._turn, reported(self._path):
            write_copy(self._connection, path)

    def take_up_restore(self, base_iri: str) -> bool:
        """Become what `kg restore` left to be taken up, in one transaction; False where there is nothing.

        Raises:
            JournalError: it could not be done; the journal is as it was, and what was left there is dropped.
        """
        left = self._path.with_name(RESTORE_FILE)
        if not left.is_file():
            return False
        try:
            # Where it was stopped just after the transaction, only the file is left to be removed.
            if read_identity(left, base_iri).lineage != self.lineage:
                self._become(left)
        except JournalError as error:
            with suppress(OSError):
                replace_file(self._path.with_name(RESTORE_FAILED_FILE), str(error).encode())
            left.unlink()
            raise
        left.unlink()
        sync_directory(left.parent)
        return True

    def _become(self, path: Path) -> None:
        with self._turn, reported(self._path), closing(connect(path, write=False)) as source:
            self._check_place()
            copy_whole(source, self._connection)
            # The log has grown as large as the journal.
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _check_place(self) -> None:
        """Raise where the file that is open is no more the journal of its directory: what went in would be lost."""
        try:
            found = self._path.stat()
        except OSError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._identity:
            raise JournalError(f"{self._path} was moved or deleted: put it back, or restore a backup, and start again")

    def _meta(self, key: str) -> str:
        return str(self._rows("SELECT value FROM meta WHERE key = ?", (key,))[0][0])

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._turn, reported(self._path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._turn, reported(self._path):
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

    def _check(self, base_iri: str, union_default_graph: bool) -> None:
        """Make the tables of a new journal, bring an older one up to date; refuse one that is not ours to use."""
        version = self._rows("PRAGMA user_version")[0][0]
        if version > VERSION:
            raise JournalError(
                f"{self._path} was written by a newer kg (version {version}; this one knows up to {VERSION}): "
                "install the newer kg, or use another --data"
            )
        if version == 0:
            self._create(base_iri, union_default_graph)
        recorded = self._meta("base_iri")
        if recorded != base_iri:
            raise JournalError(
                f"{self._path.parent} was made with the base IRI {recorded}, not {base_iri}: "
                f"set KG_BASE_IRI={recorded}, or use another --data"
            )
        if 0 < version < VERSION:
            self._migrate()

    def _migrate(self) -> None:
        if not self._lock:
            raise JournalError(f"{self._path} was written by an older kg: run kg rebuild, which brings it up to date")
        with self._transaction() as connection:
            migrate_tables(connection)

    def _create(self, base_iri: str, union_default_graph: bool) -> None:
        if self._rows("SELECT 1 FROM sqlite_schema LIMIT 1"):
            raise JournalError(f"{self._path} is no journal of kg: move it away or use another --data")
        if not self._lock:  # its writer was stopped, or is at it
            raise JournalError(f"{self._path.parent} holds no journal: run kg ingest first, or name another --data")
        with self._transaction() as connection:
            create_tables(connection, base_iri=base_iri, union_default_graph=union_default_graph)
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


def _put(connection: sqlite3.Connection, entry: Entry) -> None:
    content = _content_digest(entry)
    if not _is_held(connection, entry.article, GraphKind.ARTICLE, content):
        _insert(
            connection,
            iri=entry.article,
            kind=GraphKind.ARTICLE,
            graph=zlib.compress(entry.graph),
            content=content,
            name=entry.name,
            format=str(entry.format),
            document=zlib.compress(entry.document),
            software=entry.software,
            model=entry.model,
        )


def _is_held(connection: sqlite3.Connection, iri: str, kind: GraphKind, content: str) -> bool:
    query = "SELECT 1 FROM entry WHERE iri = ? AND kind = ? AND content = ?"
    return connection.execute(query, (iri, kind, content)).fetchone() is not None


def _insert(connection: sqlite3.Connection, **columns: object) -> None:
    """A row in place of the one that its IRI had, with a sequence number of its own."""
    columns |= {"accepted": _now()}
    places = ", ".join("?" * len(columns))
    connection.execute(f"INSERT OR REPLACE INTO entry ({', '.join(columns)}) VALUES ({places})", (*columns.values(),))


def _content_digest(entry: Entry) -> str:
    """Stands for document and graph of `entry`, save the line that says when its activity ended."""
    lines = (line for line in entry.graph.splitlines() if line.split(b" ", 2)[1:2] != [_ENDED])
    parts = (entry.format.encode(), entry.document, b"\n".join(lines))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
