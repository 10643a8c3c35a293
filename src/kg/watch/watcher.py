"""Takes in what comes, when it is complete, and nothing twice."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.errors import LockedError, ServiceError
from kg.fetch import Fetcher, Find, Memory, Settling
from kg.pipeline import batch_documents
from kg.sources import find_documents
from kg.types import Document, Hints, Outcome, Refusal
from kg.watch.changes import Changes
from kg.watch.folders import Arrivals, Folders
from kg.watch.interval import LONGEST_WISH
from kg.watch.patience import Patience
from kg.watch.place import Place

_BATCH_BYTES = 5_000_000  # what is fetched is mostly markup
_LOOK_SECONDS = 0.5
_LONGEST_LOOK = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell what happens: lines, and refusals."""

    line: Callable[[str], None]
    refusal: Callable[[Refusal], None]


@dataclass(slots=True)
class Tally:
    """What became of the documents so far."""

    stored: int = 0
    refused: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        if outcome.refusal is None:
            self.stored += 1
        else:
            self.refused += 1

    def __str__(self) -> str:
        """In words."""
        return f"{self.stored} stored, {self.refused} refused"


@dataclass(slots=True)
class Watcher:
    """Watches `folders` and `feeds` for `place`; `every` is in seconds, as `clock` and `sleep` are.

    `memory` is that of `fetcher`.
    """

    place: Place
    folders: Folders
    feeds: Sequence[str]
    fetcher: Fetcher
    memory: Memory
    told: Told
    patience: Patience
    every: float
    max_bytes: int
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    tally: Tally = field(default_factory=Tally)
    _arrivals: Arrivals = field(default_factory=Arrivals)
    _refused: dict[str, str] = field(default_factory=dict)

    def run_once(self) -> None:
        """Take in what is there and not yet stored."""
        self._scan()
        self._take(self._find_ready())
        for feed in self.feeds:
            self._take(self.fetcher.find_due(feed))
        until = self.clock() + _LONGEST_LOOK
        while len(self._arrivals) and self.clock() < until:
            self.sleep(_LOOK_SECONDS)
            self._take(self._find_ready())

    def run(self) -> None:
        """Take in what is there, and from then on what comes, until a signal ends it."""
        due = dict.fromkeys(self.feeds, self.clock())
        scan = self.clock()
        with Changes(self.folders.names) as changes:
            while True:
                # What the system does not tell of, as on a network's disk, is found this way.
                if scan <= self.clock():
                    self._scan()
                    scan = self.clock() + self.every
                self._take(self._find_ready())
                for feed in [feed for feed in self.feeds if due[feed] <= self.clock()]:
                    self._take(self.fetcher.find_due(feed))
                    due[feed] = self.clock() + max(self.every, min(self.fetcher.wait(feed), LONGEST_WISH))
                look = [self.clock() + _LOOK_SECONDS] if len(self._arrivals) else []
                for path in changes.wait(min([scan, *due.values(), *look]) - self.clock()):
                    self._arrive(self.folders.expand(path))

    def _scan(self) -> None:
        self._arrive(self.folders.scan())

    def _arrive(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._arrivals.add(path)

    def _find_ready(self) -> Iterator[Find]:
        """What is in the files that are completely written, as far as it is not stored."""
        for path, signature in self._arrivals.take_ready():
            key = os.path.abspath(path)
            if self._refused.get(key) == signature or self.memory.has_file(key, signature):
                continue
            file = _File(self, key, signature)
            for document in find_documents([path], Hints(), self.max_bytes, io.BytesIO()):
                file.waiting += 1
                yield Find(document.name, document, file.settle)
            file.end()

    def _take(self, finds: Iterator[Find]) -> None:
        """Store what was found, batch by batch, and say what became of it."""
        tally, settling = Tally(), Settling()
        for batch in batch_documents(settling.documents(finds), max_bytes=_BATCH_BYTES):
            for outcome in settling.settle(self._store(batch)):
                for count in (tally, self.tally):
                    count.add(outcome)
                if outcome.refusal is not None:
                    self.told.refusal(outcome.refusal)
        if tally.stored or tally.refused:
            self.told.line(f"{tally}{self.place.describe()}.")

    def _store(self, batch: list[Document | Refusal]) -> Iterator[Outcome]:
        """What became of each; where the place is taken, it is waited for."""
        done = 0
        while done < len(batch):
            try:
                for outcome in self.place.store(batch[done:]):
                    self.memory.belong_to(self.place.lineage)
                    self.patience.end()
                    done += 1
                    yield outcome
            except (LockedError, ServiceError) as error:
                self.patience.wait(error)


@dataclass(slots=True)
class _File:
    """A file that is being taken in; it is remembered when all of it is stored."""

    watcher: Watcher
    path: str
    signature: str
    waiting: int = 0
    is_read: bool = False
    is_refused: bool = False

    def settle(self, stored: bool) -> None:
        self.waiting -= 1
        self.is_refused |= not stored
        self._close()

    def end(self) -> None:
        self.is_read = True
        self._close()

    def _close(self) -> None:
        if self.waiting or not self.is_read:
            return
        if self.is_refused:
            self.watcher._refused[self.path] = self.signature
        else:
            self.watcher.memory.keep_file(self.path, self.signature)
