"""The forms in which English news writes a time, as regular expressions built from `data/times.toml`.

A form is matched where a word begins. What it says stands in groups that all forms name alike (`weekday`, `day`,
`month`, `year`, `shift`, `unit`, `number` ...). In the patterns a blank stands for the white space between two words.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.resources import resource
from kg.types import TimeUnit

_SPACE = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?+|\n(?!\s))"
_DASH = "[-‐‑‒–—−]"
_WHOLE = r"(?![\w%]|[.,:/]\d)"
_YEAR_DIGITS = r"1\d\d\d|20\d\d|2100"
_DAY_DIGITS = rf"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?{_WHOLE}"
_UNTIL = rf"(?: ?{_DASH} ?|/| (?:to|through|until|till) )"
_AND = r"(?:,|,? (?:and|or)| ?&) ?"

# name, what it may begin with, pattern; the first that matches wins
_FORMS = (
    ("iso", "digit", "{year_digits}(?P<mark>[-/.])(?P<month_number>{dd})(?P=mark)(?P<day>{dd})(?!{dash}?\\d)"),
    ("numeric", "digit", "(?P<first>{dd})(?P<mark>[-/.])(?P<second>{dd})(?P=mark){year}"),
    (
        "month_day",
        "month weekday shift",
        "{head}{shifted}{month}(?:,? |-|(?<=\\.))(?:the )?{day}{more_after}{weekday_after}{of_year}",
    ),
    ("day_month", "digit weekday", "{head}{more_before}{day}(?: (?:of )?|-){month}{whole}{of_year}"),
    ("month", "month shift lead", "{lead}{shifted}{month}{whole}(?! {dd}{whole}){of_year}"),
    ("weekday", "weekday shift lead", "{lead}{shifted}{weekday}{whole}{part}{of_week}"),
    (
        "years",
        "digit",
        "(?P<from>1\\d\\d\\d|20\\d\\d)(?:{dash}|/)(?P<to>{year_digits_only}|\\d\\d){whole}(?!{dash}\\d)",
    ),
    ("year", "digit lead", "{lead}{year}"),
    ("days", "days lead", "{lead}(?P<days>{any_days}){whole}{part}"),
    ("unit", "shift lead", "{lead}{shift} {unit}{whole}"),
    ("ago", "number digit", "{about}{number}{half} {units}{half} ago{whole}"),
    ("later", "number digit", "{about}{number} {units} (?P<side>later|earlier){whole}(?! than)"),
    ("text_unit", "the", "(?:the (?P<text_shift>{any_text_shifts})|that(?: same)?) {unit}{whole}"),
    ("day_before", "the", "the day (?P<side>before|after){whole}(?= ?[.,;)])"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a time, and its name."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms to try, in order, by the word in lower case that begins them (`digits`: a number), and the words.

    `abbreviations` are those of months and weekdays. `numbers` to `days` give a value for each word, `lists` holds the
    other word lists of `data/times.toml` by their names. `until` matches between the two ends of a range.
    """

    by_word: Mapping[str, tuple[Form, ...]]
    digits: tuple[Form, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    abbreviations: frozenset[str]
    numbers: Mapping[str, int]
    units: Mapping[str, TimeUnit | None]
    shifts: Mapping[str, int]
    text_shifts: Mapping[str, int]
    days: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]
    until: re.Pattern[str]


@functools.cache
def load_grammar() -> Grammar:
    """The grammar of times, read and compiled once."""
    with resource("data", "times.toml").open("rb") as file:
        table = tomllib.load(file)
    pieces = _pieces(table)
    forms = [(Form(name, _compile(pattern.format(**pieces))), kinds.split()) for name, kinds, pattern in _FORMS]
    starts = _starts(table)
    return Grammar(
        by_word={
            word: tuple(form for form, kinds in forms if any(word in starts[kind] for kind in kinds))
            for word in frozenset().union(*starts.values())
        },
        digits=tuple(form for form, kinds in forms if "digit" in kinds),
        months=table["months"] | table["month_abbreviations"],
        weekdays=table["weekdays"] | table["weekday_abbreviations"],
        abbreviations=frozenset([*table["month_abbreviations"], *table["weekday_abbreviations"]]),
        numbers=table["numbers"],
        units={name: TimeUnit(unit) if unit else None for name, unit in table["units"].items()},
        shifts=table["shifts"],
        text_shifts=table["text_shifts"],
        days=table["days"],
        lists={name: frozenset(members) for name, members in table["words"].items()},
        until=_compile(rf"(?:{_UNTIL}| and )(?:the )?"),
    )


