"""Calendar dates known to the day, the month or the year, and steps between them (proleptic Gregorian, ISO weeks)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from kg.types import TimeUnit


class When(NamedTuple):
    """A date whose finest part is its day, its month or its year."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        """The ISO 8601 form: 2024-01-04, 2023-11 or 2018."""
        return "-".join(f"{part:0{width}}" for part, width in zip(self, (4, 2, 2), strict=True) if part is not None)

    def date(self) -> dt.date | None:
        """The day itself; None where only a month or a year is known."""
        return dt.date(self.year, self.month, self.day) if self.month and self.day else None

    def first_day(self) -> dt.date:
        """The day itself or the first day of the month or year."""
        return dt.date(self.year, self.month or 1, self.day or 1)


def to_when(year: int, month: int | None = None, day: int | None = None) -> When | None:
    """The date with these parts, or None where the calendar has no such date."""
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return When(year, month, day if month else None)


def from_date(day: dt.date) -> When:
    """A day as a `When`."""
    return When(day.year, day.month, day.day)


def move(when: When, offset: int, unit: TimeUnit) -> When | None:
    """The day, month or year that lies `offset` units from `when`.

    None where `when` is coarser than the unit. A week gives the month it lies in, None where it lies in two.
    """
    if unit is TimeUnit.YEAR:
        return to_when(when.year + offset)
    if unit is TimeUnit.MONTH:
        return _move_months(when, offset)
    day = when.date()
    if day is None:
        return None
    if unit is TimeUnit.WEEK:
        return _month_of_week(_move_days(day, 7 * offset))
    moved = _move_days(day, offset)
    return from_date(moved) if moved else None


def _move_months(when: When, offset: int) -> When | None:
    if when.month is None:
        return None
    years, month = divmod(when.month - 1 + offset, 12)
    return to_when(when.year + years, month + 1)


def _move_days(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _month_of_week(day: dt.date | None) -> When | None:
    """The month that holds all of the week, Monday to Sunday, around `day`."""
    if day is None:
        return None
    monday = _move_days(day, -day.weekday())
    sunday = monday and _move_days(monday, 6)
    if monday is None or sunday is None or monday.month != sunday.month:
        return None
    return When(monday.year, monday.month)


def weekday_in_week(anchor: dt.date, weekday: int, weeks: int) -> When | None:
    """That weekday of the week that lies `weeks` from the week of `anchor`."""
    day = _move_days(anchor, 7 * weeks + weekday - anchor.weekday())
    return from_date(day) if day else None


def weekday_near(anchor: dt.date, weekday: int, direction: int, *, strictly: bool = False) -> When | None:
    """The last such weekday up to `anchor` (`direction` below 1), or the first from it on; `strictly`: not `anchor`."""
    if direction > 0:
        ahead = (weekday - anchor.weekday()) % 7
        days = ahead or (7 if strictly else 0)
    else:
        back = (anchor.weekday() - weekday) % 7
        days = -(back or (7 if strictly else 0))
    day = _move_days(anchor, days)
    return from_date(day) if day else None


def yearly(around: When, month: int, day: int | None) -> list[When]:
    """The occurrences of a month, or of a day in it, from four years before `around` to four years after, in order."""
    years = range(around.year - 4, around.year + 5)
    return [when for year in years if (when := to_when(year, month, day))]


def months_between(first: When, last: When) -> int:
    """How many months `last` lies after `first`, both known to the month; negative where before."""
    return 12 * (last.year - first.year) + (last.month or 1) - (first.month or 1)


def gap(first: When, last: When) -> int:
    """How far `last` lies after `first`: in days where both are known to the day, else in months."""
    start, end = first.date(), last.date()
    return (end - start).days if start and end else months_between(first, last)
