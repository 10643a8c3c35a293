"""Where what is watched is kept: a data directory, opened for each batch alone, or a running service."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Protocol

from kg.errors import SourceError
from kg.fetch import SENT_FORMATS, Sender
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.settings import Settings
from kg.sources import read_article
from kg.types import Document, Format, Outcome, Refusal


class Place(Protocol):
    """Takes documents. What it raises as LockedError or ServiceError may go well later."""

    name: str
    lineage: str
    """What tells what is kept here from what is kept elsewhere; known once it was opened, another after a restore."""

    def open(self) -> None:
        """Make sure that documents can be stored."""

    def store(self, documents: Sequence[Document | Refusal]) -> Iterator[Outcome]:
        """What became of each document, in order; one that is stored is durable."""

    def describe(self) -> str:
        """How much is kept here, in words, or nothing where that is not known."""


class DataDirectory:
    """A data directory. Between two batches it is free for others to write to."""

    def __init__(self, settings: Settings, pipeline: Pipeline) -> None:
        """The data directory of `settings`, for what `pipeline` reads."""
        self.name = str(settings.data)
        self.lineage = ""
        self._settings = settings
        self._pipeline = pipeline
        self._total = 0

    def open(self) -> None:
        """Make the journal where there is none.

        Raises:
            LockedError: another process writes to it just now.
        """
        with Keeper.open(self._settings) as keeper:
            self._look(keeper)

    def store(self, documents: Sequence[Document | Refusal]) -> Iterator[Outcome]:
        """As `Place` says; LockedError while another process writes to it."""
        with Keeper.open(self._settings) as keeper:
            for outcome in self._pipeline.ingest(documents, keeper):
                self._look(keeper)
                yield outcome

    def describe(self) -> str:
        """How many articles the journal had after the last batch."""
        return f"; {self.name} holds {self._total} article{'' if self._total == 1 else 's'}"

    def _look(self, keeper: Keeper) -> None:
        self.lineage, self._total = keeper.lineage, keeper.kept.total


class RunningService:
    """A service that runs, here or elsewhere, and takes articles for a token."""

    def __init__(self, sender: Sender, max_words: int) -> None:
        """The service that `sender` sends to; `max_words` is for what has to be read here."""
        self.name = sender.name
        self.lineage = sender.name
        self._sender = sender
        self._max_words = max_words

    def open(self) -> None:
        """Nothing: whether the service takes articles shows when it is sent one."""

    def store(self, documents: Sequence[Document | Refusal]) -> Iterator[Outcome]:
        """As `Place` says; ServiceError while the service takes none."""
        for document in documents:
            if isinstance(document, Refusal):
                yield Outcome(document.name, refusal=document)
            else:
                yield self._send(document)

    def _send(self, document: Document) -> Outcome:
        try:
            known = document if document.format in SENT_FORMATS else _to_json(document, self._max_words)
        except SourceError as error:
            return Outcome(document.name, refusal=Refusal(document.name, "read", str(error)))
        return self._sender.send(known)

    def describe(self) -> str:
        """Nothing: it is not asked."""
        return ""


def _to_json(document: Document, max_words: int) -> Document:
    """A document in a format that services do not take, as one that they do.

    Raises:
        SourceError: it is no article.
    """
    article = read_article(document, max_words)
    fields = {
        "title": article.title,
        "text": article.text.removeprefix(f"{article.title}\n\n"),
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "section": article.section,
        "publisher": article.publisher,
    }
    content = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False).encode()
    return Document(document.name, Format.JSON, content)
