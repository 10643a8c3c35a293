"""The data directory as its one writer sees it: journal first, then the index that is made from it."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Self

from kg import iris
from kg.disk import is_data_directory
from kg.errors import IndexStoreError, JournalError, SettingError
from kg.index.local import LocalIndex
from kg.index.protocol import FixedGraph, Index
from kg.index.remote import RemoteIndex
from kg.journal import Journal
from kg.settings import Settings
from kg.triples import examples_graph, reference_graph, to_ntriples, vocabulary_graph
from kg.types import Entry, GraphKind, Refusal

Progress = Callable[[int], None]
"""Called now and then with the number of articles indexed so far."""


_NEVER = -1  # no sequence number of the journal is published yet


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the entries that a keeper was given, in numbers of articles; `total` is what the journal holds.

    An entry that says what the journal holds already is `unchanged`; of two with one address the later replaces the
    earlier, and each counts.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    total: int = 0

    @property
    def stored(self) -> int:
        """How many were given and are there, or were until the same article came again."""
        return self.new + self.replaced + self.unchanged


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a keeper is: sequence numbers of the journal and of what queries see, and the generation they see.

    While it is `at_work`, the second may be behind the first.
    """

    sequence: int
    published: int
    generation: int
    at_work: bool


class Keeper:
    """Keeps what is accepted, durably and findably. A context manager; one per data directory at a time.

    Safe to use from several threads: one works, the others wait.
    """

    def __init__(self, journal: Journal, index: Index, stack: ExitStack, *, base_iri: str, union: bool) -> None:
        """A keeper of an open journal and index; `open` opens them."""
        self._base_iri = base_iri
        self._union = union
        self._journal = journal
        self._index = index
        self._stack = stack
        self._kept = Kept(total=journal.count())
        self._turn = threading.Lock()
        self._sequence = journal.sequence
        self._published = index.sequence
        self._generation = index.publish()

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None, *, create: bool = True) -> Self:
        """Open `settings.data` for writing, bring its index up to its journal, and publish it.

        Raises:
            SettingError: there is no journal and `create` does not ask for one.
            LockedError: another process writes to the directory.
            JournalError: the journal cannot be used.
            IndexStoreError: the index cannot be used.
        """
        if not create:
            require_journal(settings)
        with ExitStack() as stack:
            journal = stack.enter_context(_open_journal(settings))
            journal.take_up_restore(settings.base_iri)
            union = shows_union(settings, journal)
            index = open_index(settings, stack, union=union)
            index.catch_up(journal, progress)
            index.pack()
            return cls(journal, index, stack.pop_all(), base_iri=settings.base_iri, union=union)

    @property
    def union_default_graph(self) -> bool:
        """Whether queries see the union of all graphs as default graph."""
        return self._union

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of journal and index."""
        self._stack.close()

    def keep(self, entries: Sequence[Entry], refusals: Sequence[Refusal]) -> None:
        """Write down what was accepted and what was refused; when it returns, that is durable and can be found.

        Raises:
            JournalError: they could not be written: no entry was, or all entries and no refusal.
            IndexStoreError: all was written, but cannot be found before the index is caught up.
        """
        with self._turn:
            if entries:
                self._append(entries)
            if refusals:
                self._journal.record_refusals(refusals)
            self._follow()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the journal; how many articles it holds."""
        with self._turn:
            self._index.rebuild(self._journal, progress)
            self._publish()
        return self._journal.count()

    def pack(self) -> None:
        """Make queries faster, where much was kept since that was done last; as at the end of an ingest.

        Raises:
            IndexStoreError: it could not be done; all is kept and can be found.
        """
        with self._turn:
            self._pack()

    def tend(self, progress: Progress | None = None) -> bool:
        """Take up what `kg restore` left, and bring the index back to the journal; False where nothing had happened.

        Raises:
            JournalError: what was left could not be taken up, and is dropped.
            IndexStoreError: it cannot be done now.
        """
        with self._turn:
            if self._journal.take_up_restore(self._base_iri):
                self._sequence, self._published = self._journal.sequence, _NEVER
                self._kept = replace(self._kept, total=self._journal.count())
            if self._index.mend(self._journal, progress):
                self._publish()
            elif self._published == self._sequence:
                self._pack()
                return False
            try:
                self._follow(progress)
            except IndexStoreError:
                self._index.rebuild(self._journal, progress)
                self._publish()
        return True

    def check_writable(self) -> None:
        """Do nothing where the journal can be written, or is just being written.

        Raises:
            JournalError: it cannot.
        """
        if self._turn.acquire(blocking=False):
            try:
                self._journal.check_writable()
            finally:
                self._turn.release()

    @property
    def standing(self) -> Standing:
        """How far it is; known without asking the disk."""
        # Asked before and after: what begins or ends in between must not look like an index left behind.
        at_work = self._turn.locked()
        sequence, published, generation = self._sequence, self._published, self._generation
        return Standing(sequence, published, generation, at_work or self._turn.locked())

    def keep_graph(self, iri: str, graph: bytes, *, lineage: str | None = None) -> None:
        """Write down a curated graph, in N-Triples; when it returns, that is durable and can be found.

        `lineage` is that of the journal which the graph was made from, where it was made from what a journal held.

        Raises:
            JournalError: it could not be written, or the journal is another since: a restore came between.
            IndexStoreError: it was written, but cannot be found before the index is caught up.
        """
        with self._turn:
            if lineage not in (None, self._journal.lineage):
                raise JournalError("the journal was restored meanwhile, and nothing was written: send it again")
            self._journal.put_graph(iri, graph)
            self._sequence = self._journal.sequence
            self._follow()

    def remove(self, iri: str) -> bool:
        """Remove an article or curated graph, durably; False where there is none.

        Raises:
            JournalError: it could not be removed.
            IndexStoreError: it was, but can be found until the index is caught up.
        """
        with self._turn:
            is_removed = self._journal.remove(iri)
            self._sequence = self._journal.sequence
            self._kept = replace(self._kept, total=self._journal.count())
            self._follow()
        return is_removed

    @property
    def lineage(self) -> str:
        """What tells the journal from any other."""
        return self._journal.lineage

    def get_graph(self, iri: str) -> bytes | None:
        """The graph of an article, or a curated one, in N-Triples; None where there is none."""
        return self._journal.get_graph(iri)

    def get_kind(self, iri: str) -> GraphKind | None:
        """What the graph `iri` is, or that it was removed; None where there never was one."""
        return self._journal.get_kind(iri)

    def list_graphs(self, *, limit: int) -> tuple[str, ...]:
        """The IRIs of so many graphs: the curated ones, then articles."""
        return self._journal.list_graphs(limit=limit)

    @property
    def kept(self) -> Kept:
        """What became of the entries given to `keep` so far, the last batch counted once it is durable."""
        return self._kept

    def _follow(self, progress: Progress | None = None) -> None:
        """Let queries see what the journal has."""
        self._index.catch_up(self._journal, progress)
        # Batch by batch, though it costs some milliseconds: what the engine has not flushed fills memory and disk, and
        # had to be applied again after a crash.
        self._publish()

    def _publish(self) -> None:
        self._generation = self._index.publish()
        self._published = self._index.sequence

    def _pack(self) -> None:
        if self._index.pack():
            self._publish()

    def _append(self, entries: Sequence[Entry]) -> None:
        before = self._journal.sequence
        self._sequence = self._journal.append(entries)
        changed = self._sequence - before
        total = self._journal.count()
        new = total - self._kept.total
        self._kept = Kept(
            new=self._kept.new + new,
            # Each entry that changes something is given one sequence number.
            replaced=self._kept.replaced + changed - new,
            unchanged=self._kept.unchanged + len(entries) - changed,
            total=total,
        )


