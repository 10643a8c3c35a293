"""Descriptions: whom "the former chairman", "the tribunal" or "the soldiers" means, by the words said of them before.

A noun of one person fits somebody whose title or apposition holds it, or a word that it sums up (`diplomat` of a
foreign minister); a noun of a body fits one whose name holds it; a plural fits an earlier group of the same noun.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.reference import read_table
from kg.resolve.names import parts
from kg.resolve.salience import Named, Salience
from kg.resources import resource
from kg.types import GroupFact, GroupMention, OrganizationFact, Span

_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+\Z", re.IGNORECASE)

# Nouns that mean a state named before.
_STATE_NOUNS = frozenset({"country", "nation", "republic", "kingdom"})

_INTRODUCED = re.compile(r"\b(?:the|an?)\s", re.IGNORECASE)
# Words that tell of an office held before.
_PAST = frozenset({"former", "ex", "ousted", "late"})

COUNTRIES = frozenset({"country", "nation", "neighbour", "neighbor"})

# In `description_words.csv`, the meaning of a noun that any office-holder may be called by.
_ANYBODY = "*"

Words = frozenset[str]
"""The words of a role, each in one spelling."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What is said of whom: roles of people, names and kinds of bodies, words and noun of groups, states behind each.

    A kind stands among the words of a body's name as `@party`.
    """

    roles: Mapping[str, Collection[Words]]
    bodies: Mapping[str, Words]
    groups: Mapping[str, tuple[Words, str]]
    states: Mapping[str, Collection[str]]


def to_roster(
    roles: Iterable[tuple[str, str]],
    organizations: Iterable[OrganizationFact],
    groups: Iterable[tuple[GroupMention, GroupFact]],
    states: Mapping[str, Collection[str]],
) -> Roster:
    """A roster of the roles by key of a person, of bodies and of groups as they are first named.

    Args:
        states: keys of the states behind each agent.
    """
    said: dict[str, set[Words]] = {}
    for key, role in roles:
        said.setdefault(key, set()).add(words_of(role))
    named: dict[str, tuple[Words, str]] = {}
    for mention, fact in groups:
        named.setdefault(fact.key, (words_of(mention.role), head_of(mention.role)))
    return Roster(said, {o.key: words_of(o.label) | {f"@{o.kind}"} for o in organizations}, named, states)


class Descriptions:
    """Finds whom the definite noun phrases of one article stand for."""

    def __init__(self, text: str, roster: Roster, salience: Salience) -> None:
        """Descriptions of `text`, of those on `roster`."""
        self._text = text
        self._roster = roster
        self._salience = salience
        self._roles = {key: set(roles) for key, roles in roster.roles.items()}

    def is_definite(self, span: Span) -> bool:
        """True where "the", "this" or the like leads to `span`."""
        return _DEFINITE.search(self._text, max(0, span.start - 8), span.start) is not None

    def find(self, mention: GroupMention) -> tuple[str, ...]:
        """The key of whom a phrase stands for; none where that is nobody named elsewhere."""
        head = head_of(mention.role)
        may_be_body = mention.organized or any(other.startswith("@") for other in _meanings(head))
        if mention.count == 1 and not may_be_body:
            return self.one(mention.span, mention.role, mention.iso3, definite=self.is_definite(mention.span))
        if not self.is_definite(mention.span):
            return ()
        if mention.role in COUNTRIES and self.is_plural(mention) and mention.iso3 is None:
            return self.states(mention.span, mention.count or 2, by_name=True)
        if head in _STATE_NOUNS and not self.is_plural(mention):
            return self._state(mention.span) if mention.iso3 is None else ()
        if may_be_body and not self.is_plural(mention) and (body := self._body(mention)):
            return body
        return self.group(mention.span, mention.role, mention.iso3, mention.count)

    def one(self, span: Span, role: str, iso3: str | None, *, definite: bool) -> tuple[str, ...]:
        """The person whom an office or noun in the singular describes, named before or, in the lead, right after."""
        before = self._text[span.start : span.end].partition(role)[0].lower().split()
        role = " ".join([*(word for word in before if word in _PAST), role])
        return (self.person(span, role, iso3) if definite else ()) or self.ahead(span, role, iso3)

    def person(self, span: Span, role: str, iso3: str | None) -> tuple[str, ...]:
        """The person last named of whom `role` is said; of nobody near, the only one in the article.

        Who held an office before is meant only where the words say so or nobody holds it.
        """
        former = _is_past(words_of(role))
        for own in (former, not former):
            for named in self._salience.windows(span):
                fitting = [n for n in named if n.kind == "person" and self.fits(n.key, role, iso3, former=own)]
                if fitting:
                    return (max(fitting, key=lambda n: (n.is_leading, n.span)).key,)
            everyone = [key for key in self._roles if self.fits(key, role, iso3, former=own)]
            if len(everyone) == 1:
                return tuple(everyone)
        return self._speaker(span, iso3) if _ANYBODY in _meanings(head_of(role)) else ()

    def _speaker(self, span: Span, iso3: str | None) -> tuple[str, ...]:
        """The holder of an office who leads the nearest sentence that somebody leads."""
        for named in self._salience.windows(span):
            leading = [n for n in named if n.is_leading and n.kind == "person" and self._roles.get(n.key)]
            if leading:
                key = leading[-1].key
                return (key,) if iso3 is None or f"state/{iso3}" in self._roster.states.get(key, ()) else ()
        return ()

    def ahead(self, span: Span, role: str, iso3: str | None) -> tuple[str, ...]:
        """The person whom an article's lead describes and the next sentences name: of that role, or of none yet."""
        if _INTRODUCED.search(self._text, max(0, span.start - 4), span.start + 4) is None:
            return ()
        for named in self._salience.introduced(span):
            if named.kind == "person" and (self.fits(named.key, role, iso3) or not self._roles.get(named.key)):
                self._roles.setdefault(named.key, set()).add(words_of(role))
                return (named.key,)
        return ()

    def fits(self, key: str, role: str, iso3: str | None, *, former: bool | None = None) -> bool:
        """True where `role`, of the state `iso3` if any, may describe the person `key`, as of before if `former`."""
        if iso3 is not None and f"state/{iso3}" not in self._roster.states.get(key, ()):
            return False
        roles = self._roles.get(key, ())
        return any(_describes(role, own) for own in roles if former in {None, _is_past(own)})

    def group(self, span: Span, role: str, iso3: str | None, count: int | None) -> tuple[str, ...]:
        """The group last named with the same noun and all the words of `role`."""
        if count is not None:
            return ()
        own, head = words_of(role) - _neutral(), head_of(role)
        for named in self._salience.windows(span):
            fitting = [n.key for n in named if n.kind == "group" and self._is_same(n, own, head, iso3)]
            if fitting:
                return (fitting[-1],)
        return ()

    def _is_same(self, named: Named, own: Words, head: str, iso3: str | None) -> bool:
        words, noun = self._roster.groups.get(named.key, (frozenset(), ""))
        if iso3 is not None and f"state/{iso3}" not in self._roster.states.get(named.key, ()):
            return False
        return noun == head and own - {head} <= words

    def states(self, span: Span, count: int, *, by_name: bool) -> tuple[str, ...]:
        """The states last named, `by_name` or by those who act for them, as soon as there are `count`.

        Of more, those that the sentences before name most often, the last named of as many.
        """
        seen: Counter[str] = Counter()
        for named in self._salience.windows(span):
            for mention in named:
                if mention.kind == "state":
                    seen[mention.key] += 1
                elif not by_name:
                    seen.update(self._roster.states.get(mention.key, ()))
            if len(seen) == count:
                return tuple(seen)
            if len(seen) > count:
                break
        return tuple(state for state, _ in self._most_named(seen, span).most_common(count)) if len(seen) > count else ()

    def _most_named(self, among: Iterable[str], span: Span) -> Counter[str]:
        """How often each of the states `among` is named in the sentences before."""
        named = [n.key for window in self._salience.windows(span) for n in window]
        return Counter({state: named.count(state) for state in among})

    def is_plural(self, mention: GroupMention) -> bool:
        """True where the last word is not the noun of the role itself."""
        return not self._text[mention.span.start : mention.span.end].lower().endswith(mention.role.split(" ")[-1])

    def _state(self, span: Span) -> tuple[str, ...]:
        """The state that the nearest sentence is about, else the one it names last."""
        for named in self._salience.windows(span):
            states = sorted((n for n in named if n.kind == "state"), key=lambda n: (n.is_leading, n.span))
            if states:
                return (states[-1].key,)
        return ()

    def _body(self, mention: GroupMention) -> tuple[str, ...]:
        own, head = words_of(mention.role) - _neutral(), head_of(mention.role)
        for named in self._salience.windows(mention.span):
            for one in reversed(named):
                words = self._roster.bodies.get(one.key, frozenset())
                if mention.iso3 and f"state/{mention.iso3}" not in self._roster.states.get(one.key, ()):
                    continue
                if (own and own <= words) or any(own - {head} | words_of(other) <= words for other in _meanings(head)):
                    return (one.key,)
        return ()


