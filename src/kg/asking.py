"""Asking a data directory, the remote engine of the settings, or any SPARQL endpoint, in one way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

from kg.errors import LockedError, SettingError
from kg.index.answer import Answer
from kg.index.readers import Readers
from kg.index.remote import RemoteIndex
from kg.journal import FILE
from kg.keeper import Keeper
from kg.settings import Settings


class Asked(Protocol):
    """What answers queries: `kg.index.readers.Readers` or `kg.index.remote.RemoteIndex`."""

    def query(self, text: str, *, results: str | None, graphs: str | None, base_iri: str | None = None) -> Answer:
        """The answer to a SPARQL query, in the media type given for its kind."""
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
def open_asked(settings: Settings) -> Iterator[Asked]:
    """What answers queries for these settings, as far as it has been published."""
    if settings.sparql_url is not None:
        yield RemoteIndex.connect(settings.sparql_url, timeout=settings.query_timeout)
        return
    with Readers(
        settings.data, size=settings.readers, timeout=settings.query_timeout, memory_mb=settings.query_memory_mb
    ) as readers:
        yield readers


@contextmanager
def open_current(settings: Settings) -> Iterator[Asked]:
    """As `open_asked`, with the index first brought up to the journal, unless another process is writing it.

    Raises:
        SettingError: there is no data directory.
    """
    if not (settings.data / FILE).exists():
        raise SettingError(f"{settings.data} holds no articles; run `kg ingest PATH --data {settings.data}` first")
    try:
        with Keeper.open(settings):
            pass
    except LockedError:
        pass  # its writer keeps it current
    with open_asked(settings) as asked:
        yield asked
