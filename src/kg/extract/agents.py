"""Agents: every mention that can speak, act or receive, one per stretch of text, and who stands where to a verb.

No sentence is parsed: the subject of a verb is the likeliest agent before it in the sentence, its
objects the agents after it, by distance and by the words between.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.clauses import phrase
from kg.extract.grammar import (
    ADVERBS,
    BE,
    CLAUSE,
    DETERMINERS,
    DO,
    HAVE,
    JOINS,
    LINKS,
    MODALS,
    NEGATORS,
    POSSESSIVE_MARKS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from kg.extract.people import extent
from kg.extract.scene import Scene
from kg.types import Anaphor, GroupMention, OrganizationMention, PersonMention, Span, StateForm, StateMention

Mention = StateMention | OrganizationMention | PersonMention | GroupMention | Anaphor
_AFTER_DATELINE = frozenset({"-", "--", "–", "—", ":", ",", "("})
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
        self.ends = frozenset(a.end for a in self.all if not a.adjective)
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
        return next(iter(sorted(inside, key=lambda a: abs(a.end - 1 - head.i))), None)

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

    def subject(self, verb: int, start: int, *, stop: frozenset[int] = frozenset()) -> tuple[Agent, ...]:
        """The agents most likely to be the subject of the verb at token `verb`, in a sentence from token `start`.

        Args:
            stop: tokens of other verbs; one between an agent and `verb` makes the agent less likely.
        """
        if self._hangs_on(verb) and (earlier := [v for v in stop if start <= v < verb]):
            return self.subject(max(earlier), start, stop=stop - {max(earlier)})
        best, least = None, 9.0
        for agent in self.between(start, verb):
            cost = self._distance(agent, verb, stop)
            if cost < least or (cost == least and best is not None and agent.start > best.start):
                best, least = agent, cost
        return self.chain(best) if best is not None else ()

    def _hangs_on(self, verb: int) -> bool:
        """True for a verb that shares its subject with the one before: "attacked, killing two", "met and agreed"."""
        if self.scene.lower(verb).endswith("ing") and self.scene.lower(verb - 1) == ",":
            return True
        while self.scene.lower(verb - 1) in BE | HAVE | DO | MODALS | NEGATORS | ADVERBS:
            verb -= 1
        return self.scene.lower(verb - 1) in {"and", "but"}

    def _distance(self, agent: Agent, verb: int, stop: frozenset[int]) -> float:
        scene = self.scene
        gap = range(agent.end, verb)
        cost = 0.06 * len(gap) + (2.5 if agent.adjective else 0) + (3.0 if self.is_governed(agent) else 0)
        cost += 3.0 if self._is_inserted(agent) else 0
        enclosed = False
        for j in gap:
            word = scene.lower(j)
            if word in {",", "(", ")"}:
                enclosed = not enclosed
                cost += 0.1
            elif not enclosed and word in CLAUSE | SUBORDINATORS and not (word in RELATIVES and j == agent.end):
                cost += 9  # the subject of another clause
            elif not enclosed and j in stop:
                cost += 0.8 if any(scene.lower(k) == "and" for k in range(j, verb)) else 1.2
        return cost

    def _is_inserted(self, agent: Agent) -> bool:
        """True inside a relative clause set off by a comma: Libya in "Chad, which borders Libya, shelled Niger"."""
        return any(
            self.scene.lower(j) in RELATIVES and self.scene.lower(j - 1) == ","
            for j in range(max(1, agent.start - 6), agent.start)
        )

    def is_governed(self, agent: Agent) -> bool:
        """True where a preposition leads to the agent, so that it is no subject."""
        i = agent.start - 1
        while i > 0 and self.scene.lower(i) in DETERMINERS | {"and", ","}:
            before = self._at.get(i - 1)
            i = before.start - 1 if self.scene.lower(i) in {"and", ","} and before is not None else i - 1
        return self.scene.lower(i) in PREPOSITIONS and not self.scene.doc[i].is_sent_start

    def objects(
        self,
        verb: int,
        end: int,
        *,
        particles: int | None = None,
        stop: frozenset[int] = frozenset(),
        skip: frozenset[str] = frozenset(),
    ) -> tuple[Agent, ...]:
        """The first agents after token `verb`, before `end` and before another clause or verb begins.

        Args:
            particles: token after the last word that belongs to the verb ("to" in "speak to"); the verb's own if None.
            stop: tokens of other verbs.
            skip: prepositions that lead to no object of this verb.
        """
        for agent in self.between(verb + 1, end):
            gap = range(verb + 1, agent.start)
            if any(self.scene.lower(j) in CLAUSE | {"since", "until", "so"} or j in stop for j in gap) or len(gap) > 14:
                return ()
            if self.scene.lower(agent.start - 1) == "and" and not stop.isdisjoint((agent.end, agent.end + 1)):
                return ()  # the subject of the next clause: "sent tanks and Norway sent troops"
            if (
                self._preposition(agent, max(verb + 1, particles or 0)) in skip
                or (agent.end == agent.start + 1 and self.scene.lower(agent.start) in POSSESSIVE_PRONOUNS)
                or (agent.end == particles and isinstance(agent.mention, GroupMention))
            ):
                continue  # "its border", "sent troops": not to whom it is done
            if agent.adjective and (wider := self._noun_agent(agent)) is not None:
                return self.chain(wider)
            return self.chain(agent)
        return ()

    def _preposition(self, agent: Agent, start: int) -> str:
        """The preposition that leads to the agent, the nearest before it from token `start` on."""
        words = (self.scene.lower(j) for j in range(agent.start - 1, start - 1, -1))
        return next((word for word in words if word in PREPOSITIONS), "")

    def _noun_agent(self, agent: Agent) -> Agent | None:
        """The agent whose name follows an adjective directly, as in "Russian troops"."""
        following = self._at.get(agent.end)
        return following if following is not None and following is not agent else None


def _select(scene: Scene, mentions: Iterable[Mention]) -> tuple[Agent, ...]:
    """One agent per stretch: a person before the state in their title, an army before its state."""
    taken: set[int] = set()
    found = []
    for mention in sorted(
        (m for m in mentions if not _is_agency_mark(scene, m) and not _is_dateline(scene, m)),
        key=lambda m: (_RANK[type(m)], -(m.span.end - m.span.start), m.span.start),
    ):
        span = extent(mention) if isinstance(mention, PersonMention) else mention.span
        start, end = scene.tokens(span)
        core = scene.tokens(mention.span)
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Agent(start, end, mention, _is_adjective(scene, mention, end)))
        elif taken.isdisjoint(range(*core)):
            taken.update(range(*core))
            found.append(Agent(*core, mention))
    return tuple(sorted(found, key=lambda a: a.start))


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
    following = scene.doc[end]
    if mention.form is StateForm.DEMONYM:
        return following.is_alpha and not following.is_stop
    return False


def spans(agents: Sequence[Agent]) -> tuple[Span, ...]:
    """Where the agents are named."""
    return tuple(a.core for a in agents)
