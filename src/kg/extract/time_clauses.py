"""What the words around a time say of it: whether its clause looks ahead, whether it is the day of writing."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.extract.time_checks import last_words
from kg.extract.time_grammar import Grammar
from kg.types import TimeMention

_LOOK = 200
_FRONT = re.compile(r"\W*(?:(?:on|from|by|starting|beginning|until|in|this|early|late|next)\b\s*){0,3}", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.'’()-]*(?:[ ,/]+[\w.'’()/-]+){0,5}?\s*[,–—-]\s*\(?$")
_AGENCY_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)|/[^/\n]{2,20}/|\)?\s*[:–—-])")
_LABEL_BEFORE = re.compile(
    r"(?:(?:last )?(?:published|updated|posted|modified|issued|date)(?: on| at)?\s*:?)?\s*$", re.I
)
_CLOCK_AFTER = re.compile(
    r"[\s,|•·-]*(?:at\s*)?(?:\d{1,2}[:.]\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[A-Z]{2,4})?[^\S\n]*(?:\n|$)"
)
_TODAY_BEFORE = re.compile(r"\btoday,?\s*\(?$", re.IGNORECASE)
_LONGEST_PLACE = 60
_LINES_ABOVE = 3
_TOP = 1000


def find_direction(doc: Doc, text: str, mention: TimeMention, grammar: Grammar) -> int:
    """-1 after "since", 1 where the clause around `mention` looks ahead, else 0."""
    start, end = mention.span.start, mention.span.end
    if last_words(text, start)[1] == "since":
        return -1
    words = doc.char_span(start, end, alignment_mode="expand")
    if words is None:
        return 0
    before = text[max(words.sent.start_char, start - _LOOK) : start]
    breaks = [match.end() for match in grammar.breaks.finditer(before)]
    if grammar.future.search(before, breaks[-1] if breaks else 0):
        return 1
    return int(
        _FRONT.fullmatch(before) is not None and _promises(text[end : min(end + _LOOK, words.sent.end_char)], grammar)
    )


def _promises(after: str, grammar: Grammar) -> bool:
    """True where a clause whose time is already said goes on with a word for the future."""
    clause_end = grammar.breaks.search(after)
    return grammar.future.search(after, 0, clause_end.start() if clause_end else len(after)) is not None


def is_dateline(text: str, mention: TimeMention) -> bool:
    """True where a day is that of writing: "SEOUL, July 9 (Reuters)", "today (9 July)", a line "Published: 9 July".

    A date on a line of its own counts only near the top; further down it heads a part of a timeline.
    """
    if mention.day is None or mention.month is None:
        return False
    start, end = mention.span.start, mention.span.end
    near = text[max(0, start - _LONGEST_PLACE) : start]
    if _TODAY_BEFORE.search(near):
        return True
    line = near.rpartition("\n")[2]
    if len(line) == _LONGEST_PLACE:
        return False
    if _PLACE_BEFORE.match(line) and _AGENCY_AFTER.match(text, end):
        return True
    if start > _TOP or not (_LABEL_BEFORE.match(line) and _CLOCK_AFTER.match(text, end)):
        return False
    return sum(1 for above in text[:start].splitlines() if above.strip()) <= _LINES_ABOVE
