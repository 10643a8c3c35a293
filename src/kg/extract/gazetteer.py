"""Longest-match look-up of known phrases in a text.

A text is read as *pieces*: words, line breaks and single marks. Phrases are matched piece by piece whatever the
space between, so that "U.S.-led", "US-led" and "Côte d’Ivoire" give up the same names as plain prose, which a
tokenizer that keeps "U.S.-led" whole would hide. spaCy's PhraseMatcher works on tokens and cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from kg.types import Span

V = TypeVar("V")

_PIECE = re.compile(r"\w+|\n|[^\w\s]")
_MARKS = str.maketrans("’‘ʼ‑‐", "'''--")
_BREAK = "\n"
_LONG_WORD = 4
_HEADLINE_WORDS = 4
_HEADLINE_SHARE = 0.8


class Pieces:
    """The pieces of a text: `words`, with apostrophes and hyphens made plain, and the `starts` of each."""

    __slots__ = ("_breaks", "_headlines", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """Read `text` into pieces."""
        self.text = text
        found = [(match[0], match.start()) for match in _PIECE.finditer(text.translate(_MARKS))]
        self.words = [word for word, _ in found]
        self.starts = [start for _, start in found]
        self._breaks: list[int] = []
        self._headlines: dict[int, bool] = {}

    def word(self, i: int) -> str:
        """Piece `i`; a line break outside the text."""
        return self.words[i] if 0 <= i < len(self.words) else _BREAK

    def span(self, start: int, end: int) -> Span:
        """Where pieces `start` up to but not including `end` lie, in code points."""
        return Span(self.starts[start], self.starts[end - 1] + len(self.words[end - 1]))

    def is_joined(self, i: int) -> bool:
        """True where piece `i` follows the one before without a space."""
        return 0 < i < len(self.words) and self.starts[i] == self.starts[i - 1] + len(self.words[i - 1])

    def in_headline(self, i: int) -> bool:
        """True where piece `i` is on a line without a full stop whose words are nearly all capitalised.

        There, capitals do not tell names from other words.
        """
        if not self._breaks:
            self._breaks = [*(i for i, word in enumerate(self.words) if word == _BREAK), len(self.words)]
        line = bisect_left(self._breaks, i)
        if line not in self._headlines:
            self._headlines[line] = self._is_headline(self._breaks[line - 1] if line else 0, self._breaks[line])
        return self._headlines[line]

    def _is_headline(self, start: int, end: int) -> bool:
        if self.word(end - 1) == "." or self.word(end - 2) == ".":
            return False
        long = [word for word in self.words[start:end] if len(word) >= _LONG_WORD and word.isalpha()]
        return len(long) >= _HEADLINE_WORDS and sum(w[0].isupper() for w in long) >= _HEADLINE_SHARE * len(long)


class Match(NamedTuple, Generic[V]):
    """Pieces `start` up to but not including `end` are a known phrase, which stands for `value`."""

    start: int
    end: int
    value: V


class Gazetteer(Generic[V]):
    """Known phrases, each with the value it stands for."""

    def __init__(self, phrases: Mapping[str, V]) -> None:
        """Make `phrases` ready for look-up by their first piece."""
        self._by_first: dict[str, list[tuple[list[str], V]]] = {}
        for phrase, value in phrases.items():
            first, *rest = Pieces(phrase).words
            self._by_first.setdefault(first, []).append((rest, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[str], i: int) -> Match[V] | None:
        """The longest phrase that starts at piece `i`."""
        for rest, value in self._by_first.get(words[i], ()):
            end = i + 1 + len(rest)
            if words[i + 1 : end] == rest:
                return Match(i, end, value)
        return None

    def scan(self, words: Sequence[str]) -> Iterator[Match[V]]:
        """The phrases of a text from left to right, each as long as can be; none overlaps another."""
        taken = 0
        for i, word in enumerate(words):
            if i >= taken and word in self._by_first and (found := self.match(words, i)) is not None:
                taken = found.end
                yield found
