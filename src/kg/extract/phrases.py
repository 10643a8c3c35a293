"""Noun phrases: the words around an agent's name that stand in its role, "a court in Paris" around "Paris"."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.agents import Agent, Agents
from kg.extract.clauses import phrase
from kg.extract.scene import Scene
from kg.types import EventMention, Span

# Relations by which a noun hangs on another one within a noun phrase.
_WITHIN = frozenset({"nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "compound", "amod", "flat", "nummod", "det"})


def widen(agents: Agents, event: EventMention) -> EventMention:
    """`event` with the noun phrases in which its actors and recipients are named."""
    trigger = range(*agents.scene.tokens(event.trigger))
    return dataclasses.replace(
        event,
        actor_phrases=phrases_of(agents, event.actors, trigger),
        recipient_phrases=phrases_of(agents, event.recipients, trigger),
    )


def phrases_of(agents: Agents, cores: Iterable[Span], trigger: range) -> tuple[Span, ...]:
    """The noun phrase around each of the names at `cores`, as far as it holds no token of `trigger`."""
    return tuple(_around(agents.scene, agents.named(core), trigger) for core in cores)


def spans_of(scene: Scene, heads: Sequence[Token], trigger: range) -> tuple[Span, ...]:
    """The noun phrases of `heads`, as far as they hold no token of `trigger`."""
    return tuple(scene.span(*extent) for head in heads if not _overlap(extent := phrase(head), trigger))


def _around(scene: Scene, agent: Agent, trigger: range) -> Span:
    start, end = agent.start, agent.end
    for head in _upwards(scene, agent):
        extent = phrase(head)
        if _overlap(extent, trigger):
            break
        if extent[0] <= agent.start and agent.end <= extent[1]:
            start, end = extent
    return scene.span(start, end)


def _upwards(scene: Scene, agent: Agent) -> Iterator[Token]:
    """The head of an agent's name, and each noun that it belongs to."""
    head = next((t for t in scene.doc[agent.start : agent.end] if t.head.i not in range(agent.start, agent.end)), None)
    while head is not None:
        yield head
        head = head.head if head.dep_ in _WITHIN and head.head.i != head.i else None


def _overlap(extent: tuple[int, int], trigger: range) -> bool:
    return extent[0] < trigger.stop and trigger.start < extent[1]
