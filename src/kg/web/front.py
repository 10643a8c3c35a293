"""What `/` shows of the index: how much there is, what is new, who is most spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.web import questions
from kg.web.description import name_of
from kg.web.querier import Querier, select
from kg.web.table import Row

MAX_ARTICLES = 10
MAX_STATES = 30


@dataclass(frozen=True, slots=True)
class Front:
    """Counts by the name of the class; rows of ?s ?label ?when; rows of ?s ?label ?articles."""

    counts: Mapping[str, int]
    articles: tuple[Row, ...]
    states: tuple[Row, ...]


def read_front(querier: Querier) -> Front:
    """The front page of what is there now."""
    counts = {name_of(row["class"].value): int(row["count"].value) for row in select(querier, questions.counts())}
    return Front(
        counts,
        tuple(select(querier, questions.newest_articles(limit=MAX_ARTICLES))),
        tuple(select(querier, questions.states_by_mentions(limit=MAX_STATES))),
    )
