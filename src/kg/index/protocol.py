"""What the two forms of the index have in common, and what they need to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, Self

Change = tuple[int, str, bytes]
"""Sequence number, article IRI (it names the graph too) and the graph in N-Triples; an empty graph removes it."""

Progress = Callable[[int], None]
"""Called now and then with the number of articles applied so far."""


@dataclass(frozen=True, slots=True)
class FixedGraph:
    """A graph that ships with the project and is in no journal. Replaced in the index when `digest` changes."""

    iri: str
    digest: str
    triples: bytes


class Record(Protocol):
    """What the index is made from: the journal, as far as the index knows it."""

    @property
    def sequence(self) -> int:
        """The last sequence number."""
        ...

    def since(self, sequence: int) -> Iterator[Change]:
        """Each article accepted after `sequence`, in that order."""
        ...


class Index(Protocol):
    """The derived index. Its default graph is the true union of all its graphs: each triple counts once."""

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
        """Replace the graph of each article in `changes`. Applying again what was applied changes nothing."""
        ...

    def catch_up(self, record: Record, progress: Progress | None = None) -> int:
        """Apply all that `record` has and the index lacks; how many articles that were."""
        ...

    def publish(self) -> int:
        """Let queries see what was applied; the number of the generation that they see."""
        ...

    def rebuild(self, record: Record, progress: Progress | None = None) -> int:
        """Make the index anew and publish it; how many articles it holds."""
        ...

    def mend(self, record: Record, progress: Progress | None = None) -> bool:
        """Make good what was deleted from under it; False where nothing was."""
        ...


def apply_since(index: Index, record: Record, *, size: int, progress: Progress | None) -> int:
    """Apply what `record` has after `index.sequence`, `size` articles at a time; how many articles that were."""
    changes = record.since(index.sequence)
    done = 0
    while batch := list(islice(changes, size)):
        index.apply(batch)
        done += len(batch)
        if progress:
            progress(done)
    return done
