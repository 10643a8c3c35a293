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
    """Distinct words by length and by their first and last letter. Safe to use from many threads.

    Few slips change both the first and the last letter; only words that share one of them are looked at.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """The vocabulary of `words`, each of which comes once."""
        self._by_first: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._by_last: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in words:
            self._by_first[len(word), word[:1]].append(word)
            self._by_last[len(word), word[-1:]].append(word)

    def near(self, word: str, *, edits: int) -> list[str]:
        """The words at most so many `edits` from `word`, the nearest first; no more than a dozen."""
        found = {
            other: distance
            for length in range(len(word) - edits, len(word) + edits + 1)
            for words in (self._by_first.get((length, word[:1])), self._by_last.get((length, word[-1:])))
            if words
            for other, distance, _ in process.extract(
                word, words, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=_MOST_NEAR
            )
        }
        return sorted(found, key=lambda other: (found[other], other))[:_MOST_NEAR]


def allowed_edits(length: int) -> int:
    """How many edits may lie between a word of so many letters and what it stands for."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 14 else 3
