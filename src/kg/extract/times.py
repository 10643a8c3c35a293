"""Doc -> times: dates, months, years, weekdays, and words such as "yesterday" or "two days ago".

Forms follow British and American news. Durations, ages, decades and feast days are no times. A time that the words
do not fix ("2019-2022", "a few days ago") is a mention without parts: it says that no other time holds there. A
range is one mention with what its ends share ("May 3-5" is May). What a mention means is `kg.resolve`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.extract.time_checks import is_event_name, is_glued, last_words, stands
from kg.extract.time_clauses import find_direction, is_dateline
from kg.extract.time_grammar import Form, Grammar, load_grammar
from kg.extract.time_readings import read
from kg.types import Span, TimeMention

_WORD = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|[^\W\d_]+|\d+")  # an address is one word
_DATES = frozenset({"month_day", "day_month", "month", "iso", "numeric"})
_RANGED = _DATES | {"year", "weekday"}
_AND = re.compile(r",?\s*(?:and|or)?\s*")
_Match = tuple[Form, re.Match[str]]


class TimeFinder:
    """Finds times in English news."""

    def __init__(self) -> None:
        """A finder with the grammar of times loaded."""
        self._grammar = load_grammar()

    def find(self, doc: Doc) -> Iterator[TimeMention]:
        """Each time in `doc`, in text order, none overlapping another.

        Args:
            doc: with sentence boundaries and trees.

        Yields:
            The time as the words give it.
        """
        text = doc.text
        end = year_end = 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            mention = _find_at(text, word, year_end, self._grammar)
            if mention is None:
                continue
            end = mention.span.end
            year_end = end if _is_year_only(mention) else year_end
            yield _with_clause(doc, text, mention)


def _is_year_only(mention: TimeMention) -> bool:
    return mention.year is not None and mention.month is None


def _with_clause(doc: Doc, text: str, mention: TimeMention) -> TimeMention:
    """`mention` with what the words around it say."""
    if mention.unit is not None or (mention.year, mention.month, mention.weekday) == (None, None, None):
        return mention
    direction = find_direction(doc, text, mention)
    return replace(mention, direction=direction, dateline=is_dateline(text, mention))


def _find_at(text: str, word: re.Match[str], year_end: int, grammar: Grammar) -> TimeMention | None:
    """The time that begins with `word`; the last year named ended at `year_end`."""
    found = _match(text, word, grammar)
    if found is None:
        return None
    form, match = found
    mention = _find_range(text, found, grammar)
    if mention is None:
        mention = read(form.name, match, grammar)
        listed = form.name == "year" and year_end and _AND.fullmatch(text, year_end, match.start())
        if not listed and not stands(form.name, match, grammar):
            return None
    if form.name in _DATES and mention.year is None and is_event_name(text, mention.span.end, grammar):
        return TimeMention(mention.span)
    return mention


def _match(text: str, word: re.Match[str], grammar: Grammar) -> _Match | None:
    """The first form that begins with `word`."""
    if not word[0].isdecimal():
        forms = grammar.by_word.get(word[0].lower(), ())
    elif is_glued(text, word.start()):
        return None
    else:
        forms = grammar.digits
    for form in forms:
        match = form.pattern.match(text, word.start())
        if match is not None:
            return form, match
    return None


def _find_range(text: str, found: _Match, grammar: Grammar) -> TimeMention | None:
    """The range that begins with `found`, by what its two ends share; None where it begins none."""
    form, match = found
    joint = grammar.until.match(text, match.end()) if form.name in _RANGED else None
    word = _WORD.match(text, joint.end()) if joint else None
    if joint is None or word is None:
        return None
    if joint[0].split()[:1] == ["and"] and last_words(text, match.start())[1] != "between":
        return None
    last = _match(text, word, grammar)
    if last is None or not (form.name == last[0].name or {form.name, last[0].name} <= _DATES):
        return None
    if form.name == "year" and not stands("year", match, grammar):
        return None
    return _share(read(form.name, match, grammar), read(last[0].name, last[1], grammar))


def _share(first: TimeMention, last: TimeMention) -> TimeMention:
    """The year and the month that both ends of a range lie in."""
    year = first.year or last.year
    same_year = first.year in (None, year) and last.year in (None, year)
    month = first.month if same_year and first.month == last.month else None
    return TimeMention(Span(first.span.start, last.span.end), year=year if same_year else None, month=month)
