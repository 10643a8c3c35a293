"""Anaphora: whom "they", "both officials", "the Egyptian president" or "the two countries" stand for.

A pronoun that speaks is whoever spoke last, unless the article has turned to somebody else; another takes whom the
nearest sentence is about; a plural takes people named together. `kg.resolve.salience` ranks who was named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.resolve.descriptions import COUNTRIES, Descriptions, Roster
from kg.resolve.gender import fits
from kg.resolve.salience import Named, Salience
from kg.types import Anaphor, Findings, GroupMention, PersonFact, Span

_PEOPLE_WORDS = frozenset(
    {"leader", "official", "side", "party", "man", "woman", "politician", "diplomat", "counterpart"}
)
_STATE_WORDS = frozenset({"country", "nation", "state", "neighbour", "neighbor", "government", "side", "party"})
_SPEAKER = frozenset({"we", "our", "us", "i", "my"})
_NEUTER = frozenset({"it", "its", "itself"})
# Pronouns that are not the subject of the clause they stand in.
_OBJECTS = frozenset({"him", "them"})


class Anaphora:
    """Resolves the anaphors of one article."""

    def __init__(
        self,
        text: str,
        findings: Findings,
        people: Mapping[str, PersonFact],
        roster: Roster,
        denoted: Mapping[Span, tuple[str, ...]],
    ) -> None:
        """A resolver for an article of `text`; `denoted` says what its named mentions are."""
        self._text = text
        self._people = people
        self._denoted = denoted
        self._salience = Salience(findings, denoted)
        self._descriptions = Descriptions(text, roster, self._salience)

    def resolve_all(
        self, mentions: Sequence[Anaphor | GroupMention], groups: Mapping[Span, tuple[str, ...]]
    ) -> dict[Span, tuple[str, ...]]:
        """Whom each anaphor, and each group that was named before, denotes; each may be the antecedent of the next.

        Args:
            groups: what groups are, where nobody else is meant.
        """
        found: dict[Span, tuple[str, ...]] = {}
        for mention in sorted(mentions, key=lambda m: m.span):
            keys = self.resolve(mention) if isinstance(mention, Anaphor) else self._descriptions.find(mention)
            if keys:
                found[mention.span] = keys
            known = keys or groups.get(mention.span, ())
            self._salience.add(mention.span, known, pointed=bool(keys))
        return found

    def resolve(self, anaphor: Anaphor) -> tuple[str, ...]:
        """Keys of the agents that `anaphor` stands for; none where that cannot be told."""
        words = self._text[anaphor.span.start : anaphor.span.end].lower()
        if words in _SPEAKER:
            return ()
        if anaphor.plural:
            return self._plural(anaphor, words)
        if anaphor.role is not None:
            definite = not words.startswith(("a ", "an "))
            return self._descriptions.one(anaphor.span, anaphor.role, anaphor.iso3, definite=definite)
        if words in _NEUTER:
            return self._pronoun(anaphor.span, words, lambda n: n.kind in {"state", "organization"})
        return self._pronoun(anaphor.span, words, lambda n: n.single and self._fits(n.key, words))

    def _fits(self, key: str, pronoun: str) -> bool:
        return key not in self._people or fits(self._people[key], pronoun)

    def _pronoun(self, span: Span, word: str, may_be: Callable[[Named], bool]) -> tuple[str, ...]:
        """Whoever spoke or led last for a pronoun that speaks; else the first whom the nearest sentence is about."""
        barred = {k for s in self._salience.quoting(span) for k in self._denoted.get(s, ())}
        windows = [[n for n in named if may_be(n) and n.key not in barred] for named in self._salience.windows(span)]
        if word in _OBJECTS and windows and any(n.subject for n in windows[0]):
            last = [n.key for n in windows[0] if n.subject][-1]
            windows[0] = [n for n in windows[0] if n.key != last]
        if self._salience.speaks(span):
            leading = [[n for n in named if n.is_leading] for named in windows]
            windows = [*leading, *windows]
        if word == "its" and windows and windows[0]:
            return (windows[0][-1].key,)
        best = next((min(named, key=_rank) for named in windows if named), None)
        return (best.key,) if best is not None else ()

    def _plural(self, anaphor: Anaphor, words: str) -> tuple[str, ...]:
        role = anaphor.role
        if role in _STATE_WORDS and (
            found := self._descriptions.states(anaphor.span, anaphor.count or 2, by_name=True)
        ):
            return found
        if role == "side" and (found := self._descriptions.states(anaphor.span, anaphor.count or 2, by_name=False)):
            return found
        if role in COUNTRIES:
            return ()
        return self._people_together(anaphor, words) or (
            self._descriptions.group(anaphor.span, role, anaphor.iso3, anaphor.count) if role is not None else ()
        )

    def _people_together(self, anaphor: Anaphor, words: str) -> tuple[str, ...]:
        """Those named together in the nearest sentence: of the ones it is about first, then of all."""
        for named in self._salience.windows(anaphor.span):
            ordered = sorted(named, key=_named_first)
            leading = [n for n in ordered if n.is_leading]
            found = (
                self._together(leading, anaphor, words)
                or (self._collective(leading) if anaphor.role is None else ())
                or self._together(ordered, anaphor, words)
            )
            if found:
                return found
        return ()

    def _collective(self, leading: Sequence[Named]) -> tuple[str, ...]:
        """The one body that a sentence is about, for "they": "Police came. They shot"."""
        bodies = list(dict.fromkeys(n.key for n in leading))
        return tuple(bodies) if len(bodies) == 1 and leading[0].kind == "organization" else ()

    def _together(self, named: Sequence[Named], anaphor: Anaphor, words: str) -> tuple[str, ...]:
        role = anaphor.role
        people = [key for key in dict.fromkeys(n.key for n in named if n.kind == "person") if self._may_be(key, role)]
        if len(people) >= 2:
            return tuple(people[: anaphor.count or 2])
        groups = [n.key for n in named if n.kind == "group"]
        if role is None and groups:
            return (groups[0],)
        states = list(dict.fromkeys(n.key for n in named if n.kind in {"state", "organization"}))
        if role is None and len(states) >= 2 and (words == "their" or not people):
            return tuple(states[:2])
        return ()

    def _may_be(self, key: str, role: str | None) -> bool:
        return role is None or role in _PEOPLE_WORDS or self._descriptions.fits(key, role, None)


def _rank(named: Named) -> tuple[bool, bool, bool]:
    """Sorts the one a sentence is about first: who leads, other subjects, those named rather than pointed to."""
    return not named.is_leading, not named.subject, named.pointed


def _named_first(named: Named) -> bool:
    """Sorts those named by name before those only pointed to ("For his part, President Mohamud said he ...")."""
    return named.pointed
