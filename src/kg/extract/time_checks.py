"""Whether words that have the form of a time are one where they stand: "2018 people" is no year, "May said" no month.

Each check takes the whole text, or a match in it, and looks at the words on both sides (offsets in code points).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.extract.time_grammar import Grammar
from kg.types import TimeUnit

_LOOK_BEHIND = 40
_LAST_WORDS = re.compile(r"(?:([^\W\d_]+)\W{1,2})?([^\W\d_]+)[^\S\n]*\n?[^\S\n]*$")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_NAMES_AFTER = re.compile(r"[^\S\n]+([A-Z]\w+)")
_GLUED = re.compile(r"[\w$€£¥#+]$|\d[.,:/-]$|[\w.][-/]$")
_MORE_YEARS = re.compile(r",\s\d{4}\b")
_DECADE = re.compile(r"['’]s\b")
_LOWER_WORD = re.compile(r"\s[a-z-]+\s+$")
_LAW = re.compile(r"\d\)?\s+of\s+$")
_LIKELY_YEARS = range(1800, 2060)
_RECENT_YEARS = range(1950, 2036)


def last_words(text: str, start: int) -> tuple[str, str]:
    """The two words right before `start` in lower case; empty where there is none, or other than a blank between."""
    match = _LAST_WORDS.search(text, max(0, start - _LOOK_BEHIND), start)
    return ((match[1] or "").lower(), match[2].lower()) if match else ("", "")


def next_word(text: str, end: int) -> str:
    """The word right after `end`, as written; empty where something else follows."""
    match = _NEXT_WORD.match(text, end)
    return match[1] if match else ""


def is_glued(text: str, start: int) -> bool:
    """True where what begins at `start` is the tail of a longer token: "COVID-19", "$2018", "10.30"."""
    return _GLUED.search(text, max(0, start - 2), start) is not None


def opens_sentence(text: str, start: int) -> bool:
    """True where nothing, or the end of a sentence, stands before `start`."""
    before = text[max(0, start - _LOOK_BEHIND) : start].rstrip(" \t\"'“‘(")[-1:]
    return before in ("", "\n", ".", "!", "?", ":")


def stands(form: str, match: re.Match[str], grammar: Grammar) -> bool:
    """True where `match`, found by `form`, is a time in its place."""
    check = _CHECKS.get(form)
    return check is None or check(match, grammar)


def _stands_year(match: re.Match[str], grammar: Grammar) -> bool:
    return is_year(match.string, match.start(), match.end(), grammar)


def _stands_years(match: re.Match[str], grammar: Grammar) -> bool:
    """True where the second year comes after the first, at most a century later."""
    first, last = match["from"], match["to"]
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return 0 < end - int(first) <= 100 or (len(last) == 2 and first.endswith("99"))


def _stands_month(match: re.Match[str], grammar: Grammar) -> bool:
    if match["year"] or match["year_shift"] or match["shift"] or match["lead"]:
        return True
    return is_month(match.string, match.start(), match.end(), match["month"].lower(), grammar)


def _stands_weekday(match: re.Match[str], grammar: Grammar) -> bool:
    """An abbreviation needs its full stop and a word before that says it is a day."""
    name = match["weekday"].lower()
    if name.rstrip(".") in grammar.abbreviations:
        said = match["shift"] or last_words(match.string, match.start())[1] in grammar.lists["weekday_cues"]
        return name.endswith(".") and bool(said)
    return is_weekday(match.string, match.start("weekday"), match.end("weekday"), grammar)


def _stands_unit(match: re.Match[str], grammar: Grammar) -> bool:
    """False for durations and for "last day": "over the last week"."""
    last = last_words(match.string, match.start())[1]
    return last != "the" and grammar.units[match["unit"].lower()] is not TimeUnit.DAY


def _stands_text_unit(match: re.Match[str], grammar: Grammar) -> bool:
    """False for durations: "over the following week", "the next year"."""
    shift = (match["text_shift"] or "").lower()
    if grammar.text_shifts.get(shift, 0) <= 0:
        return True
    is_day = grammar.units[match["unit"].lower()] is TimeUnit.DAY
    return last_words(match.string, match.start())[1] not in grammar.lists["duration_cues"] and (
        shift != "next" or is_day
    )


def _stands_days(match: re.Match[str], grammar: Grammar) -> bool:
    """False for "Egypt Today" and "TODAY NICARAGUA"."""
    if match["days"] not in ("Today", "TODAY"):
        return True
    before = last_words(match.string, match.start())[1]
    return before not in grammar.lists["today_names_before"] and not next_word(match.string, match.end()).isupper()


_CHECKS: Mapping[str, Callable[[re.Match[str], Grammar], bool]] = {
    "year": _stands_year,
    "years": _stands_years,
    "month": _stands_month,
    "weekday": _stands_weekday,
    "unit": _stands_unit,
    "text_unit": _stands_text_unit,
    "days": _stands_days,
}


def is_year(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """True where the number at `start` to `end` is a year and no count, price or room."""
    lists = grammar.lists
    following = next_word(text, end)
    year = int(text[end - 4 : end])
    content = following.islower() and following not in lists["following"]
    if is_glued(text, start) or following.lower() in lists["counted"] or (content and year % 100 == 0):
        return False
    if (year % 10 == 0 and _DECADE.match(text, end)) or _is_law(text, start) or following.lower() in lists["plans"]:
        return False
    earlier, last = last_words(text, start)
    if last in lists["year_cues"]:
        return year in _LIKELY_YEARS or last in lists["month_cues_strict"] or not following
    if last in ("to", "as"):
        return earlier in lists["back_to"]
    if last in lists["determiners"] or text[max(0, start - 2) : start] in ("' ", "’ "):
        return year in _LIKELY_YEARS and (bool(following) or _MORE_YEARS.match(text, end) is not None)
    if earlier in lists["determiners"] and year in _RECENT_YEARS:
        return content and _LOWER_WORD.search(text, max(0, start - _LOOK_BEHIND), start) is not None
    if text[max(0, start - 1) : start] == "(":
        return text[end : end + 1] in (")", ",", ";", "-", "–")
    return opens_sentence(text, start) and following in lists["starts_of_year_sentence"]


def _is_law(text: str, start: int) -> bool:
    """True for the year that numbers a law: "Act No. 23 of 1992"."""
    return _LAW.search(text, max(0, start - _LOOK_BEHIND), start) is not None


def is_month(text: str, start: int, end: int, name: str, grammar: Grammar) -> bool:
    """True where a month without day or year is no verb, person or part of a name."""
    lists = grammar.lists
    following = next_word(text, end)
    last = last_words(text, start)[1]
    if name.rstrip(".") in grammar.abbreviations:
        return last in lists["month_cues_strict"] and name.endswith(".")
    if following.lower() in lists["anniversaries"] and following.istitle():
        return False
    if last in lists["determiners"] and last != "that" and following.islower():
        return following not in lists["following"]
    if name in lists["month_like_verbs"]:
        ends = not following or following in lists["following"]
        return last in lists["month_cues_strict"] or (last in lists["month_cues"] and ends)
    if name in lists["month_like_names"]:
        return last in lists["month_cues_strict"] or not (
            following.istitle() or opens_sentence(text, start) or not last
        )
    return True


def is_weekday(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """True where a weekday is one day: no habit ("every Monday"), feast or newspaper."""
    if text[end : end + 1] == "s" or last_words(text, start)[1] in grammar.lists["weekday_names_before"]:
        return False
    following = _NAMES_AFTER.match(text, end)
    return following is None or following[1] not in grammar.lists["weekday_names_after"]


def is_event_name(text: str, end: int, grammar: Grammar) -> bool:
    """True where a day names what happened on it in some year: "the Sept. 11 attacks"."""
    return next_word(text, end).lower() in grammar.lists["anniversaries"]
