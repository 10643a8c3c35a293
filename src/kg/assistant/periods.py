"""Days, months and years -> what a fact's date is compared with.

The dates of facts are as precise as the text: a day, a month or a year, in the forms of XML Schema, which compare as
text as far as the shorter one goes. A fact is in a period where its date, or some day of its month or year, is.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kg.errors import ArgumentError
from kg.sparql_text import to_literal

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both included: a year, a month or a day each, or None where it is open."""

    since: str | None = None
    until: str | None = None

    @classmethod
    def of(cls, since: str | None, until: str | None) -> Period:
        """The period that two arguments of a tool name.

        Raises:
            ArgumentError: one is no date, or it ends before it begins.
        """
        for name, value in (("since", since), ("until", until)):
            if value is not None and not _is_date(value):
                raise ArgumentError(f"{name}: {value!r} is no date; write it as 2024-01-31, 2024-01 or 2024")
        if since and until and since > until and not since.startswith(until):
            raise ArgumentError(f"since {since} is after until {until}: no day is in between")
        return cls(since, until)

    @property
    def is_open(self) -> bool:
        """True where every date is in it, and what has none."""
        return self.since is None and self.until is None

    def filters(self, day: str) -> str:
        """SPARQL: the variable `day` is a date, as text, in this period."""
        if self.is_open:
            return ""
        parts = [f'FILTER({day} != "")']
        if self.since is not None:
            parts.append(f"FILTER({_as_far(day, self.since)} >= {_as_far(to_literal(self.since), day)})")
        if self.until is not None:
            parts.append(f"FILTER({_as_far(day, self.until)} <= {_as_far(to_literal(self.until), day)})")
        return " ".join(parts)


def _as_far(text: str, other: str) -> str:
    """SPARQL: as much of `text` as the other one is long."""
    length = str(len(other)) if not other.startswith("?") else f"STRLEN({other})"
    return f"SUBSTR({text}, 1, {length})"


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
