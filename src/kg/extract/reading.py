"""The pieces of one article with the states found in it, and what the words of bodies are. Internal to this room."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from kg.extract.gazetteer import Gazetteer, Pieces
from kg.extract.lexicon import given_names
from kg.reference import read_table
from kg.resources import resource
from kg.types import StateMention

_NO_NAMES = frozenset({*calendar.day_name, *calendar.month_name, "Mr", "Mrs", "Ms", "Dr"})


class Head(NamedTuple):
    """A head word of bodies: the kind it makes, and how it is used (`data/organization_heads.csv`).

    Capitalised: `of` and `ministry` heads may go on ("Bank of X", "Ministry of X, Y and Z"), `alone` ones need no other
    word, `paper` marks newspapers. In lower case: `lower` ones need an article or an owner, `owned` ones a state,
    `bare` ones nothing.
    """

    kind: str
    uses: frozenset[str]


class Body(NamedTuple):
    """Pieces `start` up to but not including `end` name a body."""

    start: int
    end: int
    name: str
    kind: str
    iso3: str | None = None


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The words that bodies are named with: `heads` of names, `common` heads in lower case, words by role.

    A body may be named for a `namesake` ("King Salman Hospital"); `title`s otherwise, and `given` names, show a person.
    """

    heads: Gazetteer[Head]
    common: Gazetteer[Head]
    topic: frozenset[str]
    scope: frozenset[str]
    modifier: frozenset[str]
    namesake: frozenset[str]
    given: frozenset[str]
    passing: frozenset[str]
    adjunct: frozenset[str]
    title: frozenset[str]
    thing: frozenset[str]


def load_body_words() -> BodyWords:
    """The words of `data/organization_heads.csv` and `data/organization_words.csv`."""
    roles: dict[str, set[str]] = {}
    for row in read_table(resource("data", "organization_words.csv")):
        roles.setdefault(row["role"], set()).add(row["word"])
    heads: dict[str, Head] = {}
    common: dict[str, Head] = {}
    for row in read_table(resource("data", "organization_heads.csv")):
        head = Head(row["kind"], frozenset(row["use"].split()))
        (common if head.uses & {"lower", "bare", "owned"} else heads).setdefault(row["head"], head)
    return BodyWords(
        heads=Gazetteer(heads),
        common=Gazetteer(common),
        given=given_names(),
        **{role: frozenset(words) for role, words in roles.items()},
    )


class Reading:
    """The pieces of an article, which state mention each belongs to, and how often each state is `named`."""

    def __init__(self, pieces: Pieces, states: Sequence[StateMention]) -> None:
        """Lay `states` over `pieces` of the same text."""
        self.pieces = pieces
        self.word = pieces.word
        self.named = Counter(state.iso3 for state in states)
        self._state_at: dict[int, tuple[int, int, str]] = {}
        starts = pieces.starts
        for state in states:
            first, last = bisect_left(starts, state.span.start), bisect_left(starts, state.span.end)
            for i in range(first, last):
                self._state_at[i] = (first, last, state.iso3)

    def state(self, i: int) -> tuple[int, int, str] | None:
        """First piece, the one after the last, and code of the state mention that piece `i` belongs to."""
        return self._state_at.get(i)

    def states_in(self, start: int, end: int) -> list[str]:
        """The codes of the states named between two pieces, each once."""
        return list(dict.fromkeys(at[2] for i in range(start, end) if (at := self._state_at.get(i))))

    def state_before(self, i: int) -> str | None:
        """The state whose name, or its possessive, stands right before piece `i`."""
        return at[2] if (at := self._state_at.get(self.skip_possessive(i) - 1)) else None

    def skip_possessive(self, i: int) -> int:
        """Piece that a possessive ending right before piece `i` starts at; `i` where there is none."""
        if self.word(i - 1) == "s" and self.word(i - 2) == "'" and self.pieces.is_joined(i - 1):
            return i - 2
        return i - 1 if self.word(i - 1) == "'" and self.pieces.is_joined(i - 1) else i

    def is_capital(self, i: int) -> bool:
        """True for a capitalised word that may be part of a name."""
        word = self.word(i)
        if not word[0].isupper() or word in _NO_NAMES:
            return False
        return not (word.istitle() and word.lower() in STOP_WORDS)

    def text(self, start: int, end: int) -> str:
        """The words between two pieces as they stand in the text, on one line."""
        span = self.pieces.span(start, end)
        return " ".join(self.pieces.text[span.start : span.end].split())
