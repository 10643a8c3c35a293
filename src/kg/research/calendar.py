"""Periods of equal kind, such as months, and which of them an event falls into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import SettingError
from kg.export.periods import Period
from kg.export.records import EventRecord

_LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """A kind of period: its name, how the first day of the one that a day is in is found, and how an axis names it."""

    name: str
    begin: Callable[[dt.date], dt.date]
    label: Callable[[dt.date], str]

    def following(self, start: dt.date) -> dt.date:
        """The first day of the next one."""
        try:
            return self.begin(start + dt.timedelta(days=_LONGEST[self.name]))
        except OverflowError:
            return dt.date.max

    def all_between(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The first days of all from the one that begins with `first` to the one that begins with `last`."""
        start = first
        while start <= last:
            yield start
            following = self.following(start)
            if following <= start:
                return
            start = following


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of an event, by its first day, and what dates it: `event` or `publication`; both None where none."""

    start: dt.date | None = None
    by: str | None = None


def _monday(day: dt.date) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - day.weekday()))


def _quarter(day: dt.date) -> dt.date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


FREQUENCIES = {
    one.name: one
    for one in (
        Frequency("day", lambda day: day, lambda day: f"{day.day} {day:%b %Y}"),
        Frequency("week", _monday, lambda day: f"{day.day} {day:%b %Y}"),
        Frequency("month", lambda day: day.replace(day=1), lambda day: f"{day:%b %Y}"),
        Frequency("quarter", _quarter, lambda day: f"Q{(day.month + 2) // 3} {day.year}"),
        Frequency("year", lambda day: day.replace(month=1, day=1), lambda day: f"{day.year}"),
    )
}


def find_frequency(name: str) -> Frequency:
    """The frequency of a name.

    Raises:
        SettingError: there is none.
    """
    if name not in FREQUENCIES:
        raise SettingError(f"there is no freq {name!r}: use {', '.join(FREQUENCIES)}")
    return FREQUENCIES[name]


def date_event(event: EventRecord, frequency: Frequency) -> Dated:
    """When an event was: by its own date where that lies within one period, by its article's where it has none."""
    own = Period.parse(event.date)
    if own is not None:
        start = frequency.begin(own.first)
        return Dated(start, "event") if start == frequency.begin(own.last) else Dated()
    published = Period.parse(event.article.published)
    return Dated() if published is None else Dated(frequency.begin(published.first), "publication")
