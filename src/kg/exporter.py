"""The journal of a data directory as tables and files: what `kg export` and `/export` write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from kg import iris
from kg.errors import SettingError
from kg.export import Output, Selection
from kg.export.named_graph import NamedGraph
from kg.export.sources import open_stored
from kg.journal import Journal, Snapshot
from kg.keeper import fixed_graphs
from kg.settings import Settings

Stored = tuple[str, bytes]
Progress = Callable[[int, int], None]
"""Called with the number of graphs read so far, and of all."""


class Exporter:
    """The graphs of one journal, or of some articles in it, as they were at one moment."""

    def __init__(
        self, snapshot: Snapshot, *, base_iri: str, articles: Sequence[str] = (), progress: Progress | None = None
    ) -> None:
        """An exporter of what `snapshot` holds; `articles` are IRIs, and none of them stands for all graphs."""
        self._snapshot = snapshot
        self._base_iri = base_iri
        self._articles = tuple(articles)
        self._progress = progress

    def stored(self, *, fixed: bool = False) -> Iterator[tuple[str | None, bytes]]:
        """IRI and triples of each graph, and of those that ship with the project where `fixed` asks for that.

        The default graph has no IRI.
        """
        for iri, triples in self._counted():
            yield (None if iri == iris.DEFAULT_GRAPH else iri), triples
        if fixed:
            yield from ((graph.iri, graph.triples) for graph in fixed_graphs(self._base_iri))

    def graphs(self, selection: Selection) -> Iterator[NamedGraph]:
        """The graphs that may hold something of `selection`, opened."""
        return open_stored(self._counted(), selection, self._snapshot.get_graph)

    def write(self, output: Output, selection: Selection, file: BinaryIO) -> None:
        """Write what `selection` takes as one of `kg.export.OUTPUTS`.

        Raises:
            ExportError: the package for the format is missing, or there is more than it can hold.
            JournalError: the journal cannot be read.
        """
        output.write(self.graphs, selection, file)

    def _counted(self) -> Iterator[Stored]:
        stored: Iterable[Stored] = self._snapshot.graphs()
        total = len(self._articles) or self._snapshot.count()
        if self._articles:
            stored = self._snapshot.find(self._articles)
        for number, graph in enumerate(stored, start=1):
            yield graph
            if self._progress:
                self._progress(number, total)


@contextmanager
def open_exporter(
    settings: Settings, articles: Sequence[str] = (), progress: Progress | None = None
) -> Iterator[Exporter]:
    """An exporter of the data directory of `settings`; `articles` are IRIs or IDs.

    Raises:
        JournalError: there is no journal, or it cannot be read.
        SettingError: there is no such article.
    """
    named = [name if "/" in name else settings.base_iri + iris.article(name) for name in articles]
    with (
        Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal,
        journal.snapshot() as snapshot,
    ):
        missing = next((iri for iri in named if snapshot.get_graph(iri) is None), None)
        if missing is not None:
            raise SettingError(f"there is no article {missing} in {settings.data}")
        yield Exporter(snapshot, base_iri=settings.base_iri, articles=named, progress=progress)
