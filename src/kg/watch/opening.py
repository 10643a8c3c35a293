"""What a person names -> a watcher."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

from kg.errors import LockedError, ServiceError, SettingError
from kg.fetch import MEMORY_FILE, Client, Fetcher, Memory, Sender, is_address
from kg.pipeline import Pipeline
from kg.settings import Settings
from kg.watch.folders import Folders
from kg.watch.interval import parse_interval
from kg.watch.patience import Patience
from kg.watch.place import DataDirectory, Place, RunningService
from kg.watch.watcher import Told, Watcher

_PATIENCE_SECONDS = 60.0


@contextmanager
def open_watcher(
    names: Sequence[str], settings: Settings, told: Told, *, every: str, to: str | None, once: bool
) -> Iterator[Watcher]:
    """A watcher of folders and feeds for the data directory of `settings`, or for the service at the address `to`.

    It waits for a place that is taken as long as that takes, or for a minute where it runs `once`.

    Raises:
        SettingError: they are no folders and feeds, or a setting cannot be used.
        LockedError: the place was taken too long.
    """
    folders, feeds = _sort(names)
    seconds = parse_interval(every)
    place = _open_place(settings, to)
    patience = Patience(told.line, limit=_PATIENCE_SECONDS if once else None)
    while True:
        try:
            place.open()
            break
        except (LockedError, ServiceError) as error:
            patience.wait(error)
    patience.end()
    # A service's journal is not to be mistaken for the one beside this file.
    name = MEMORY_FILE if to is None else f"{sha256(place.name.encode()).hexdigest()[:8]}-{MEMORY_FILE}"
    with Memory.open(settings.data / name, place.lineage) as memory:
        memory.drop_files(os.path.exists)
        fetcher = Fetcher(Client.open(settings), memory)
        yield Watcher(place, folders, feeds, fetcher, memory, told, patience, seconds, settings.max_body_bytes)


def _sort(names: Sequence[str]) -> tuple[Folders, list[str]]:
    feeds = list(dict.fromkeys(name for name in names if is_address(name)))
    folders = list(dict.fromkeys(name for name in names if not is_address(name)))
    for name in folders:
        if not os.path.isdir(name):
            raise SettingError(f"{name} is neither a folder nor an address: kg watch takes folders, and feeds by http")
    return Folders(folders), feeds


def _open_place(settings: Settings, to: str | None) -> Place:
    if to is None:
        return DataDirectory(settings, Pipeline(settings))
    return RunningService(Sender.open(to, settings), settings.max_words)
