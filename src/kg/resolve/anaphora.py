"""Anaphora: whom "they", "both officials", "the Egyptian president" or "the two countries" stand for.

Nearest first, by sentence: a pronoun takes the first person of the sentence so far, else of the nearest sentence
before; a plural takes people named together. After the factors of Lappin and Leass (1994), without a parser.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.resolve.gender import fits
from kg.resolve.names import parts
from kg.types import Anaphor, Findings, PersonFact, Span

_REACH = 8
_PEOPLE_WORDS = frozenset(
    {"leader", "official", "side", "party", "man", "woman", "politician", "diplomat", "counterpart"}
)
_STATE_WORDS = frozenset({"country", "nation", "state", "neighbour", "neighbor", "government", "side", "party"})
_SPEAKER = frozenset({"we", "our", "us", "i", "my"})


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention of somebody: where, whom, whether a person, body or state; `pointed` where it is itself an anaphor."""

    span: Span
    key: str
    kind: str
    pointed: bool = False


class Anaphora:
    """Resolves the anaphors of one article."""

    def __init__(
        self, text: str, findings: Findings, people: Mapping[str, PersonFact], denoted: Mapping[Span, tuple[str, ...]]
    ) -> None:
        """A resolver for an article of `text`; `denoted` says what its named mentions are."""
        self._text = text
        self._sentences = findings.sentences
        self._people = people
        self._speakers = {a.sentence: a.speakers for a in findings.attributions}
        self._named = sorted(
            (_Named(span, keys[0], _kind(keys[0])) for span, keys in denoted.items() if keys),
            key=lambda n: n.span,
        )

    def resolve_all(self, anaphors: Sequence[Anaphor]) -> dict[Span, tuple[str, ...]]:
        """Whom each anaphor denotes, where that can be told; each one resolved may be the antecedent of the next."""
        found: dict[Span, tuple[str, ...]] = {}
        for anaphor in anaphors:
            keys = self.resolve(anaphor)
            if keys:
                found[anaphor.span] = keys
                for key in keys:
                    bisect.insort(self._named, _Named(anaphor.span, key, _kind(key), True), key=lambda n: n.span)
        return found

    def resolve(self, anaphor: Anaphor) -> tuple[str, ...]:
        """Keys of the agents that `anaphor` stands for; none where that cannot be told."""
        words = self._text[anaphor.span.start : anaphor.span.end].lower()
        if words in _SPEAKER:
            return ()
        if anaphor.plural:
            return self._plural(anaphor, words)
        if anaphor.role is not None:
            return self._described(anaphor)
        if words in {"it", "its", "itself"}:
            return self._nearest(anaphor, {"state", "organization"})
        return self._pronoun(anaphor, words)

    def _windows(self, span: Span) -> Iterable[list[_Named]]:
        """What was named in the sentence of `span` before it, then sentence by sentence back."""
        last = bisect.bisect_right(self._sentences, span.start, key=lambda s: s.start)
        for sentence in reversed(self._sentences[max(0, last - _REACH) : last]):
            first = bisect.bisect_left(self._named, sentence.start, key=lambda n: n.span.start)
            end = bisect.bisect_left(self._named, min(sentence.end, span.start), key=lambda n: n.span.start)
            yield [n for n in self._named[first:end] if n.span.end <= min(sentence.end, span.start)]

    def _pronoun(self, anaphor: Anaphor, word: str) -> tuple[str, ...]:
        for named in self._windows(anaphor.span):
            people = [n for n in named if n.kind == "person" and fits(self._people[n.key], word)]
            if people:
                return (min(people, key=lambda n: n.pointed).key,)
        return ()

    def _nearest(self, anaphor: Anaphor, kinds: set[str]) -> tuple[str, ...]:
        for named in self._windows(anaphor.span):
            fitting = [n for n in named if n.kind in kinds]
            if fitting:
                return (fitting[-1].key,)
        return ()

    def _described(self, anaphor: Anaphor) -> tuple[str, ...]:
        """The person who holds the office named, for the state named."""
        role = {_stem(w) for w in parts(anaphor.role or "")}
        for named in self._windows(anaphor.span):
            for mention in reversed(named):
                if mention.kind == "person" and self._fits(mention.key, role, anaphor.iso3):
                    return (mention.key,)
        return ()

    def _fits(self, key: str, role: set[str], iso3: str | None) -> bool:
        person = self._people[key]
        if iso3 is not None and f"state/{iso3}" not in person.represents:
            return False
        return any(role <= {_stem(w) for w in parts(post.role)} for post in person.posts)

    def _plural(self, anaphor: Anaphor, words: str) -> tuple[str, ...]:
        role = anaphor.role
        if role in _STATE_WORDS and (found := self._several(anaphor, {"state"}, anaphor.count or 2)):
            return found
        if role in {"country", "nation", "neighbour", "neighbor"}:
            return ()
        for named in self._windows(anaphor.span):
            people = list(dict.fromkeys(n.key for n in sorted(named, key=_named_first) if n.kind == "person"))
            fitting = [
                key for key in people if role is None or role in _PEOPLE_WORDS or self._fits(key, {_stem(role)}, None)
            ]
            if len(fitting) >= 2:
                return tuple(fitting[: anaphor.count or 2])
            groups = [n.key for n in named if n.kind == "group"]
            if role is None and groups:
                return (groups[0],)
            states = list(dict.fromkeys(n.key for n in named if n.kind in {"state", "organization"}))
            if role is None and len(states) >= 2 and (words == "their" or not people):
                return tuple(states[:2])
        return ()

    def _several(self, anaphor: Anaphor, kinds: set[str], count: int) -> tuple[str, ...]:
        seen: dict[str, None] = {}
        for named in self._windows(anaphor.span):
            for mention in named:
                if mention.kind in kinds:
                    seen.setdefault(mention.key)
            if len(seen) >= count:
                return tuple(seen)[:count]
        return ()


def _named_first(named: _Named) -> bool:
    """Sorts those named by name before those only pointed to ("For his part, President Mohamud said he ...")."""
    return named.pointed


def _kind(key: str) -> str:
    """What a key is of: state, organization, person or group."""
    return key.partition("/")[0]


def _stem(word: str) -> str:
    """One spelling for "adviser" and "advisor"."""
    return word[:-2] + "er" if word.endswith("or") else word
