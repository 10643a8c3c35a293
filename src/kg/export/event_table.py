"""Events as a table, one row each.

It has the columns of POLECAT that the graph can fill, by their names and in their order
(https://doi.org/10.7910/DVN/AJGVIT), then those that POLECAT lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.export import party_columns as party
from kg.export.article_table import source_of
from kg.export.events import find_events
from kg.export.named_graph import NamedGraph
from kg.export.periods import Period
from kg.export.records import EventRecord, Party, Quotation
from kg.export.scheme import quad_code
from kg.export.selection import EVENT_CRITERIA, Selection
from kg.export.table import Table, as_date

_Reader = Callable[[EventRecord], Any]


def gather_events(graphs: Iterable[NamedGraph], selection: Selection) -> Iterator[EventRecord]:
    """The events of a selection, graph after graph."""
    return (event for graph in graphs for event in find_events(graph) if selection.takes_event(event))


def _side(
    name: str,
    parties: Callable[[EventRecord], tuple[Party, ...]],
    states: Callable[[EventRecord], tuple[str, ...]],
    words: Callable[[EventRecord], tuple[Quotation, ...]],
) -> dict[str, _Reader]:
    """The columns of one side of an event: its actors, or its recipients."""
    return {
        f"{name} Name": lambda event: party.list_names(parties(event)),
        f"{name} Country": states,
        f"{name} COW": lambda event: party.list_cow(states(event)),
        f"Primary {name} Sector": lambda event: party.first_sector(parties(event)),
        f"{name} Sectors": lambda event: party.list_sectors(parties(event)),
        f"{name} Title": lambda event: party.list_titles(parties(event)),
        f"{name} Name Raw": lambda event: [one.text for one in words(event)],
        f"{name} ID": lambda event: party.list_ids(parties(event)),
    }


def _claimed(event: EventRecord) -> list[Party]:
    """Those by whose word alone the event is told."""
    return [speaker for claim in event.claims if claim.relation == "reports" for speaker in claim.speakers]


def _disputed(event: EventRecord) -> list[str]:
    speakers = (speaker for claim in event.claims if claim.relation == "disputes" for speaker in claim.speakers)
    return list(dict.fromkeys(speaker.name for speaker in speakers))


def _sentence(name: str) -> _Reader:
    """A field of the first words that tell of the event."""
    return lambda event: getattr(event.evidence[0], name) if event.evidence else None


def _trigger(name: str) -> _Reader:
    return lambda event: getattr(event.trigger_span, name) if event.trigger_span else None


def _bound(name: str) -> _Reader:
    """The first or last day of the event's own date."""
    return lambda event: getattr(Period.parse(event.date), name, None)


EVENTS: Table[EventRecord] = Table(
    name="events",
    title="Events",
    meaning="One row for each event of the graph. The same act told by two articles, or twice in one, is two events.",
    key=("Event ID",),
    criteria=EVENT_CRITERIA,
    readers={
        "Event ID": lambda event: event.iri,
        "Event Date": lambda event: event.date,
        "Event Type": lambda event: event.category,
        "Event Mode": lambda event: event.mode,
        "Intensity": lambda event: event.score,
        "Quad Code": lambda event: quad_code(event.quad_class),
        "Contexts": lambda event: event.contexts,
        **_side("Actor", lambda event: event.actors, lambda event: event.actor_states, lambda event: event.actor_words),
        **_side(
            "Recipient",
            lambda event: event.recipients,
            lambda event: event.recipient_states,
            lambda event: event.recipient_words,
        ),
        "Placename": lambda event: event.place and event.place.name,
        "Country": lambda event: event.place and event.place.state,
        "Source": lambda event: source_of(event.article),
        "Publication Date": lambda event: as_date(event.article.published),
        "Language": lambda event: event.article.language,
        "Version": lambda event: event.article.version,
        "Article URL": lambda event: event.article.url,
        "Article ID": lambda event: event.article.iri,
        "Headline": lambda event: event.article.headline,
        "Sentence": _sentence("text"),
        "Sentence Start": _sentence("start"),
        "Sentence End": _sentence("end"),
        "Sentence ID": _sentence("iri"),
        "Trigger": lambda event: event.trigger,
        "Trigger Start": _trigger("start"),
        "Trigger End": _trigger("end"),
        "Factuality": lambda event: event.factuality,
        "Confidence": lambda event: event.confidence,
        "Date From": _bound("first"),
        "Date To": _bound("last"),
        "Speaker": lambda event: list(dict.fromkeys(party.list_names(_claimed(event)))),
        "Speaker Country": lambda event: party.list_states(_claimed(event)),
        "Statement ID": lambda event: [claim.statement for claim in event.claims if claim.relation == "reports"],
        "Disputed By": _disputed,
    },
    gather=gather_events,
)
