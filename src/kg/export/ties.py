"""Events counted by who did what to whom in which month: what networks of states and of officials are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from kg.export.dyads import date_month
from kg.export.nodes import AgentNodes, Node, StateNodes
from kg.export.periods import Period
from kg.export.records import EventRecord

_Key = tuple[str, str, str, str]


class Level(StrEnum):
    """Between whom ties are: states, or officials and those whom they deal with."""

    STATES = "states"
    OFFICIALS = "officials"


@dataclass(frozen=True, slots=True)
class Tie:
    """The events of one category from one node to another in one month; `month` is None where nothing dates them.

    `weight` counts them, `score` is the mean of their scores; `first` and `last` are the days that their dates, or the
    publication of their articles, begin and end with.
    """

    source: str
    target: str
    category: str
    quad_class: str
    month: str | None
    weight: int
    score: float
    first: str | None
    last: str | None


class Network:
    """Nodes, and the ties between them; what it holds grows with these, not with the events."""

    def __init__(self, events: Iterable[EventRecord], *, level: Level) -> None:
        """The network of `events`; one that has nobody on one side ties nobody."""
        self.level = level
        self._nodes = StateNodes() if level is Level.STATES else AgentNodes()
        self._quad_classes: dict[str, str] = {}
        self._counts: dict[_Key, _Count] = {}
        for event in events:
            self._add(event)

    def nodes(self) -> Iterator[Node]:
        """The nodes that have a tie, by ID."""
        return self._nodes.listed()

    def ties(self) -> Iterator[Tie]:
        """The ties, by source, target, category and month."""
        for key in sorted(self._counts):
            source, target, category, month = key
            count = self._counts[key]
            yield Tie(
                source, target, category, self._quad_classes[category], month or None,
                count.events, round(count.total / count.events, 4), count.first, count.last,
            )  # fmt: skip

    def bundles(self) -> Iterator[tuple[Tie, ...]]:
        """The ties again, those together that differ in their month alone; one without a month comes first."""
        grouped = groupby(self.ties(), key=lambda tie: (tie.source, tie.target, tie.category))
        return (tuple(ties) for _, ties in grouped)

    def _add(self, event: EventRecord) -> None:
        self._quad_classes[event.category] = event.quad_class
        month, _ = date_month(event)
        for source, target in self._nodes.pair(event):
            self._counts.setdefault((source, target, event.category, month or ""), _Count()).add(event)


@dataclass(slots=True)
class _Count:
    """What was counted for one tie so far."""

    events: int = 0
    total: float = 0.0
    first: str | None = None
    last: str | None = None

    def add(self, event: EventRecord) -> None:
        """Count one more event."""
        self.events += 1
        self.total += event.score
        period = Period.parse(event.date) or Period.parse(event.article.published)
        if period is not None:
            first, last = period.first.isoformat(), period.last.isoformat()
            self.first = min(self.first or first, first)
            self.last = max(self.last or last, last)
