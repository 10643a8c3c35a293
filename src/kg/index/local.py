"""The local index: one Oxigraph store that follows the journal, and checkpoints of it that readers open.

    DIRECTORY/index/state.json      what follows
    DIRECTORY/index/store-1         the store; a rebuild makes store-2 and so on
    DIRECTORY/index/generations/N   what readers see

Who opens it must hold the journal open for writing: that is the lock. pyoxigraph does not fsync what it commits, so
the state is written only when a checkpoint is made, which does; after a crash, all changes since are applied again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from kg.errors import IndexStoreError
from kg.index.checkpoints import INDEX_FOLDER, Checkpoints
from kg.index.protocol import Change, FixedGraph, Progress, Record, apply_since
from kg.index.state import State, read_state, write_state
from kg.index.store import GraphStore

_BATCH = 50
# A store is packed anew when so many changes, and such a part of all, came since.
_LOOSE_CHANGES = 100
_LOOSE_PART = 10


class LocalIndex:
    """The index of one data directory; open it with `LocalIndex.open`. Not for use from several threads at once."""

    def __init__(self, directory: Path, store: GraphStore, state: State, fixed: Sequence[FixedGraph]) -> None:
        """An index whose parts are open; `open` opens them."""
        self._directory = directory
        self._checkpoints = Checkpoints(directory)
        self._store = store
        self._state = state
        self._fixed = tuple(fixed)
        self._is_published = state.sequence > 0 or bool(state.fixed)
        self._files: frozenset[str] = frozenset()

    @classmethod
    def open(cls, directory: Path, fixed: Sequence[FixedGraph] = (), *, union: bool = True) -> Self:
        """The index in the data directory `directory`, with the fixed graphs as given.

        Its default graph is the union of all graphs, or if not `union` that of a plain dataset. Where it is missing,
        damaged, of another version or of the other kind, it starts empty: `catch_up` then makes it anew.

        Raises:
            IndexStoreError: it cannot be written.
        """
        index = directory / INDEX_FOLDER
        state = read_state(index)
        store = _open_or_none(index / state.store, union=union) if state and state.union == union else None
        if state is None or store is None:
            state = State(_next_store(index), union=union)
            store = _create(index / state.store, union=union)
        _remove_other_stores(index, state.store)
        local = cls(index, store, state, fixed)
        local._replace_fixed()
        return local

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the store. What was applied and not published is applied again when it is next opened."""
        # pyoxigraph closes a store when the last reference to it goes.
        if hasattr(self, "_store"):
            del self._store

    @property
    def sequence(self) -> int:
        """The sequence number of the last change applied."""
        return self._state.sequence

    def apply(self, changes: Iterable[Change]) -> None:
        """Replace each graph in `changes`, in one transaction.

        Raises:
            IndexStoreError: it could not be done; nothing was.
        """
        graphs: dict[str, bytes | None] = {}
        sequence = self.sequence
        for number, iri, graph in changes:
            graphs[iri] = graph
            sequence = max(sequence, number)
        self._store.replace(graphs)
        # Left to itself, the engine takes a gigabyte of memory and doubles the disk before it does so.
        self._store.flush()
        self._change(replace(self._state, sequence=sequence))

    def catch_up(self, record: Record, progress: Progress | None = None) -> int:
        """Apply all that `record` has and the index lacks; how many graphs that were.

        Where the index was made from another record, or is ahead of this one, all is applied to an empty index.

        Raises:
            IndexStoreError: it could not be done.
        """
        if not self.sequence and not self._state.lineage:
            self._change(replace(self._state, lineage=record.lineage))
        if record.lineage != self._state.lineage or record.sequence < self.sequence:
            return self.rebuild(record, progress)
        return apply_since(self, record, size=_BATCH, progress=progress)

    def publish(self) -> int:
        """Let readers see what was applied, and make it durable; the number of their generation.

        Raises:
            IndexStoreError: it could not be done; readers see what they saw.
        """
        number = self._checkpoints.newest()
        if number is None or not self._is_published:
            number = self._checkpoints.publish(self._store.backup)
            write_state(self._directory, self._state)
            self._is_published = True
            self._files = self._checkpoints.files(number)
        # What was there when it was opened is taken for whole, and never again what is there later.
        self._files = self._files or self._checkpoints.files(number)
        return number

    def pack(self) -> bool:
        """Put the store in the order that queries are fastest over, where it has grown by a tenth since it was.

        What was done is to be published. False where nothing was done.

        Raises:
            IndexStoreError: it could not be done.
        """
        if self.sequence - self._state.packed < max(_LOOSE_CHANGES, self._state.packed // _LOOSE_PART):
            return False
        self._store.pack()
        self._change(replace(self._state, packed=self.sequence))
        return True

    def mend(self, record: Record, progress: Progress | None = None) -> bool:
        """Make good what was deleted from under it since it was published; False where nothing was.

        Raises:
            IndexStoreError: it could not be done.
        """
        state = read_state(self._directory)
        if state is None or state.store != self._state.store:
            self.rebuild(record, progress)
            return True
        newest = self._checkpoints.newest()
        if newest is not None and self._files <= self._checkpoints.files(newest):
            return False
        self._is_published = False
        try:
            self.publish()
        except IndexStoreError:
            self.rebuild(record, progress)
        return True

    def rebuild(self, record: Record, progress: Progress | None = None) -> int:
        """Make the index anew from `record` beside the old one, swap them, publish; how many graphs were applied.

        Until then readers see the old one. Stopped before, the old one stays.

        Raises:
            IndexStoreError: it could not be done.
        """
        name = _next_store(self._directory, self._state.store)
        state = State(name, lineage=record.lineage, union=self._state.union)
        fresh = LocalIndex(self._directory, _create(self._directory / name, union=state.union), state, self._fixed)
        try:
            fresh._replace_fixed()
            count = apply_since(fresh, record, size=_BATCH, progress=progress)
            fresh.pack()
            fresh.publish()
        except BaseException:
            fresh.close()
            _remove_other_stores(self._directory, self._state.store)
            raise
        self._store, self._state, self._is_published = fresh._store, fresh._state, True
        self._files = fresh._files
        _remove_other_stores(self._directory, name)
        return count

    def _replace_fixed(self) -> None:
        """Bring the fixed graphs to what they shall be, and take away those that are no more."""
        digests = {graph.iri: graph.digest for graph in self._fixed}
        if digests == self._state.fixed:
            return
        graphs: dict[str, bytes | None] = {iri: None for iri in self._state.fixed if iri not in digests}
        for graph in self._fixed:
            if self._state.fixed.get(graph.iri) != graph.digest:
                graphs[graph.iri] = graph.triples
        self._store.replace(graphs)
        self._change(replace(self._state, fixed=digests))

    def _change(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self._is_published = False


def is_current(directory: Path, record: Record, fixed: Sequence[FixedGraph], *, union: bool = True) -> bool:
    """True where readers see, in the data directory `directory`, all of `record` and the fixed graphs, that way."""
    index = directory / INDEX_FOLDER
    state = read_state(index)
    wanted = (record.sequence, record.lineage, {graph.iri: graph.digest for graph in fixed}, union)
    has_all = state is not None and (state.sequence, state.lineage, state.fixed, state.union) == wanted
    return has_all and Checkpoints(index).newest() is not None


def _open_or_none(path: Path, *, union: bool) -> GraphStore | None:
    try:
        return GraphStore.open(path, union=union)
    except IndexStoreError:
        return None


def _create(path: Path, *, union: bool) -> GraphStore:
    shutil.rmtree(path, ignore_errors=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexStoreError(f"cannot write to the index at {path.parent}: {error.strerror}") from error
    return GraphStore.open(path, union=union)


def _stores(directory: Path) -> list[Path]:
    return [path for path in directory.glob("store-*") if path.is_dir()]


def _next_store(directory: Path, own: str = "") -> str:
    """A name no store in `directory` has, nor had `own`, which is open though it may be deleted."""
    numbers = (name.removeprefix("store-") for name in (own, *(path.name for path in _stores(directory))))
    return f"store-{max((int(number) for number in numbers if number.isdecimal()), default=0) + 1}"


def _remove_other_stores(directory: Path, name: str) -> None:
    for path in _stores(directory):
        if path.name != name:
            shutil.rmtree(path, ignore_errors=True)
