"""Backups: a copy of the journal taken while it is written to, and a copy put in its place while it is served.

Killed at any instant, a backup is whole or not there, and the journal is the old one or the new one. A restore has
happened once `restore.sqlite` is whole: from then on, whoever writes to the data directory takes it up first.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.disk import JOURNAL_FILE, RESTORE_FAILED_FILE, RESTORE_FILE, WriteLock, sync_directory
from kg.errors import DamagedError, JournalError, LockedError, SettingError
from kg.index.local import is_current
from kg.journal import Journal
from kg.journal.copies import Identity, check_whole, copy_file, read_identity, renew
from kg.keeper import Keeper, Progress, indexed_graphs, require_journal, shows_union
from kg.settings import Settings

_UNFINISHED = ".unfinished"
_LOOK_SECONDS = 0.2

Tell = Callable[[str], None]
"""Called with one line that a person should see."""


def back_up(settings: Settings, file: Path, *, replace: bool) -> int:
    """Copy the journal into `file`; how many articles the copy holds. What is there is only replaced if `replace`.

    Raises:
        SettingError: there is no journal, or `file` is there already.
        JournalError: it cannot be copied; `file` is as it was.
    """
    require_journal(settings)
    if file.exists() and not replace:
        raise SettingError(f"{file} is there already: choose another name, or say --force")
    with _unfinished(file) as beside:
        with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
            journal.copy_to(beside)
        check_whole(beside)
        identity = read_identity(beside, settings.base_iri)
        _name(beside, file, replace=replace)
    return identity.articles


def restore(settings: Settings, file: Path, tell: Tell, progress: Progress | None = None) -> int:
    """Put the backup `file` in the place of the journal, and have the index made anew; how many articles it holds.

    Where a service holds the data directory, it does so; this waits until it has.

    Raises:
        SettingError: `file` is not there, or of another kind than the service shows.
        JournalError: `file` is no backup that can be used here, or it could not be put there; the journal is as it was.
        IndexStoreError: the journal is restored, but not indexed.
    """
    if not file.is_file():
        raise SettingError(f"there is no file {file}")
    _refuse_other_kind(settings, read_identity(file, settings.base_iri))
    staged = _stage(settings, file)
    is_told = False
    while True:
        try:
            return _take_up(settings, staged, progress)
        except LockedError as error:
            if not is_told:
                tell(f"{str(error).partition(':')[0]}, which takes it up")
                is_told = True
        if (held := _look(settings, staged)) is not None:
            return held
        time.sleep(_LOOK_SECONDS)


def _stage(settings: Settings, file: Path) -> Identity:
    """Lay a checked copy of `file` where whoever writes to the data directory finds it."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError(f"cannot make the data directory {settings.data}: {error.strerror}") from error
    for left in settings.data.glob(f"{RESTORE_FILE}.*{_UNFINISHED}*"):
        left.unlink(missing_ok=True)
    final = settings.data / RESTORE_FILE
    (settings.data / RESTORE_FAILED_FILE).unlink(missing_ok=True)
    with _unfinished(final) as beside:
        copy_file(file, beside)
        check_whole(beside)
        renew(beside)
        staged = read_identity(beside, settings.base_iri)
        _name(beside, final, replace=True)
    return staged


def _take_up(settings: Settings, staged: Identity, progress: Progress | None) -> int:
    """Do it here, where nobody else writes; LockedError where somebody does."""
    with _lock(settings.data):
        _set_aside_damaged(settings.data)
    with Keeper.open(settings, progress) as keeper:
        if keeper.lineage != staged.lineage:
            raise JournalError("another restore came between: run this again")
        return keeper.kept.total


def _look(settings: Settings, staged: Identity) -> int | None:
    """How many articles there are where a service has taken it up and answers from it; None where it is not so far."""
    if (settings.data / RESTORE_FILE).exists():
        return None
    with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
        if journal.lineage != staged.lineage:
            raise JournalError(f"it was not restored: {_read_reason(settings.data)}; the journal is as it was")
        union = shows_union(settings, journal)
        fixed = indexed_graphs(settings.base_iri, union=union)
        is_there = settings.sparql_url is not None or is_current(settings.data, journal, fixed, union=union)
        return journal.count() if is_there else None


def _read_reason(directory: Path) -> str:
    try:
        return (directory / RESTORE_FAILED_FILE).read_text("utf-8")
    except OSError:
        return "another restore came between, or the disk is full"


def _refuse_other_kind(settings: Settings, identity: Identity) -> None:
    """A service shows the union of all graphs or a plain dataset; which, it is told when it starts."""
    if settings.union_default_graph is not None:
        return
    try:
        with _lock(settings.data):
            return
    except LockedError:
        pass
    except JournalError:
        return
    if read_identity(settings.data / JOURNAL_FILE, settings.base_iri).shows_union != identity.shows_union:
        kind = str(identity.shows_union).lower()
        raise SettingError(f"the backup was made with KG_UNION_DEFAULT_GRAPH={kind}: stop the service first")


def _set_aside_damaged(directory: Path) -> None:
    """Give a journal that cannot be read another name, so that a new one can be made."""
    journal = directory / JOURNAL_FILE
    if not journal.is_file():
        return
    try:
        check_whole(journal)
    except DamagedError:
        name = f"{JOURNAL_FILE}.damaged-{secrets.token_hex(4)}"
        # The journal goes first: SQLite drops a log that is there without it.
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                (directory / f"{JOURNAL_FILE}{suffix}").rename(directory / f"{name}{suffix}")
        sync_directory(directory)


@contextmanager
def _lock(directory: Path) -> Iterator[None]:
    lock = WriteLock.acquire(directory)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """A name beside `file` for what is not finished; in the end nothing is there."""
    beside = file.with_name(f"{file.name}.{os.getpid()}{_UNFINISHED}")
    try:
        yield beside
    except OSError as error:
        raise JournalError(f"cannot write {file}: {error.strerror}") from error
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(f"{beside}{suffix}").unlink(missing_ok=True)


def _name(beside: Path, file: Path, *, replace: bool) -> None:
    """Give what is finished its name, durably; never to what came there meanwhile, unless it may `replace` that."""
    if replace:
        beside.replace(file)
    else:
        try:
            os.link(beside, file)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            beside.rename(file)
    sync_directory(file.parent)
