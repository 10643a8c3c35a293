"""What extract gives: what the words of an article say, each with where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.types.spans import Span


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

    `official` is true of a public office, `political` of any part in public life, such as that of a party's leader.
    `counterpart` marks "his South Korean counterpart": the role is then that of the person it is said of.
    """

    span: Span
    role: str
    official: bool
    iso3: str | None = None
    organization: Span | None = None
    counterpart: bool = False
    political: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """The name of a person, without titles, and the titles the words around it give.

    `gender` is `f` or `m` where an honorific shows it.
    """

    span: Span
    name: str
    titles: tuple[TitleMention, ...] = ()
    gender: str = ""


@dataclass(frozen=True, slots=True)
class GroupMention:
    """An unnamed group of people or a body, acting or speaking: "47 foreign ministers", "a court", "rebels".

    `organized` is true of bodies and armed or political groups, whose acts are public even among themselves.
    """

    span: Span
    role: str
    official: bool
    count: int | None = None
    iso3: str | None = None
    organized: bool = False


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words that stand for an agent named before: "they", "both officials", "the Egyptian president".

    `role` is the singular head noun of a description, None for a pronoun; `count` how many are meant, where the
    words say it ("both"); `official` is false of a description that names no public office ("the driver").
    """

    span: Span
    plural: bool
    role: str | None = None
    count: int | None = None
    iso3: str | None = None
    official: bool = True


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
    sentence of a running quote, is that sentence; then `cue` is None. `time` is that of the TimeMention that dates it.
    """

    sentence: Span
    speakers: tuple[Span, ...]
    stance: str
    content: Span | None
    cue: Span | None = None
    quote: Span | None = None
    addressees: tuple[Span, ...] = ()
    time: Span | None = None

    @property
    def disputes(self) -> bool:
        """True where what is said is that something is not so."""
        return self.stance == "denies"


@dataclass(frozen=True, slots=True)
class EventMention:
    """One act as the words give it. `actors`, `recipients` are spans of agent mentions; `time` of a TimeMention.

    `support` is the probability that the reader's network gives to that category between these two sides, None where
    it was not asked. `cue` is the cue of the attribution that performs the act ("condemned"). Where `candidates`, only
    the first of `recipients` that turns out to be no actor takes part. `nominal` marks an act named by a noun ("the
    transfer"), which may have no parties of its own where it points back to an act told before.

    `actor_phrases` and `recipient_phrases` are the noun phrases in which actors and recipients are named, one for
    each; `done_by` those of what does the act where there are no actors, `undergone` those of what it is done to, or of
    the other side of a mutual act, where there are no recipients.
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
    actor_phrases: tuple[Span, ...] = ()
    recipient_phrases: tuple[Span, ...] = ()
    done_by: tuple[Span, ...] = ()
    undergone: tuple[Span, ...] = ()
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the words of one article say, in text order within each kind.

    `subjects` are the spans of those mentions that are the subject of a clause.
    """

    sentences: tuple[Span, ...] = ()
    states: tuple[StateMention, ...] = ()
    organizations: tuple[OrganizationMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
    groups: tuple[GroupMention, ...] = ()
    anaphors: tuple[Anaphor, ...] = ()
    subjects: tuple[Span, ...] = ()
    times: tuple[TimeMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()
