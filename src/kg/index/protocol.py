"""What the two forms of the index have in common, and what they need to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, Self

Change = tuple[int, str, bytes | None]
"""Sequence number, IRI of a graph and what it holds, in N-Triples; None removes it, and an empty one is there."""

Progress = Callable[[int], None]
"""Called now and then with the number of graphs applied so far."""


@dataclass(frozen=True, slots=True)
class FixedGraph:
    """A graph that ships with the project and is in no journal. Replaced in the index when `digest` changes."""

    iri: str
    digest: str
    triples: bytes


class Record(Protocol):
    """What the index is made from: the journal, as far as the index knows it."""

    @property
    def lineage(self) -> str:
        """What tells it from any other record; never empty."""
        ...

    @property
    def sequence(self) -> int:
        """The last sequence number."""
        ...

    def since(self, sequence: int) -> Iterator[Change]:
        """Each graph that changed after `sequence`, in that order."""
        ...


class Index(Protocol):
    """The derived index.

    Its default graph is the true union of all its graphs, where each triple counts once, or that of a plain dataset.
    """

    def __enter__(self) -> Self:
        """Itself."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...

    @property
    def sequence(self) -> int:
        """The sequence number of the last change applied."""
        ...

    def apply(self, changes: Iterable[Change]) -> None:
        """Replace each graph in `changes`. Applying again what was applied changes nothing."""
        ...

    def catch_up(self, record: Record, progress: Progress | None = None) -> int:
        """Apply all that `record` has and the index lacks; how many graphs that were."""
        ...

    def pack(self) -> bool:
        """Make queries faster where much was applied since that was done; True where there is something to publish."""
        ...

    def publish(self) -> int:
        """Let queries see what was applied; the number of the generation that they see."""
        ...

    def rebuild(self, record: Record, progress: Progress | None = None) -> int:
        """Make the index anew and publish it; how many graphs were applied."""
        ...

    def mend(self, record: Record, progress: Progress | None = None) -> bool:
        """Make good what was deleted from under it; False where nothing was."""
        ...


def apply_since(index: Index, record: Record, *, size: int, progress: Progress | None) -> int:
    """Apply what `record` has after `index.sequence`, `size` graphs at a time; how many graphs that were."""
    changes = record.since(index.sequence)
    done = 0
    while batch := list(islice(changes, size)):
        index.apply(batch)
        done += len(batch)
        if progress:
            progress(done)
    return done
