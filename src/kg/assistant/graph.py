"""The graph as the tools see it: what answers their queries, and the names in it."""

from __future__ import annotations

from typing import Self

from kg.assistant.directory import Directory
from kg.assistant.names import Names
from kg.assistant.recent import Recent
from kg.assistant.source import Source


class Graph:
    """A source, its directory of names, and the facts that were found last. Safe to use from many threads."""

    def __init__(self, source: Source) -> None:
        """Nothing is asked yet."""
        self.source = source
        self.recent: Recent[tuple[str, ...] | None] = Recent()
        self._directory = Directory(source)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Read no more names."""
        self._directory.close()

    @property
    def names(self) -> Names:
        """The names of all entities.

        Raises:
            KgError: they cannot be read.
        """
        return self._directory.names()

    def prepare(self) -> None:
        """Begin to read the names, so that the first who asks need not wait."""
        self._directory.prepare()
