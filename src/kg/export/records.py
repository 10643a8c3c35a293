"""What tables, networks and maps are made of: one record per event, statement, official, article and dyad.

Names are as the graph has them, concepts without their namespace (`CONSULT`, `mode-phone` as `phone`), states by their
ISO 3166-1 alpha-3 codes, dates as `kg.types` has them: ISO 8601, as precise as the text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article. `published` is a day; `version` names software and language model."""

    iri: str
    url: str | None = None
    headline: str | None = None
    section: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    version: str | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An agent that speaks, acts or is acted upon.

    `kind` is the most special class, as `Official`; `states` are those it is, belongs to or acts for; `titles` are the
    roles of the posts it holds; `names` are other forms of its name; `sector` is a code of `data/sectors.csv`.
    """

    iri: str
    name: str
    kind: str
    states: tuple[str, ...] = ()
    sector: str | None = None
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an article: half-open offsets, in code points of its text; `iri` is their Evidence."""

    iri: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event was: the name that the text gives; `state` where that is a state."""

    name: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that tells of an event, performs it, or disputes it: `relation` is reports, enacts or disputes."""

    statement: str
    relation: str
    stance: str
    speakers: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event, with the words that tell of it."""

    iri: str
    article: ArticleRecord
    category: str
    factuality: str
    quad_class: str
    score: float
    evidence: tuple[Quotation, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    actor_states: tuple[str, ...] = ()
    recipient_states: tuple[str, ...] = ()
    actor_words: tuple[Quotation, ...] = ()
    recipient_words: tuple[Quotation, ...] = ()
    place: Place | None = None
    trigger: str | None = None
    trigger_span: Quotation | None = None
    confidence: float | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One statement. `reports`, `enacts` and `disputes` are the IRIs of events and statements."""

    iri: str
    article: ArticleRecord
    stance: str
    speakers: tuple[Party, ...]
    evidence: tuple[Quotation, ...]
    quotes: tuple[str, ...] = ()
    addressees: tuple[Party, ...] = ()
    about: tuple[Party, ...] = ()
    said_on: str | None = None
    reports: tuple[str, ...] = ()
    enacts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """An official as all articles together have them; `first` and `last` are the days these were published.

    Titles, states and bodies that more articles give them come first. `statements` counts what they said, `acts` the
    events they acted in, `received` those done to them.
    """

    iri: str
    name: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    states: tuple[str, ...]
    organizations: tuple[str, ...]
    first: str | None
    last: str | None
    articles: int
    statements: int
    acts: int
    received: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class DyadRecord:
    """What one state did to another in a month, in one quad class; either may be None, where nobody's is known.

    `month` is that of the events where `dated_by` is `event`, and of the articles where it is `publication`: texts
    date few events. `score` is the mean of the events' scores.
    """

    actor: str | None
    recipient: str | None
    month: str | None
    dated_by: str | None
    quad_class: str
    count: int
    score: float
