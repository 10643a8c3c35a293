"""Subjects: which mentions are the subject of a clause, those joined to one included ("Chad and Niger agreed")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.agents import Agent, Agents
from kg.types import Span

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


def find_subjects(agents: Agents) -> Iterator[Span]:
    """The spans of the mentions that are subjects, in text order."""
    for agent in agents.all:
        head = _head(agents, agent)
        while head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
        if head.dep_ in _SUBJECTS and not agent.adjective:
            yield agent.core


def _head(agents: Agents, agent: Agent) -> Token:
    """The token of an agent's words that the others hang on."""
    words = agents.scene.doc[agent.start : agent.end]
    return next((t for t in words if not agent.start <= t.head.i < agent.end), words[0])
