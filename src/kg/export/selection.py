"""Which records are wanted: by date, by state or agent, by category, factuality and stance."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import SettingError
from kg.export.periods import Period
from kg.export.records import ArticleRecord, EventRecord, Party, StatementRecord
from kg.reference import load_states
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES

EVENT_CRITERIA = ("since", "until", "states", "actors", "recipients", "categories", "quad_classes", "factualities")
STATEMENT_CRITERIA = ("since", "until", "states", "speakers", "stances")
"""The fields that concern events, and statements."""
NAMES = {
    "states": "state",
    "actors": "actor",
    "recipients": "recipient",
    "speakers": "speaker",
    "categories": "category",
    "quad_classes": "quad class",
    "factualities": "factuality",
    "stances": "stance",
}
"""What people call the fields; `since` and `until` are called so."""
QUAD_CLASSES = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to take; an empty tuple takes all. Where several values stand for one thing, any of them will do.

    A record's date is its own (`kg:date`, `kg:saidOn`), else that of its article; one without either is in no period.
    `states` are ISO 3166-1 alpha-3 codes of either side of an event, or of who speaks or is spoken to or of;
    `actors`, `recipients` and `speakers` are codes, IRIs, or names, in any case.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    states: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    quad_classes: tuple[str, ...] = ()
    factualities: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the values that are of a closed list.

        Raises:
            SettingError: one is not on it, or the period ends before it begins.
        """
        if self.since and self.until and self.since > self.until:
            raise SettingError(f"the period ends ({self.until}) before it begins ({self.since})")
        closed = (
            ("state", self.states, tuple(load_states())),
            ("category", self.categories, CATEGORIES),
            ("quad class", self.quad_classes, QUAD_CLASSES),
            ("factuality", self.factualities, FACTUALITIES),
            ("stance", self.stances, STANCES),
        )
        for noun, values, known in closed:
            for value in values:
                if value not in known:
                    listed = (
                        "an ISO 3166-1 alpha-3 code, such as FRA, or a name" if noun == "state" else ", ".join(known)
                    )
                    raise SettingError(f"there is no {noun} {value!r}: use {listed}")

    @property
    def named(self) -> tuple[str, ...]:
        """The names of the fields that ask for something."""
        return tuple(field.name for field in dataclasses.fields(self) if getattr(self, field.name))

    def of_facts(self) -> Selection:
        """The same, of actual events alone unless it names factualities."""
        return self if self.factualities else dataclasses.replace(self, factualities=("actual",))

    def takes_article(self, article: ArticleRecord) -> bool:
        """Whether the article was published in the period."""
        return self._takes_date(None, article)

    def takes_event(self, event: EventRecord) -> bool:
        """Whether an event is wanted."""
        return (
            _is_among(event.category, self.categories)
            and _is_among(event.quad_class, self.quad_classes)
            and _is_among(event.factuality, self.factualities)
            and self._takes_date(event.date, event.article)
            and self._takes_states((*event.actor_states, *event.recipient_states))
            and _takes_agents(self.actors, event.actors, event.actor_states)
            and _takes_agents(self.recipients, event.recipients, event.recipient_states)
        )

    def takes_pair(self, actor: str | None, recipient: str | None) -> bool:
        """Whether a pair of states is of those asked for: an event that is may be between others as well."""
        return (
            (not self.states or not {actor, recipient}.isdisjoint(self.states))
            and _is_of(actor, self.actors)
            and _is_of(recipient, self.recipients)
        )

    def takes_statement(self, statement: StatementRecord) -> bool:
        """Whether a statement is wanted."""
        parties = (*statement.speakers, *statement.addressees, *statement.about)
        return (
            _is_among(statement.stance, self.stances)
            and self._takes_date(statement.said_on, statement.article)
            and self._takes_states(code for party in parties for code in party.states)
            and _takes_agents(self.speakers, statement.speakers, _states_of(statement.speakers))
        )

    def needles(self) -> Iterator[tuple[bytes, ...]]:
        """For each criterion, the bytes of which one at least occurs in the N-Triples of any graph that can meet it."""
        yield from (
            tuple(f"{before}{value}{after}".encode() for value in values)
            for values, before, after in (
                (self.states, '"', '"'),
                (self.categories, "plover#", ">"),
                (self.factualities, "factuality#", ">"),
                (self.stances, "stance#", ">"),
            )
            if values
        )

    def _takes_date(self, date: str | None, article: ArticleRecord) -> bool:
        if self.since is None and self.until is None:
            return True
        period = Period.parse(date) or Period.parse(article.published)
        return period is not None and period.overlaps(self.since, self.until)

    def _takes_states(self, codes: Iterable[str]) -> bool:
        return not self.states or not set(self.states).isdisjoint(codes)


def _is_among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def _is_of(code: str | None, wanted: tuple[str, ...]) -> bool:
    """Whether a state is among those `wanted`; where a person or body is wanted too, any state may be theirs."""
    codes = {one.upper() for one in wanted} & load_states().keys()
    return len(codes) < len(wanted) or not wanted or code in codes


def _states_of(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(code for party in parties for code in party.states)


def _takes_agents(wanted: tuple[str, ...], parties: Iterable[Party], states: tuple[str, ...]) -> bool:
    """Whether one of the agents, or of the states behind them, is wanted."""
    if not wanted:
        return True
    names = {name.casefold() for party in parties for name in (party.iri, party.name, *party.names)}
    names.update(code.casefold() for code in states)
    return not names.isdisjoint(one.casefold() for one in wanted)