def require_journal(settings: Settings) -> None:
    """Do nothing where `settings.data` has a journal.

    Raises:
        SettingError: it has none.
    """
    if not is_data_directory(settings.data):
        raise SettingError(f"{settings.data} holds no articles: run kg ingest PATH --data {settings.data} first")


def shows_union(settings: Settings, journal: Journal) -> bool:
    """Whether queries see the union of all graphs as default graph: as the settings say, else as it was made."""
    chosen = settings.union_default_graph
    return journal.union_default_graph if chosen is None else chosen


def open_index(settings: Settings, stack: ExitStack, *, union: bool) -> Index:
    """The index the settings name, closed when `stack` is."""
    fixed = indexed_graphs(settings.base_iri, union=union)
    if settings.sparql_url is not None:
        return RemoteIndex.open(settings.sparql_url, fixed, timeout=settings.query_timeout, union=union)
    return stack.enter_context(LocalIndex.open(settings.data, fixed, union=union))


def indexed_graphs(base: str, *, union: bool) -> tuple[FixedGraph, ...]:
    """The fixed graphs that the index holds: a plain dataset has nothing but what was put in."""
    return fixed_graphs(base) if union else ()


def _open_journal(settings: Settings) -> Journal:
    union = settings.union_default_graph is not False
    return Journal.open(settings.data, base_iri=settings.base_iri, write=True, union_default_graph=union)


@functools.cache
def fixed_graphs(base: str) -> tuple[FixedGraph, ...]:
    """The graphs that ship with the project: the reference graph, the vocabularies and the example queries."""
    graphs = {
        iris.REFERENCE_GRAPH: reference_graph(base),
        iris.VOCABULARY_GRAPH: vocabulary_graph(),
        iris.EXAMPLES_GRAPH: examples_graph(base),
    }
    found = []
    for key, graph in graphs.items():
        triples = to_ntriples(graph)
        found.append(FixedGraph(base + key, hashlib.sha256(triples).hexdigest(), triples))
    return tuple(found)
