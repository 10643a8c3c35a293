"""Speakers named as a label, without a verb: "Iran: no talks with US", "No talks with US: minister"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sent

from kg.extract.agents import Agent, Agents
from kg.extract.scene import Scene
from kg.types import StateMention

_SHORTEST = 2
"""Fewest words that can be said."""


@dataclass(frozen=True, slots=True)
class Label:
    """Speakers before or after the colon at token `mark`, and what they say as tokens `start` to `end`."""

    sent: Sent
    speakers: tuple[Agent, ...]
    mark: int
    start: int
    end: int


def find_labels(scene: Scene, agents: Agents, sent: Sent) -> Iterator[Label]:
    """The label of `sent`: a speaker and nothing else on one side of a colon.

    After the words only in a headline, which no full stop ends; so too a state before them, which elsewhere is where
    the report comes from ("Oslo: ...").
    """
    colons = [t.i for t in sent if t.text == ":"]
    if not colons:
        return
    first, last = colons[0], colons[-1]
    headline = not any(t.text in {".", "!", "?"} for t in sent[-2:])
    speakers = _alone(agents, sent.start, first)
    if speakers and _is_said(scene, first + 1, sent.end):
        if headline or not all(isinstance(a.mention, StateMention) for a in speakers):
            yield Label(sent, speakers, first, first + 1, sent.end)
    elif headline and _is_said(scene, sent.start, last):
        speakers = _alone(agents, last + 1, sent.end)
        if speakers:
            yield Label(sent, speakers, last, sent.start, last)


def _alone(agents: Agents, start: int, end: int) -> tuple[Agent, ...]:
    """The agent that fills those tokens, titles and all; empty where other words stand there."""
    if not 0 < end - start <= 8:
        return ()
    inside = agents.between(start, end)
    covered = sum(a.end - a.start for a in inside)
    joined = sum(t.text in {",", "and", "&"} for t in agents.scene.doc[start:end])
    return inside if inside and covered + joined == end - start and not inside[-1].adjective else ()


def _is_said(scene: Scene, start: int, end: int) -> bool:
    return sum(t.is_alpha for t in scene.doc[start:end]) >= _SHORTEST
