"""Publication dates: from a field, from the article's own address, from a line that states it. Never a guess."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence

from kg.errors import SourceError
from kg.sources.paragraphs import is_sentence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DAY_FIRST = rf"{_DAY}[\s./-]+{_MONTH}[\s,./-]+{_YEAR}"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?!\d)")
_WRITTEN = tuple(re.compile(rf"{form}(?!\d)", re.IGNORECASE) for form in (_ISO, _DAY_FIRST, _MONTH_FIRST))
_WEEKDAY = re.compile(r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:first |originally )?(?:published|posted|publication date|publish(?:ed)? date|date of publication|"
    r"date published|release date|issued|date)(?: on| at| date)?\s*(?P<colon>[:|]|\s[–—-]\s|$|(?=\s\d|\s[A-Z]))\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"[A-Za-z]*,?\s?(?:\d{1,2}|\d{4}|[A-Z][a-z]+)[\s./,-]+[\w.]+[\s,./-]+\w+")
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{1,40}(?:, ?[A-Z][\w. ]{1,40})?(?:\s?[–—-]{1,3}\s?|,\s?|\s)(?=\d{1,2} [A-Z]|[A-Z][a-z]+\.? \d)"
)
# A line of its own: "Nairobi, 3 November 2025".
_PLACE = re.compile(r"[A-Z][\w.'’ -]{1,40}, (?=\d{1,2} [A-Z]|[A-Z][a-z]+ \d)")
_PATH_DATE = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/.]|$|-\D)", re.IGNORECASE)
_DIGITS = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})\d*")
_EARLIEST = dt.date(1990, 1, 1)
_LINES_WITH_DATE = 12
_LONGEST_DATE = 60


def parse_date(value: str) -> dt.date:
    """The date that an ISO 8601 date or datetime, or a date with the month in letters, gives.

    Raises:
        ValueError: `value` is no such date, or there is no such day.
    """
    value = value.strip()
    compact = re.match(r"(\d{4})(\d{2})(\d{2})(?:T.*)?$", value)
    if compact:
        return dt.date(*map(int, compact.groups()))
    start = _WEEKDAY.match(value)
    for form in _WRITTEN:
        if match := form.match(value, start.end() if start else 0):
            return _to_date(match["year"], match["month"], match["day"])
    raise ValueError("no date such as 2024-01-09")


def read_field_date(field: str, value: str, order: str | None = None) -> dt.date:
    """The date that a field holds: as `parse_date`, or in numbers, as 2024/1/9, 25.12.2024 or 12/25/2024.

    Args:
        field: what a person calls it, for the message: `the column "Date"`.
        value: what it holds.
        order: "dmy" or "mdy", where a person says which of the numbers is the day.

    Raises:
        SourceError: `value` is no date that exists, or may be two: 03/04/2024 is not guessed.
    """
    days = _numbered_days(value.strip(), order)
    line = " ".join(value.split())
    shown = line if len(line) <= 40 else line[:40] + "…"
    if len(days) > 1:
        raise SourceError(f'{field} is "{shown}", which may be two days; write it as 2024-01-09')
    try:
        return days.pop() if days else parse_date(value)
    except ValueError as error:
        raise SourceError(f'{field} is "{shown}"; it must be a date that exists, as 2024-01-09') from error


def _numbered_days(value: str, order: str | None) -> set[dt.date]:
    """The days that a date in numbers may be, none where it is not one."""
    match = _NUMBERS.match(value)
    if match is None:
        return set()
    first, middle, last = match.groups()
    orders = {"dmy": (last, middle, first), "mdy": (last, first, middle)}
    wanted = [orders[order]] if order else list(orders.values())
    possible = [(first, middle, last)] if len(first) == 4 else wanted
    return {day for parts in possible if len(parts[0]) == 4 and (day := _existing_date(*parts))}


def find_url_date(url: str | None) -> dt.date | None:
    """The date that the path of the article's own address states, where it states exactly one."""
    path = re.split(r"[?#]", url or "", maxsplit=1)[0].partition("://")[2]
    days = {day for match in _PATH_DATE.finditer(path) if (day := _valid_date(*match.groups()))}
    days |= {day for match in _DIGITS.finditer(path) if (day := _valid_date(*match.groups()))}
    return days.pop() if len(days) == 1 else None


def find_stated_date(lines: Sequence[str]) -> dt.date | None:
    """The date that a line such as "Published: 9 January 2024" or "CAIRO - 24 July 2022: ..." states.

    So does a line above the first sentence that is a date and nothing else.
    """
    top = list(itertools.takewhile(lambda line: not is_sentence(line), lines[:_LINES_WITH_DATE]))
    bare = (
        day for line in top if len(line) <= _LONGEST_DATE and _BARE.fullmatch(line) and (day := _leading_date(line))
    )
    return next(_labelled_dates(lines), None) or next(bare, None) or next(_datelines(lines, len(top)), None)


def _labelled_dates(lines: Sequence[str]) -> Iterator[dt.date]:
    for number, line in enumerate(lines):
        match = _LABEL.match(line)
        if match is None or is_sentence(line) or _LINES_WITH_DATE <= number < len(lines) - _LINES_WITH_DATE:
            continue
        value = line[match.end() :] or "".join(lines[number + 1 : number + 2])
        if len(value) <= _LONGEST_DATE and (day := _leading_date(value)):
            yield day


def _datelines(lines: Sequence[str], first: int) -> Iterator[dt.date]:
    """The date that the first sentence, or the line above it, opens with."""
    for line in lines[max(0, first - 1) : first + 1]:
        match = _DATELINE.match(line) or (_PLACE.match(line) if len(line) <= _LONGEST_DATE else None)
        if match and (day := _leading_date(line[match.end() :])):
            yield day


def _leading_date(text: str) -> dt.date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _today() else None


def _valid_date(year: str, month: str, day: str) -> dt.date | None:
    date = _existing_date(year, month, day)
    return date if date and _EARLIEST <= date <= _today() else None


def _existing_date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return _to_date(year, month, day)
    except ValueError:
        return None


def _to_date(year: str, month: str, day: str) -> dt.date:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return dt.date(int(year), number, int(day))


def _today() -> dt.date:
    """The latest date that it is anywhere on Earth now."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(hours=14)).date()
