"""Places: the state in which the act of a trigger took place."""

from __future__ import annotations

from kg.extract.acts import Trigger
from kg.extract.agents import Agent, Agents
from kg.extract.clauses import objects, obliques
from kg.types import StateMention

_IN = frozenset({"in", "at", "inside", "near", "across", "within", "outside"})


def place_of(agents: Agents, trigger: Trigger) -> Agent | None:
    """The state that "in" or its like leads to from a word of the trigger or from the object of its verb."""
    doc = agents.scene.doc
    parts = [doc[i] for i in sorted({trigger.head, *trigger.parts})]
    for source in [*parts, *objects(doc[trigger.head])]:
        for preposition, token in obliques(source):
            agent = agents.at(token.i) if preposition in _IN else None
            if agent is not None and isinstance(agent.mention, StateMention):
                return agent
    return None
