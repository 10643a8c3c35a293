"""Quotations: what stands between quotation marks of any kind, unbalanced and running over paragraphs included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.types import Span

_CLOSING = {"“": "”", "«": "»", "„": "“”", '"': '"”', "‘": "’", "'": "'"}
MARKS = frozenset('“”«»„"‘') | {"``", "''"}
"""Tokens that are quotation marks; an apostrophe may be none."""

CLOSING = frozenset("”»") | {"''"}
"""Tokens that can only close a quotation."""

_MARKS = re.compile("[“”«»„\"‘’']")
_WORD = re.compile(r"\w")


def find_quotes(text: str) -> Iterator[Span]:
    """Spans inside quotation marks, in text order.

    A quotation without a closing mark ends with its paragraph; where the next paragraph opens with a mark again, the
    quotation goes on there as a span of its own.
    """
    start = 0
    for paragraph in text.split("\n\n"):
        yield from _in_paragraph(text, start, start + len(paragraph))
        start += len(paragraph) + 2


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if mark in _CLOSING and _opens(text, at, mark):
                opened = (at + 1, _CLOSING[mark])
        elif mark in opened[1] and _closes(text, at, mark):
            if at > opened[0]:
                yield Span(opened[0], at)
            opened = None
    if opened is not None and opened[1] not in "'’" and end > opened[0]:
        yield Span(opened[0], end)


def _opens(text: str, at: int, mark: str) -> bool:
    """True where a mark can open: curly doubles always, others only at the start of a word."""
    if mark in "“«„":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not _WORD.match(before) and bool(after.strip())


def _closes(text: str, at: int, mark: str) -> bool:
    """True where a mark can close; an apostrophe inside a word or after a plural in -s cannot."""
    if mark in "”»":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "'’":
        return not _WORD.match(after) and before != "s"
    return bool(before.strip()) or not _WORD.match(after)
