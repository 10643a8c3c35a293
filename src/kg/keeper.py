"""The data directory as its one writer sees it: journal first, then the index that is made from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Self

from kg import iris
from kg.index.local import LocalIndex
from kg.index.protocol import FixedGraph, Index
from kg.index.remote import RemoteIndex
from kg.journal import Journal
from kg.settings import Settings
from kg.triples import reference_graph, to_ntriples, vocabulary_graph
from kg.types import Entry, Refusal

Progress = Callable[[int], None]


class Keeper:
    """Keeps what is accepted, durably and findably. A context manager; one per data directory at a time."""

    def __init__(self, journal: Journal, index: Index, stack: ExitStack) -> None:
        """A keeper of an open journal and index; `open` opens them."""
        self._journal = journal
        self._index = index
        self._stack = stack

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Self:
        """Open `settings.data` for writing, bring its index up to its journal, and publish it.

        Raises:
            LockedError: another process writes to the directory.
            JournalError: the journal cannot be used.
            IndexStoreError: the index cannot be used.
        """
        with ExitStack() as stack:
            journal = stack.enter_context(Journal.open(settings.data, base_iri=settings.base_iri, write=True))
            index = open_index(settings, stack)
            index.catch_up(journal, progress)
            index.publish()
            return cls(journal, index, stack.pop_all())

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of journal and index."""
        self._stack.close()

    def keep(self, entries: Sequence[Entry], refusals: Sequence[Refusal]) -> None:
        """Write down what was accepted and what was refused. Durable when it returns; found after `publish`.

        Raises:
            JournalError: nothing of it was written.
        """
        if entries:
            self._journal.append(entries)
        if refusals:
            self._journal.record_refusals(refusals)
        self._index.catch_up(self._journal)

    def publish(self) -> None:
        """Let queries see all that was kept."""
        self._index.publish()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the journal; how many articles it holds."""
        return self._index.rebuild(self._journal, progress)

    @property
    def articles(self) -> int:
        """How many articles are kept."""
        return self._journal.count()


def open_index(settings: Settings, stack: ExitStack) -> Index:
    """The index the settings name, closed when `stack` is."""
    fixed = fixed_graphs(settings.base_iri)
    if settings.sparql_url is not None:
        return RemoteIndex.open(settings.sparql_url, fixed, timeout=settings.query_timeout)
    return stack.enter_context(LocalIndex.open(settings.data, fixed))


def fixed_graphs(base: str) -> tuple[FixedGraph, ...]:
    """The graphs that ship with the project: the reference graph and the vocabularies."""
    graphs = {iris.REFERENCE_GRAPH: reference_graph(base), iris.VOCABULARY_GRAPH: vocabulary_graph()}
    found = []
    for key, graph in graphs.items():
        triples = to_ntriples(graph)
        found.append(FixedGraph(base + key, hashlib.sha256(triples).hexdigest(), triples))
    return tuple(found)
