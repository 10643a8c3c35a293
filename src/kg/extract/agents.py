"""Agents: every mention that can speak, act or receive, one per stretch of text."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.clauses import phrase
from kg.extract.grammar import (
    DETERMINERS,
    JOINS,
    LINKS,
    POSSESSIVE_MARKS,
    PREPOSITIONS,
)
from kg.extract.people import extent
from kg.extract.scene import Scene
from kg.types import Anaphor, GroupMention, OrganizationMention, PersonMention, Span, StateForm, StateMention

Mention = StateMention | OrganizationMention | PersonMention | GroupMention | Anaphor
_AFTER_DATELINE = frozenset({"-", "--", "–", "—", ":", ",", "("})
_ROLES = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
_RANK = {PersonMention: 0, OrganizationMention: 1, GroupMention: 1, Anaphor: 2, StateMention: 3}


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent mention as tokens `start` to `end` (titles and all); `adjective` for a demonym before its noun."""

    start: int
    end: int
    mention: Mention
    adjective: bool = False

    @property
    def core(self) -> Span:
        """The words that name the agent."""
        return self.mention.span

    @property
    def iso3(self) -> str | None:
        """The state that the words themselves give: of a person, by their titles."""
        if isinstance(self.mention, PersonMention):
            return next((title.iso3 for title in self.mention.titles if title.iso3), None)
        return self.mention.iso3


class Agents:
    """All agents of a scene, by sentence order."""

    def __init__(self, scene: Scene, mentions: Iterable[Mention]) -> None:
        """The agents that `mentions` of `scene` name."""
        self.scene = scene
        self.all = _select(scene, mentions)
        self._at = {i: a for a in self.all for i in range(a.start, a.end)}
        self._named = {a.core: a for a in self.all}
        self._starts = [a.start for a in self.all]

    def at(self, i: int) -> Agent | None:
        """The agent whose words include token `i`."""
        return self._at.get(i)

    def of(self, head: Token) -> Agent | None:
        """The agent that the noun phrase of `head` names, or the one it belongs to ("the court's decision")."""
        if (own := self._at.get(head.i)) is not None:
            return own
        start, end = phrase(head)
        inside = [a for a in self.between(start, end) if self.scene.doc[a.end - 1].head.i in range(start, end)]
        return min(inside, key=lambda a: abs(a.end - 1 - head.i), default=None)

    def all_of(self, heads: Iterable[Token]) -> tuple[Agent, ...]:
        """The agents of `heads`, each once."""
        return tuple(dict.fromkeys(a for head in heads if (a := self.of(head)) is not None))

    def named(self, core: Span) -> Agent:
        """The agent that the words at `core` name."""
        return self._named[core]

    def between(self, start: int, end: int) -> tuple[Agent, ...]:
        """Agents wholly within those tokens, in text order."""
        first = bisect.bisect_left(self._starts, start)
        last = bisect.bisect_left(self._starts, end)
        return tuple(a for a in self.all[first:last] if a.end <= end)

    def chain(self, agent: Agent) -> tuple[Agent, ...]:
        """`agent` with those coordinated with it: "the United States, France and both officials"."""
        i = bisect.bisect_left(self._starts, agent.start)
        first = last = i
        while first > 0 and self._linked(self.all[first - 1], self.all[first]):
            first -= 1
        while last + 1 < len(self.all) and self._linked(self.all[last], self.all[last + 1]):
            last += 1
        return self._trim(self.all[first : last + 1], agent)

    def _trim(self, run: tuple[Agent, ...], agent: Agent) -> tuple[Agent, ...]:
        """The coordination in `run` that holds `agent`: "A, B and C"; commas alone are appositions or clauses."""
        segment, joined = [run[0]], False
        for left, right in itertools.pairwise(run):
            both = bool(JOINS & {self.scene.lower(j) for j in range(left.end, right.start)})
            if joined and not both:
                if agent in segment:
                    break
                segment, joined = [right], False
            else:
                segment.append(right)
                joined = joined or both
        if len(segment) == 2 and self._parted(*segment):
            return (agent,)
        return tuple(segment) if joined and agent in segment else (agent,)

    def _parted(self, left: Agent, right: Agent) -> bool:
        """True where a comma stands between two agents that does not close an apposition: another clause begins."""
        apposed = any(self.scene.lower(j) == "," for j in range(left.start, left.end))
        return not apposed and any(self.scene.lower(j) == "," for j in range(left.end, right.start))

    def _linked(self, left: Agent, right: Agent) -> bool:
        gap = [self.scene.lower(j) for j in range(left.end, right.start)]
        return (
            0 < len(gap) <= 4
            and not left.adjective
            and all(word in LINKS for word in gap)
            and not {",", "along"}.union(JOINS).isdisjoint(gap)
            and not self.scene.doc[right.start].is_sent_start
            and self.scene.lower(right.end) not in POSSESSIVE_MARKS
        )

    def is_governed(self, agent: Agent) -> bool:
        """True where a preposition leads to the agent, so that it is no subject."""
        i = agent.start - 1
        while i > 0 and self.scene.lower(i) in DETERMINERS | {"and", ","}:
            before = self._at.get(i - 1)
            i = before.start - 1 if self.scene.lower(i) in {"and", ","} and before is not None else i - 1
        return self.scene.lower(i) in PREPOSITIONS and not self.scene.doc[i].is_sent_start


