"""Every value that crosses rooms.

Offsets are half-open and count Unicode code points of `Article.text`; confidence lies in [0, 1]; times are
aware UTC. A *key* is the part of an instance IRI after the base, such as `state/USA` (see `kg.iris`). A *date*
in facts is an ISO 8601 string as precise as the text: `2024-01-04`, `2023-11` or `2018`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`, from `start` up to but not including `end`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """True where `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end


# sources: bytes -> Article


class Format(StrEnum):
    """What kind of bytes a document holds."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Hints:
    """Metadata given beside a document; used only where the document says nothing itself."""

    url: str | None = None
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one article as found. `name` tells a person where: `a.txt`, `b.jsonl:17`, `-`."""

    name: str
    format: Format
    content: bytes
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one document was not stored, in one line a person can act on."""

    name: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned and NFC-normalised. `text` is never altered after this.

    Where there is a title, `text` starts with it, on a line of its own.
    """

    id: str
    text: str
    language: str
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    section: str | None = None
    publisher: str | None = None


# extract: Article -> Findings


class StateForm(StrEnum):
    """In which way a state was named."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    SEAT = "seat"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class StateMention:
    """Words that name a state or ISO-coded territory."""

    span: Span
    iso3: str
    form: StateForm


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """Words that name an organization.

    `name` is the canonical one where the reference data knows the body, else its words; `kind` is one of
    igo, government, military, party, ngo, armed_group, company, media, other; `iso3` the state it belongs to.
    """

    span: Span
    name: str
    kind: str
    iso3: str | None = None


@dataclass(frozen=True, slots=True)
class TitleMention:
    """An office named beside a person: `role` as a noun phrase without its state ("Foreign Minister").

    `counterpart` marks "his South Korean counterpart": the role is then that of the person it is said of.
    """

    span: Span
    role: str
    official: bool
    iso3: str | None = None
    organization: Span | None = None
    counterpart: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """The name of a person, without titles, and the titles the words around it give."""

    span: Span
    name: str
    titles: tuple[TitleMention, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupMention:
    """An unnamed group of people acting or speaking: "47 foreign ministers", "textile workers"."""

    span: Span
    role: str
    official: bool
    count: int | None = None
    iso3: str | None = None


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words that stand for an agent named before: "they", "both officials", "the Egyptian president".

    `role` is the singular head noun of a description, None for a pronoun; `count` how many are meant, where the
    words say it ("both").
    """

    span: Span
    plural: bool
    role: str | None = None
    count: int | None = None
    iso3: str | None = None


class TimeUnit(StrEnum):
    """What a relative time counts in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression, as the words give it, not yet resolved; without any part where they fix no time.

    Absolute parts: `year`, `month` (1-12), `day` (1-31), `weekday` (0 is Monday); any may be absent. Relative:
    `offset` units from the anchor ("yesterday" is -1 day; "last week" is -1 week; "this month" is 0 months); of a
    weekday or month where there is no `unit` ("next Friday" is 1, "last July" is -1, "earlier in July" is 0). The
    anchor is the day of writing, or the time last named in the text where `anaphoric` ("the previous day").
    `direction` is 1 where the clause looks ahead ("will meet on Friday"), -1 after "since"; `dateline` marks the day
    of writing itself.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    unit: TimeUnit | None = None
    direction: int = 0
    anaphoric: bool = False
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One utterance as the words give it: who (`speakers`), by which cue, saying what (`content`).

    `quote` is the span inside the quotation marks of direct speech. `sentence` holds the cue, or, for a later
    sentence of a running quote, is that sentence; then `cue` is None. `time` is the TimeMention that dates the utterance.
    """

    sentence: Span
    speakers: tuple[Span, ...]
    stance: str
    content: Span | None
    cue: Span | None = None
    quote: Span | None = None
    addressees: tuple[Span, ...] = ()
    disputes: bool = False
    time: Span | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One act as the words give it. `actors`, `recipients` are spans of agent mentions; `time` of a TimeMention.

    `cue` is the cue of the attribution that performs the act ("condemned"). Where `candidates`, only the first of
    `recipients` that turns out to be no actor takes part. `nominal` marks an act named by a noun ("the transfer").
    """

    sentence: Span
    trigger: Span
    category: str
    factuality: str
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    time: Span | None = None
    location: Span | None = None
    cue: Span | None = None
    candidates: bool = False
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What the words of one article say, in text order within each kind."""

    sentences: tuple[Span, ...] = ()
    states: tuple[StateMention, ...] = ()
    organizations: tuple[OrganizationMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
    groups: tuple[GroupMention, ...] = ()
    anaphors: tuple[Anaphor, ...] = ()
    times: tuple[TimeMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()


# resolve: Findings -> Facts


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

    `label` is the fullest name, `names` every other form used; `represents` holds keys of States or Organizations.
    """

    key: str
    label: str
    official: bool
    names: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    represents: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class GroupFact:
    """Unnamed people acting or speaking together. `state` is a key."""

    key: str
    label: str
    official: bool
    role: str | None = None
    count: int | None = None
    state: str | None = None


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


# triples, shacl: Facts -> graph -> Report


@dataclass(frozen=True, slots=True)
class Activity:
    """The run that made a graph: which software, which model (data and rules version), ended when (UTC)."""

    software: str
    model: str
    ended: dt.datetime


@dataclass(frozen=True, slots=True)
class Violation:
    """One SHACL validation result; terms are in N-Triples syntax, None where SHACL gives none."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What validation says of one graph."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """True where nothing is violated."""
        return not self.violations


# journal, index, pipeline


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted article as the journal keeps it. `graph` is sorted N-Triples, UTF-8."""

    article: str
    name: str
    document: bytes
    format: Format
    graph: bytes
    software: str
    model: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its article's IRI and graph (sorted N-Triples), or a refusal and perhaps a report."""

    name: str
    article_iri: str | None = None
    graph: bytes | None = None
    refusal: Refusal | None = None
    report: Report | None = None
