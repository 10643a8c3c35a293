"""How much an answer may hold: what a model can read at once, and no text of a stranger without end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

Value = TypeVar("Value")

MAX_TEXT = 1_000
"""Characters of a sentence, a name or any other value of an answer."""

MAX_EACH = 20
"""Values of one property, such as the actors of an event."""

MAX_ANSWER = 60_000
"""Characters of one answer, about: pages end where they would be longer."""

MAX_TRIPLES = 20_000
"""Triples that are read to make one answer."""

_CUT = " …"


def shorten(text: str, most: int = MAX_TEXT) -> str:
    """`text`, cut where it is longer than `most` characters, with an ellipsis then."""
    return text if len(text) <= most else text[: most - len(_CUT)] + _CUT


def first(values: Iterable[Value], most: int = MAX_EACH) -> tuple[Value, ...] | None:
    """The first of `values`, each once; None where there is none."""
    return tuple(dict.fromkeys(values))[:most] or None


def fit(sizes: Sequence[int], most: int = MAX_ANSWER) -> int:
    """How many of the things of these sizes go into one answer, from the first on; one always does."""
    total = 0
    for number, size in enumerate(sizes):
        total += size
        if number and total > most:
            return number
    return len(sizes)
