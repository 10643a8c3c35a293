"""The life of an article, from bytes to a kept graph.

A document is read into an article, the article's words are found and resolved into facts, the facts become a graph,
the graph is checked, and what conforms is kept. One bad article never stops the rest: it becomes a refusal. A bug is
no bad article: it stops the run, says at which document, and takes nothing back that was kept before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from rdflib import Graph

from kg import iris
from kg.errors import ArticleError, SourceError
from kg.extract import Extractor
from kg.keeper import Keeper
from kg.resolve import resolve
from kg.settings import Settings
from kg.shacl import validate_articles
from kg.sources import read_article
from kg.triples import to_graph, to_ntriples
from kg.types import Activity, Article, Document, Entry, Facts, Outcome, Refusal, Report

SOFTWARE = f"geokg {version('geokg')}"

# What is read, checked and kept together: so many documents, or fewer where they are long. It bounds the memory; twice
# as many were no faster.
BATCH_DOCUMENTS = 20
BATCH_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Understood:
    """A document with the article it holds and what that says."""

    document: Document
    article: Article
    facts: Facts
    graph: Graph


Read = tuple[Understood | None, Outcome]
"""What became of a document; it was understood unless its bytes are no article."""


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
        activity = Activity(SOFTWARE, self._extractor.model, dt.datetime.now(dt.UTC))
        graph = to_graph(article, facts, activity, base=self._settings.base_iri)
        return Understood(document, article, facts, graph)

    def read(self, documents: Iterable[Document | Refusal]) -> Iterator[Read]:
        """What becomes of each document, in order, without keeping anything."""
        for batch in batch_documents(documents):
            yield from self._check([self._try(document) for document in batch])

    def ingest(self, documents: Iterable[Document | Refusal], keeper: Keeper) -> Iterator[Outcome]:
        """What became of each document, in order; an outcome is given out once it is durable and can be found.

        Raises:
            JournalError: the rest cannot be kept; what was given out is.
            IndexStoreError: the rest cannot be indexed; what was given out is kept, and more may be.
        """
        for batch in batch_documents(documents):
            checked = list(self._check([self._try(document) for document in batch]))
            entries = [self._entry(one, outcome) for one, outcome in checked if one and outcome.graph]
            keeper.keep(entries, [outcome.refusal for _, outcome in checked if outcome.refusal])
            yield from (outcome for _, outcome in checked)

    def _try(self, document: Document | Refusal) -> Understood | Refusal:
        if isinstance(document, Refusal):
            return document
        try:
            return self.understand(document)
        except ArticleError as error:
            return Refusal(document.name, "read" if isinstance(error, SourceError) else "extract", str(error))
        except BaseException as bug:
            bug.add_note(f"This happened at {document.name}.")
            raise

    def _check(self, batch: list[Understood | Refusal]) -> Iterator[Read]:
        """Validate a batch; those that do not conform become refusals."""
        reports = validate_articles({str(i): one.graph for i, one in enumerate(batch) if isinstance(one, Understood)})
        for i, one in enumerate(batch):
            if isinstance(one, Refusal):
                yield None, Outcome(one.name, refusal=one)
            else:
                yield one, self._outcome(one, reports[str(i)])

    def _outcome(self, one: Understood, report: Report) -> Outcome:
        name = one.document.name
        if not report.conforms:
            return Outcome(name, refusal=Refusal(name, "shacl", _summary(report)), report=report)
        article_iri = self._settings.base_iri + iris.article(one.article.id)
        return Outcome(name, article_iri, to_ntriples(one.graph), report=report)

    def _entry(self, one: Understood, outcome: Outcome) -> Entry:
        document, model = one.document, self._extractor.model
        assert outcome.article_iri is not None
        assert outcome.graph is not None
        return Entry(
            outcome.article_iri, document.name, document.content, document.format, outcome.graph, SOFTWARE, model
        )


def _summary(report: Report) -> str:
    """The violations of a report in one line."""
    first = report.violations[0]
    more = len(report.violations) - 1
    return f"{first.message} (at {first.focus})" + (f", and {more} more" if more else "")


def batch_documents(
    documents: Iterable[Document | Refusal], *, max_bytes: int = BATCH_BYTES
) -> Iterator[list[Document | Refusal]]:
    """`documents` in lists of `BATCH_DOCUMENTS`, or of fewer where they come to `max_bytes`; none is empty."""
    batch: list[Document | Refusal] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.content) if isinstance(document, Document) else 0
        if len(batch) == BATCH_DOCUMENTS or size >= max_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
