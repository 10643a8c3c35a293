"""The nodes of networks: states, or agents that have a name. What is told of each, and between whom an event is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product

from kg.export.dyads import MUTUAL, pair_states
from kg.export.records import EventRecord, Party
from kg.reference import load_states

Value = str | int | float

NAMED = frozenset({"Official", "Person", "Organization", "State"})
"""Kinds of agents that are the same in every article that has them."""

STATE_ATTRIBUTES: dict[str, type[Value]] = {
    "label": str,
    "region": str,
    "wikidata": str,
    "cow": int,
    "latitude": float,
    "longitude": float,
}
"""What is told of a state: names as `data/states.csv` has them, `cow` as `kg.reference.State`, degrees in WGS 84."""

AGENT_ATTRIBUTES: dict[str, type[Value]] = {
    "label": str,
    "kind": str,
    "states": str,
    "title": str,
    "organization": str,
    "sector": str,
    "iri": str,
}
"""What is told of an agent, as `kg.export.records.Party` has it; of several states, titles or bodies, `; ` between."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node. What is not known of it is not among its attributes."""

    id: str
    attributes: dict[str, Value]


class StateNodes:
    """States by their codes."""

    def __init__(self) -> None:
        """None yet."""
        self._codes: dict[str, str] = {}

    def pair(self, event: EventRecord) -> Iterator[tuple[str, str]]:
        """The states that an event is between, as (actor, recipient): those of the table of dyads that have both."""
        for actor, recipient in pair_states(event):
            if actor and recipient:
                yield self._codes.setdefault(actor, actor), self._codes.setdefault(recipient, recipient)

    def listed(self) -> Iterator[Node]:
        """Them all, by code; one that is not on the list of states has its code for a label."""
        states = load_states()
        for code in sorted(self._codes):
            state = states.get(code)
            values = (state.name, state.region, state.wikidata, state.cow, state.lat, state.lon) if state else (code,)
            yield Node(code, _told(dict(zip(STATE_ATTRIBUTES, values, strict=False))))


@dataclass(slots=True)
class _Agent:
    """An agent, as all that was read so far has it; states, titles and bodies as keys, in the order found."""

    label: str
    kind: str
    sector: str | None
    states: dict[str, None]
    titles: dict[str, None]
    organizations: dict[str, None]


class AgentNodes:
    """Agents by their IRIs."""

    def __init__(self) -> None:
        """None yet."""
        self._ids: dict[str, str] = {}
        self._agents: dict[str, _Agent] = {}

    def pair(self, event: EventRecord) -> Iterator[tuple[str, str]]:
        """The agents that an event is between, as (actor, recipient): one of the two an official, both with a name.

        Unnamed groups are left out: nothing says that those of two articles are the same. Where those who act do so
        with each other, and no recipient is told of, each of them stands with each other, as states do.
        """
        is_mutual = event.category in MUTUAL and not event.recipients
        pairs = permutations(event.actors, 2) if is_mutual else product(event.actors, event.recipients)
        for actor, recipient in pairs:
            kinds = {actor.kind, recipient.kind}
            if kinds <= NAMED and "Official" in kinds:
                yield self._add(actor), self._add(recipient)

    def listed(self) -> Iterator[Node]:
        """Them all, by IRI."""
        for iri in sorted(self._agents):
            agent = self._agents[iri]
            lists = ("; ".join(values) for values in (agent.states, agent.titles, agent.organizations))
            told = dict(zip(AGENT_ATTRIBUTES, (agent.label, agent.kind, *lists, agent.sector, iri), strict=True))
            yield Node(iri, _told(told))

    def _add(self, party: Party) -> str:
        """The ID of an agent; what is told of it is added to what is known."""
        id = self._ids.setdefault(party.iri, party.iri)
        if id not in self._agents:
            self._agents[id] = _Agent(party.name, party.kind, party.sector, {}, {}, {})
        agent = self._agents[id]
        agent.label = max(agent.label, party.name, key=lambda name: (len(name), name))
        agent.kind = "Official" if "Official" in (agent.kind, party.kind) else agent.kind
        agent.sector = agent.sector or party.sector
        agent.states.update(dict.fromkeys(party.states))
        agent.titles.update(dict.fromkeys(party.titles))
        agent.organizations.update(dict.fromkeys(party.organizations))
        return id


def _told(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None and value != ""}
