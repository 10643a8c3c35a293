"""The cast of an article: which agent each mention denotes, and which states stand behind each agent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.types import GroupFact, OrganizationFact, PersonFact, Span, StateFact


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part. `denoted` maps the span of a mention to keys; `behind` maps a key to keys of States;
    `public` holds the keys of states, public bodies, parties, armed groups and officials.
    """

    states: tuple[StateFact, ...]
    organizations: tuple[OrganizationFact, ...]
    people: tuple[PersonFact, ...]
    groups: tuple[GroupFact, ...]
    denoted: Mapping[Span, tuple[str, ...]]
    behind: Mapping[str, tuple[str, ...]]
    public: frozenset[str]

    def keys(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The agents that mentions at `spans` denote, each once, in order."""
        return tuple(dict.fromkeys(key for span in spans for key in self.denoted.get(span, ())))

    def states_behind(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The states that agents belong to or act for, each once, in order."""
        return tuple(dict.fromkeys(state for key in keys for state in self.behind.get(key, ())))