def _starts(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The words that may begin each kind of form."""
    lists = table["words"]
    counts = [*table["numbers"], *lists["approximate_numbers"], *lists["approximately"]]
    return {
        "digit": frozenset(),
        "month": frozenset([*table["months"], *table["month_abbreviations"]]),
        "weekday": frozenset([*table["weekdays"], *table["weekday_abbreviations"]]),
        "shift": _first_words(table["shifts"]),
        "lead": frozenset([*lists["leads"], *lists["narrative_leads"]]),
        "days": _first_words(table["days"]),
        "number": _first_words(counts),
        "the": frozenset(["the", "that"]),
    }


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def _pieces(table: Mapping[str, Any]) -> dict[str, str]:
    """The parts that forms are made of."""
    lists = table["words"]
    units, shifts = _any(table["units"]), _any(table["shifts"])
    leads = _any([*lists["leads"], *lists["narrative_leads"]])
    numbers = rf"\d{{1,3}}|{_any(table['numbers'])}|{_any(lists['approximate_numbers'])}"
    year = rf"(?P<year>{_YEAR_DIGITS}){_WHOLE}"
    weekday = _named("weekday", table["weekdays"], table["weekday_abbreviations"])
    uncounted = rf"(?! (?!{_any(lists['following'])}{_WHOLE})[a-z]| \d)"
    return {
        "dd": r"\d\d?",
        "dash": _DASH,
        "whole": _WHOLE,
        "year": year,
        "year_digits": rf"(?P<year>{_YEAR_DIGITS})",
        "year_digits_only": _YEAR_DIGITS,
        "day": rf"(?P<day>{_DAY_DIGITS})",
        "month": _named("month", table["months"], table["month_abbreviations"]),
        "weekday": weekday,
        "shift": rf"(?P<shift>{shifts})",
        "shifted": rf"(?:(?P<shift>{shifts}) )?",
        "unit": rf"(?P<unit>{units})",
        "units": rf"(?P<unit>{units})s?",
        "lead": rf"(?:(?P<lead>{leads})(?: ?{_DASH} ?| (?:(?:in|on) )?))?",
        "part": rf"(?: {_any(lists['day_parts'])}{_WHOLE})?",
        "weekday_after": rf"(?: \({_any(table['weekdays'])}\))?",
        "head": rf"(?:{weekday}(?:,? (?:on )?(?:the )?| ?\())?",
        "more_after": rf"(?P<more>(?:{_UNTIL}{_DAY_DIGITS}|{_AND}{_DAY_DIGITS}{uncounted}){{1,6}})?",
        "more_before": rf"(?P<more>(?:{_DAY_DIGITS}(?:{_UNTIL}|{_AND})){{1,6}})?",
        "of_year": rf"(?:,? ?(?:of |\()?{year}|,? (?:of )?(?P<year_shift>last|this|next) year{_WHOLE})?",
        "of_week": rf"(?: (?:of )?(?P<week_shift>last|this|next) week{_WHOLE})?",
        "number": rf"(?P<number>{numbers})",
        "about": rf"(?:(?P<about>{_any(lists['approximately'])}) )?",
        "half": "(?: and a half)?",
        "any_days": _any(table["days"]),
        "any_text_shifts": _any(table["text_shifts"]),
    }


def _named(group: str, names: Iterable[str], abbreviations: Iterable[str]) -> str:
    """Names as a title or in capitals, abbreviations with a full stop or without; never in lower case."""
    full = "|".join(cased for name in names for cased in (name.title(), name.upper()))
    short = "|".join(
        cased for name in sorted(abbreviations, key=len, reverse=True) for cased in (name.title(), name.upper())
    )
    return rf"(?-i:(?P<{group}>{full}|(?:{short})\b\.?))"


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first) + ")"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", _SPACE), re.IGNORECASE)
