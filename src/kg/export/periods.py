"""Dates as precise as a text is, as periods of days: `2023-11` is all of that month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

# https://www.w3.org/TR/xmlschema11-2/#date, #gYearMonth and #gYear, of years with four digits; a zone is left out.
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:Z|[+-]\d{2}:\d{2})?")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str | None) -> Period | None:
        """The period that a date of a graph stands for; None where it is none that a calendar has."""
        found = _DATE.fullmatch(text or "")
        if found is None:
            return None
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            first = dt.date(year, month or 1, day or 1)
        except ValueError:
            return None
        if day:
            return cls(first, first)
        last_month = month or 12
        return cls(first, dt.date(year, last_month, calendar.monthrange(year, last_month)[1]))

    @property
    def month(self) -> str | None:
        """The month that all of it lies in, as in `2024-01`; None where it is longer."""
        same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first:%Y-%m}" if same else None

    def overlaps(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether any of its days is among those from `since` to `until`, both included; None is no bound."""
        return (since is None or self.last >= since) and (until is None or self.first <= until)
