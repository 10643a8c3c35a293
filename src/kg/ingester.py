"""One document at a time into a keeper that stays open: what `kg serve` writes through."""

from __future__ import annotations

from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.types import Document, Outcome


class Ingester:
    """Takes documents in, one after the other; never called twice at once."""

    def __init__(self, pipeline: Pipeline, keeper: Keeper) -> None:
        """An ingester that reads with `pipeline` and keeps in `keeper`."""
        self._pipeline = pipeline
        self._keeper = keeper

    def ingest(self, document: Document) -> Outcome:
        """Read, check, keep and publish `document`; what became of it, once that is durable.

        Raises:
            JournalError: it could not be kept.
            IndexStoreError: it is kept, but cannot be found before the index is caught up.
        """
        (outcome,) = self._pipeline.ingest([document], self._keeper)
        return outcome