def _select(scene: Scene, mentions: Iterable[Mention]) -> tuple[Agent, ...]:
    """One agent per stretch: a person before the state in their title, an army before its state."""
    taken: set[int] = set()
    found = []
    for mention in sorted(
        (m for m in mentions if not _is_agency_mark(scene, m) and not _is_dateline(scene, m)),
        key=lambda m: (_rank(m), -(m.span.end - m.span.start), m.span.start),
    ):
        start, end = _extent(scene, mention)
        core = scene.tokens(mention.span)
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Agent(start, end, mention, _is_adjective(scene, mention, end)))
        elif taken.isdisjoint(range(*core)):
            taken.update(range(*core))
            found.append(Agent(*core, mention))
    return tuple(sorted(found, key=lambda a: a.start))


def _extent(scene: Scene, mention: Mention) -> tuple[int, int]:
    """The tokens of a mention with what is said beside its name: a person's titles, what a body is."""
    if isinstance(mention, PersonMention):
        return scene.tokens(extent(mention))
    return scene.extent(mention) if isinstance(mention, OrganizationMention) else scene.tokens(mention.span)


def _rank(mention: Mention) -> float:
    """Who of two mentions that overlap is meant: the holder of an office, save a spokesman, before their body."""
    if isinstance(mention, Anaphor) and mention.role and not mention.plural and "spokes" not in mention.role.lower():
        return 0.5
    return _RANK[type(mention)]


def _is_agency_mark(scene: Scene, mention: Mention) -> bool:
    """True for the "(AP)" of a dateline."""
    if not isinstance(mention, OrganizationMention) or mention.kind != "media":
        return False
    start, end = scene.tokens(mention.span)
    return scene.lower(start - 1) == "(" and scene.lower(end) == ")"


def _is_dateline(scene: Scene, mention: Mention) -> bool:
    """True for the capital that an article is sent from: "MOSCOW (AP) - A court"."""
    if not isinstance(mention, StateMention) or mention.form is not StateForm.CAPITAL:
        return False
    start, end = scene.tokens(mention.span)
    opens = bool(scene.doc[start].is_sent_start) and scene.doc[start].is_upper
    return opens and scene.lower(end) in _AFTER_DATELINE


def _is_adjective(scene: Scene, mention: Mention, end: int) -> bool:
    """True for a demonym that stands before a noun: "Russian missiles"."""
    if not isinstance(mention, StateMention) or end >= len(scene.doc):
        return False
    following, last = scene.doc[end], scene.doc[end - 1]
    if mention.form is not StateForm.DEMONYM or not following.is_alpha or following.is_stop:
        return False
    return last.dep_ not in _ROLES  # "many Iraqis said"


def spans(agents: Sequence[Agent]) -> tuple[Span, ...]:
    """Where the agents are named."""
    return tuple(a.core for a in agents)
