"""What resolve gives: what an article means. Agents are named by keys, see `kg.iris`."""

from __future__ import annotations

from dataclasses import dataclass

from kg.types.spans import Span


@dataclass(frozen=True, slots=True)
class StateFact:
    """A state the article speaks of."""

    key: str
    iso3: str
    label: str


@dataclass(frozen=True, slots=True)
class OrganizationFact:
    """An organization the article speaks of. `state` is the key of the State it is part of."""

    key: str
    label: str
    kind: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """An office: `state` and `organization` are keys."""

    key: str
    role: str
    state: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A named person; `official` where the person holds or held public office.

    `label` is the fullest name, `names` every other form used; `represents` holds keys of States or Organizations;
    `gender` is `f` or `m` where an honorific shows it.
    """

    key: str
    label: str
    official: bool
    names: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    represents: tuple[str, ...] = ()
    confidence: float | None = None
    gender: str = ""


@dataclass(frozen=True, slots=True)
class GroupFact:
    """Unnamed people acting or speaking together. `state` is a key."""

    key: str
    label: str
    official: bool
    role: str | None = None
    count: int | None = None
    state: str | None = None
    organized: bool = False


@dataclass(frozen=True, slots=True)
class EventFact:
    """One political act. Agents and states are keys; `date` is an ISO date as precise as the text."""

    key: str
    category: str
    factuality: str
    evidence: Span
    trigger: Span
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    actor_states: tuple[str, ...] = ()
    recipient_states: tuple[str, ...] = ()
    actor_spans: tuple[Span, ...] = ()
    recipient_spans: tuple[Span, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: str | None = None
    location: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class StatementFact:
    """One attributed utterance. Agents are keys; `reports`, `enacts`, `disputes` are keys of events."""

    key: str
    speakers: tuple[str, ...]
    stance: str
    evidence: Span
    quote: str | None = None
    addressees: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    said_on: str | None = None
    reports: tuple[str, ...] = ()
    enacts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one article means. Every key an event or statement uses is that of a fact here."""

    states: tuple[StateFact, ...] = ()
    organizations: tuple[OrganizationFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    groups: tuple[GroupFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
