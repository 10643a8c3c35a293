"""What a matched form of a time says, part by part. Nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.extract.time_grammar import Grammar
from kg.types import Span, TimeMention, TimeUnit

Reader = Callable[["re.Match[str]", Grammar], TimeMention]


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _group(match: re.Match[str], name: str) -> str | None:
    """What a group holds, in lower case, blanks single; None where it took no part or the form has none."""
    text = match.groupdict().get(name)
    return " ".join(text.lower().split()) if text is not None else None


def _number(match: re.Match[str], name: str) -> int | None:
    text = _group(match, name)
    return int(re.sub(r"\D", "", text)) if text is not None else None


def _value(match: re.Match[str], name: str, values: Mapping[str, int]) -> int | None:
    text = _group(match, name)
    return values[text.rstrip(".")] if text is not None else None


def read_date(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """A day or month, with its year or "last year". More days than one leave the month only."""
    year_shift = _value(match, "year_shift", grammar.shifts)
    shift = _value(match, "shift", grammar.shifts)
    if shift is None and _group(match, "lead") in grammar.lists["narrative_leads"]:
        shift = 0
    several = _group(match, "more") is not None
    return TimeMention(
        _span(match),
        year=_number(match, "year"),
        month=_value(match, "month", grammar.months),
        day=None if several else _number(match, "day"),
        weekday=None if several else _value(match, "weekday", grammar.weekdays),
        offset=shift if year_shift is None else year_shift,
        unit=None if year_shift is None else TimeUnit.YEAR,
    )


def read_iso(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """2024-01-04, 2024/1/4."""
    year, month, day = (_number(match, name) for name in ("year", "month_number", "day"))
    return TimeMention(_span(match), year=year, month=month, day=day)


def read_numeric(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """24/07/2022 or 07/24/2022; only the year where either could be the month."""
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"])
    if first != second and max(first, second) <= 12:
        return TimeMention(_span(match), year=year)
    day, month = (first, second) if second <= 12 else (second, first)
    return TimeMention(_span(match), year=year, month=month, day=day)


def read_weekday(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """Monday, last Monday, Monday of last week."""
    week_shift = _value(match, "week_shift", grammar.shifts)
    shift = _value(match, "shift", grammar.shifts)
    return TimeMention(
        _span(match),
        weekday=_value(match, "weekday", grammar.weekdays),
        offset=week_shift if week_shift is not None else shift or None,
        unit=None if week_shift is None else TimeUnit.WEEK,
    )


def read_days(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """Yesterday, this morning."""
    return TimeMention(_span(match), offset=_value(match, "days", grammar.days), unit=TimeUnit.DAY)


def read_unit(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """Last week, later this year."""
    return _relative(match, grammar, _value(match, "shift", grammar.shifts))


def read_ago(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """Two days ago; nothing is fixed by "about two years ago" or "a few days ago"."""
    number = _exact_number(match, grammar)
    return _relative(match, grammar, None if number is None else -number)


def read_later(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """Two days later, a week earlier: from the time last named."""
    number = _exact_number(match, grammar)
    sign = 1 if _group(match, "side") == "later" else -1
    return _relative(match, grammar, None if number is None else sign * number, anaphoric=True)


def read_text_unit(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """The previous day, that year: from the time last named."""
    return _relative(match, grammar, _value(match, "text_shift", grammar.text_shifts) or 0, anaphoric=True)


def read_day_before(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """The day before, the day after: from the time last named."""
    offset = -1 if _group(match, "side") == "before" else 1
    return TimeMention(_span(match), offset=offset, unit=TimeUnit.DAY, anaphoric=True)


def read_years(match: re.Match[str], grammar: Grammar) -> TimeMention:
    """2019-2022, 2022/23: more than one year, so none."""
    return TimeMention(_span(match))


def _exact_number(match: re.Match[str], grammar: Grammar) -> int | None:
    """How many, or None where the words only say about how many."""
    number = _group(match, "number") or ""
    if match["about"] or "half" in match[0].lower().split():
        return None
    return int(number) if number.isdecimal() else grammar.numbers.get(number)


def _relative(match: re.Match[str], grammar: Grammar, offset: int | None, *, anaphoric: bool = False) -> TimeMention:
    unit = grammar.units[match["unit"].lower()]
    if unit is None or offset is None:
        return TimeMention(_span(match))
    return TimeMention(_span(match), offset=offset, unit=unit, anaphoric=anaphoric)


READERS: Mapping[str, Reader] = {
    "iso": read_iso,
    "numeric": read_numeric,
    "month_day": read_date,
    "day_month": read_date,
    "month": read_date,
    "weekday": read_weekday,
    "years": read_years,
    "year": read_date,
    "days": read_days,
    "unit": read_unit,
    "ago": read_ago,
    "later": read_later,
    "text_unit": read_text_unit,
    "day_before": read_day_before,
}


def read(name: str, match: re.Match[str], grammar: Grammar) -> TimeMention:
    """What the form `name` says where it matched."""
    return READERS[name](match, grammar)
