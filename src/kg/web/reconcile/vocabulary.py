"""Words that occur -> those of them that a misspelt word may stand for.

Distances are those of optimal string alignment: insertions, deletions, substitutions, and transpositions of neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_MOST_NEAR = 12


class Vocabulary:
    """Distinct words by length. Safe to use from many threads."""

    def __init__(self, words: Iterable[str]) -> None:
        """The vocabulary of `words`, each of which comes once."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def near(self, word: str, *, edits: int) -> list[str]:
        """The words at most so many `edits` from `word`, the nearest first; no more than a dozen."""
        found = [
            (distance, other)
            for length in range(len(word) - edits, len(word) + edits + 1)
            if length in self._by_length
            for other, distance, _ in process.extract(
                word, self._by_length[length], scorer=OSA.distance, processor=None, score_cutoff=edits, limit=_MOST_NEAR
            )
        ]
        return [other for _, other in sorted(found)[:_MOST_NEAR]]


def allowed_edits(length: int) -> int:
    """How many edits may lie between a word of so many letters and what it stands for."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 14 else 3
