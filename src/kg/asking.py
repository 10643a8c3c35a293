"""Asking a data directory, the remote engine of the settings, or any SPARQL endpoint, in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

from kg.errors import IndexStoreError, JournalError, LockedError
from kg.index.answer import Answer, Dataset
from kg.index.checkpoints import INDEX_FOLDER, Checkpoints
from kg.index.local import is_current
from kg.index.reader import Limits
from kg.index.readers import Readers
from kg.index.remote import RemoteIndex
from kg.journal import Journal
from kg.keeper import Keeper, Progress, indexed_graphs, require_journal, shows_union
from kg.settings import Settings

Note = Callable[[str], None]
"""Called with one line that a person should see."""


class Asked(Protocol):
    """What answers queries: `kg.index.readers.Readers` or `kg.index.remote.RemoteIndex`."""

    @property
    def generation(self) -> int | None:
        """What stands for all it holds now, and changes with it; None where that is not known."""
        ...

    @property
    def busy(self) -> int:
        """How many queries run."""
        ...

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        ...

    @property
    def started(self) -> int:
        """How many processes were started for queries."""
        ...

    def query(
        self,
        text: str,
        *,
        results: str | None,
        graphs: str | None,
        base_iri: str | None = None,
        dataset: Dataset | None = None,
        union: bool = False,
        all_rows: bool = False,
    ) -> Answer:
        """The answer to a SPARQL query, in the media type given for its kind; see `kg.index.readers.Readers.query`."""
        ...


class QueryFormat(StrEnum):
    """How an answer is written; `table` is for people, the next four for solutions, the rest for graphs."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


_RESULTS = {
    QueryFormat.JSON: "application/sparql-results+json",
    QueryFormat.CSV: "text/csv",
    QueryFormat.TSV: "text/tab-separated-values",
    QueryFormat.XML: "application/sparql-results+xml",
}
_GRAPHS = {
    QueryFormat.TURTLE: "text/turtle",
    QueryFormat.NTRIPLES: "application/n-triples",
    QueryFormat.RDFXML: "application/rdf+xml",
    QueryFormat.JSONLD: "application/ld+json",
}


def answer_query(asked: Asked, text: str, format: QueryFormat) -> Answer:
    """The answer in `format`; for people, solutions come as JSON and graphs as Turtle.

    Raises:
        QueryError: see `kg.errors`.
    """
    if format is QueryFormat.TABLE:
        return asked.query(text, results=_RESULTS[QueryFormat.JSON], graphs=_GRAPHS[QueryFormat.TURTLE])
    return asked.query(text, results=_RESULTS.get(format), graphs=_GRAPHS.get(format))


@contextmanager
def open_asked(settings: Settings, *, alone: bool = False) -> Iterator[Asked]:
    """What answers queries for these settings, as far as it has been published; `alone`, one query at a time."""
    if settings.sparql_url is not None:
        yield RemoteIndex.connect(settings.sparql_url, timeout=settings.query_timeout)
        return
    limits = Limits(settings.query_memory_mb, settings.max_rows, settings.max_nesting)
    with Readers(
        settings.data,
        size=1 if alone else settings.readers,
        long_size=0 if alone else settings.long_readers,
        most_waiting=settings.max_waiting,
        timeout=settings.query_timeout,
        limits=limits,
        has_union=settings.union_default_graph is not False,
    ) as readers:
        yield readers


@contextmanager
def open_current(
    settings: Settings, note: Note | None = None, progress: Progress | None = None, *, alone: bool = True
) -> Iterator[Asked]:
    """As `open_asked`, with the index first brought up to the journal where that can be done.

    It cannot while another process writes, which then keeps the index current itself; nor in a directory that cannot
    be written, or on a full disk: then answers come from what was published last, and `note` is told.

    Raises:
        SettingError: there is no data directory.
        JournalError: the journal cannot be used.
        IndexStoreError: nothing was published yet, and nothing can be.
    """
    if not _is_current(settings):
        try:
            with Keeper.open(settings, progress, create=False):
                pass
        except LockedError as error:
            _require_published(settings, error)
        except (JournalError, IndexStoreError) as error:
            _require_published(settings, error)
            if note:
                note(f"{error}; the answer is from before")
    with open_asked(_as_made(settings), alone=alone) as asked:
        yield asked


def _is_current(settings: Settings) -> bool:
    """True where the local index has all that the journal has, so that nothing need be written."""
    require_journal(settings)
    with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
        if settings.sparql_url is not None:
            return False
        union = shows_union(settings, journal)
        return is_current(settings.data, journal, indexed_graphs(settings.base_iri, union=union), union=union)


def _as_made(settings: Settings) -> Settings:
    """`settings` with the default graph that the data directory was made with, where they leave that open."""
    with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
        return settings.model_copy(update={"union_default_graph": shows_union(settings, journal)})


def _require_published(settings: Settings, error: JournalError | IndexStoreError) -> None:
    """Raise `error` where the local index has nothing to answer from."""
    if settings.sparql_url is None and Checkpoints(settings.data / INDEX_FOLDER).newest() is None:
        raise error
