"""Events counted by period and by what a plot divides them by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.export.records import EventRecord
from kg.research.calendar import Frequency, date_event

UNKNOWN = "none known"
"""Stands for the value of an event that has none."""

# A few events long before all others would leave no room for these.
_OUTLIERS = 0.05  # at either end
_LONG = 24


@dataclass(slots=True)
class Tally:
    """Events counted by period and value; `dated` counts by what dates them, `undated` those that nothing dates."""

    frequency: Frequency
    counts: dict[dt.date, Counter[str]] = field(default_factory=dict)
    events: int = 0
    undated: int = 0
    dated: Counter[str] = field(default_factory=Counter)
    by_period: Counter[dt.date] = field(default_factory=Counter)

    def add(self, event: EventRecord, values: Sequence[str]) -> None:
        """Count an event once for each of `values`."""
        self.events += 1
        found = date_event(event, self.frequency)
        if found.start is None or found.by is None:
            self.undated += 1
            return
        self.dated[found.by] += 1
        self.by_period[found.start] += 1
        self.counts.setdefault(found.start, Counter()).update(values or (UNKNOWN,))

    def totals(self, starts: Iterable[dt.date]) -> Counter[str]:
        """How often each value occurs in some periods."""
        totals: Counter[str] = Counter()
        for start in starts:
            totals.update(self.counts.get(start, {}))
        return totals

    def count_before(self, start: dt.date) -> int:
        """How many events are of earlier periods."""
        return sum(count for period, count in self.by_period.items() if period < start)

    def count_after(self, start: dt.date) -> int:
        """How many events are of later periods."""
        return sum(count for period, count in self.by_period.items() if period > start)

    def tell_dates(self) -> str:
        """What dates the events."""
        by = {"event": "dated by the text", "publication": "dated by publication of the article"}
        return ", ".join(f"{self.dated[name]:,} {words}" for name, words in by.items() if self.dated[name])

    def bulk(self) -> tuple[dt.date, dt.date]:
        """First and last period; without a few events far from all others, where these would take most of the room."""
        periods = sorted(self.by_period)
        first, last = periods[0], periods[-1]
        inner = self._inner(periods)
        length = sum(1 for _ in self.frequency.all_between(first, last))
        short = sum(1 for _ in self.frequency.all_between(*inner))
        return inner if length > _LONG and short * 2 < length else (first, last)

    def _inner(self, periods: list[dt.date]) -> tuple[dt.date, dt.date]:
        allowed = sum(self.by_period.values()) * _OUTLIERS
        ends = []
        for ordered in (periods, periods[::-1]):
            passed = 0
            for period in ordered:
                passed += self.by_period[period]
                if passed > allowed:
                    ends.append(period)
                    break
        return ends[0], ends[1]
