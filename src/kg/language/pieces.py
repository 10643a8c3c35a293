"""Word -> what the network reads of it: the numbers of its pieces, and its casing.

Pieces are WordPiece (Wu et al. 2016) as BERT uncased cuts them: lower case, accents off, punctuation apart, then the
longest known piece first. What lower case loses comes back as the casing of the word.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

# The most pieces one word may have; a longer one is cut.
MOST_PIECES = 10
CASINGS = ("lower", "title", "upper", "initial", "mixed", "number", "other")

_PARTS = re.compile(r"[^\W_]+|[\W_]")


class Vocabulary:
    """The pieces a network knows, one number each: its line in the vocabulary file."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """A vocabulary of `pieces` in order; continuations begin with `##`."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.pad, self.unknown = self._numbers["[PAD]"], self._numbers["[UNK]"]
        self.first, self.last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self.pieces = functools.lru_cache(maxsize=100_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        found = [number for part in _PARTS.findall(plain) if not part.isspace() for number in self._cut(part)]
        return tuple(found[:MOST_PIECES]) or (self.unknown,)

    def _cut(self, part: str) -> list[int]:
        """The pieces of a part without punctuation, longest first; one unknown if any is."""
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if mark + part[start:e] in self._numbers), None)
            if end is None:
                return [self.unknown]
            found.append(self._numbers[mark + part[start:end]])
            start = end
        return found


@functools.lru_cache(maxsize=100_000)
def casing(word: str) -> int:
    """How `word` is written: an index into `CASINGS`."""
    if any(c.isdigit() for c in word):
        kind = "number"
    elif not any(c.isalpha() for c in word):
        kind = "other"
    elif word.islower():
        kind = "lower"
    elif word.isupper():
        kind = "upper" if sum(c.isalpha() for c in word) > 1 else "initial"
    elif word[:1].isupper() and word[1:].islower():
        kind = "title"
    else:
        kind = "mixed"
    return CASINGS.index(kind)
