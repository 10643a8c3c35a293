"""The life of an article, from bytes to a kept graph.

A document is read into an article, the article's words are found and resolved into facts, the facts become a graph,
the graph is checked, and what conforms is kept. One bad article never stops the rest: it becomes a refusal.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from rdflib import Graph

from kg import iris
from kg.errors import ArticleError, ShapeError, SourceError
from kg.extract import Extractor
from kg.keeper import Keeper
from kg.resolve import resolve
from kg.settings import Settings
from kg.shacl import validate_any, validate_articles
from kg.sources import find_documents, read_article
from kg.triples import read_rdf, to_graph, to_ntriples
from kg.types import Activity, Article, Document, Entry, Facts, Hints, Outcome, Refusal, Report

SOFTWARE = f"geokg {version('geokg')}"
MODEL = "rules 1"
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Understood:
    """A document with the article it holds and what that says."""

    document: Document
    article: Article
    facts: Facts
    graph: Graph


class Pipeline:
    """Turns documents into graphs. Costly to make, holds no state between documents."""

    def __init__(self, settings: Settings) -> None:
        """A pipeline that mints IRIs under `settings.base_iri`."""
        self._settings = settings
        self._extractor = Extractor()

    def understand(self, document: Document) -> Understood:
        """The article in `document`, its facts and its graph.

        Raises:
            SourceError: the bytes are no article we can read.
        """
        article = read_article(document, self._settings.max_words)
        findings = self._extractor.extract(article)
        facts = resolve(article, findings)
        activity = Activity(SOFTWARE, MODEL, dt.datetime.now(dt.UTC))
        return Understood(document, article, facts, to_graph(article, facts, activity, base=self._settings.base_iri))

    def read(self, documents: Iterable[Document | Refusal]) -> Iterator[tuple[Understood | None, Outcome]]:
        """What becomes of each document, in order, without keeping anything."""
        for batch in _batches(documents):
            yield from self._check([self._try(document) for document in batch])

    def ingest(self, documents: Iterable[Document | Refusal], keeper: Keeper) -> Iterator[Outcome]:
        """What became of each document, in order; an outcome is given out once it is durable.

        Raises:
            JournalError: the rest cannot be kept; what was given out is.
        """
        for batch in _batches(documents):
            checked = list(self._check([self._try(document) for document in batch]))
            entries = [
                _entry(one, outcome) for one, outcome in checked if one is not None and outcome.graph is not None
            ]
            keeper.keep(entries, [outcome.refusal for _, outcome in checked if outcome.refusal is not None])
            yield from (outcome for _, outcome in checked)
        keeper.publish()

    def _try(self, document: Document | Refusal) -> Understood | Refusal:
        if isinstance(document, Refusal):
            return document
        try:
            return self.understand(document)
        except ArticleError as error:
            return Refusal(document.name, "read" if isinstance(error, SourceError) else "extract", str(error))

    def _check(self, batch: list[Understood | Refusal]) -> Iterator[tuple[Understood | None, Outcome]]:
        """Validate a batch; those that do not conform become refusals."""
        graphs = {str(i): one.graph for i, one in enumerate(batch) if isinstance(one, Understood)}
        reports = validate_articles(graphs)
        for i, one in enumerate(batch):
            if isinstance(one, Refusal):
                yield None, Outcome(one.name, refusal=one)
            else:
                yield one, self._outcome(one, reports[str(i)])

    def _outcome(self, one: Understood, report: Report) -> Outcome:
        name = one.document.name
        if not report.conforms:
            refusal = Refusal(name, "shacl", str(ShapeError(_summary(report))))
            return Outcome(name, refusal=refusal, report=report)
        article_iri = self._settings.base_iri + iris.article(one.article.id)
        return Outcome(name, article_iri, to_ntriples(one.graph), report=report)


def _summary(report: Report) -> str:
    """The violations of a report in one line."""
    first = report.violations[0]
    more = len(report.violations) - 1
    return f"{first.message} (at {first.focus})" + (f", and {more} more" if more else "")


def _entry(one: Understood, outcome: Outcome) -> Entry:
    document = one.document
    assert outcome.article_iri is not None
    assert outcome.graph is not None
    return Entry(outcome.article_iri, document.name, document.content, document.format, outcome.graph, SOFTWARE, MODEL)


def _batches(documents: Iterable[Document | Refusal]) -> Iterator[list[Document | Refusal]]:
    batch: list[Document | Refusal] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class Ingester:
    """Takes one document at a time into a keeper that stays open; what `kg serve` writes through."""

    def __init__(self, pipeline: Pipeline, keeper: Keeper) -> None:
        """An ingester that reads with `pipeline` and keeps in `keeper`."""
        self._pipeline = pipeline
        self._keeper = keeper

    def ingest(self, document: Document) -> Outcome:
        """Read, check, keep and publish `document`; what became of it.

        Raises:
            JournalError: it could not be kept.
        """
        return list(self._pipeline.ingest([document], self._keeper))[0]


def validate_paths(paths: Iterable[str], settings: Settings) -> Iterator[tuple[str, Report]]:
    """The report of each RDF file, and of the graph of each article, in order.

    Raises:
        SourceError: a file is neither, or cannot be read.
    """
    pipeline: Pipeline | None = None
    for path in paths:
        graph = read_rdf(path)
        if graph is not None:
            yield path, validate_any(graph)
            continue
        pipeline = pipeline or Pipeline(settings)
        limit = int(settings.max_body_mb * 1_000_000)
        for _, outcome in pipeline.read(find_documents([path], Hints(), limit, sys.stdin.buffer)):
            if outcome.report is None:
                raise SourceError(f"{outcome.name}: {outcome.refusal.reason if outcome.refusal else ''}")
            yield outcome.name, outcome.report