def words_of(role: str) -> Words:
    """The words of a role, each in one spelling: "adviser" for "advisor"."""
    return frozenset([role]) if role.startswith("@") else frozenset(_stem(word) for word in parts(role))


def head_of(role: str) -> str:
    """The noun of a description, its last word."""
    return _stem(parts(role)[-1]) if parts(role) else ""


def _describes(role: str, own: Words) -> bool:
    """True where all that `role` says is said of somebody whose role has the words `own`."""
    said = words_of(role) - _neutral()
    if said <= own:
        return bool(said)
    head = head_of(role)
    return any(said - {head} | words_of(other) <= own for other in _meanings(head) if other != _ANYBODY)


def _is_past(words: Words) -> bool:
    return not words.isdisjoint(_PAST)


def _stem(word: str) -> str:
    return word[:-2] + "er" if word.endswith("or") else word


def _meanings(head: str) -> tuple[str, ...]:
    return _table().get(head, ())


def _neutral() -> Words:
    """Words that do not say who is meant: "former", "senior"."""
    return frozenset(word for word, meanings in _table().items() if not meanings)


@functools.cache
def _table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table(resource("data", "description_words.csv")):
        word = _stem(row["word"])
        found[word] = (*found.get(word, ()), *([row["means"]] if row["means"] else []))
    return found
