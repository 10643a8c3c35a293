"""The tool `list_events`: who did what to whom, when, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant import patterns
from kg.assistant.bounds import first, shorten
from kg.assistant.claims import Claim, Claims, read_claims, to_claims
from kg.assistant.concepts import Scheme, categories_of, notation_of, quad_class_of
from kg.assistant.filters import find_filters
from kg.assistant.graph import Graph
from kg.assistant.listing import date_of, list_facts
from kg.assistant.parts import ArticleRef, Ref, Sentence, Understood, float_of, to_article, to_refs, to_sentences
from kg.assistant.periods import Period
from kg.assistant.question import Question
from kg.assistant.said import Said, name_of, read_names, read_said
from kg.assistant.source import Source
from kg.vocab import KG

_PARTIES = {"actor": patterns.acts, "recipient": patterns.receives, "participant": patterns.takes_part}
_CONCEPTS = {
    "category": (Scheme.CATEGORY, "kg:category"),
    "mode": (Scheme.MODE, "kg:mode"),
    "context": (Scheme.CONTEXT, "kg:context"),
    "factuality": (Scheme.FACTUALITY, "kg:factuality"),
}
_POINTING = (KG.actor, KG.recipient, KG.actorState, KG.recipientState, KG.location, KG.evidence, KG.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvents:
    """Filters; all that are given must hold."""

    __pydantic_config__ = given.STRICT

    actor: Annotated[
        given.PartyName | None,
        Field(
            description="Who does it: IRI, ISO 3166-1 alpha-3 code (PRK) or name. A state counts with its officials, "
            "an organization with those who represent it."
        ),
    ] = None
    recipient: Annotated[
        given.PartyName | None, Field(description="To whom, for whom or against whom it is done; as for `actor`.")
    ] = None
    participant: Annotated[
        given.PartyName | None, Field(description="Who takes part on either side; as for `actor`.")
    ] = None
    category: given.Category | None = None
    quad_class: given.QuadClass | None = None
    mode: given.Mode | None = None
    context: given.Context | None = None
    factuality: given.Factuality | None = None
    since: given.Since | None = None
    until: given.Until | None = None
    containing: given.Containing | None = None
    article: given.ArticleName | None = None
    limit: given.Limit = 10
    cursor: given.Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One political act. `dated_by` says whether `date` is its own or the day its article was published."""

    iri: str
    category: str | None = None
    quad_class: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] | None = None
    factuality: str | None = None
    confidence: float | None = None
    date: str | None = None
    dated_by: Literal["own", "publication"] | None = None
    trigger: str | None = None
    actors: tuple[Ref, ...] | None = None
    actor_states: tuple[Ref, ...] | None = None
    recipients: tuple[Ref, ...] | None = None
    recipient_states: tuple[Ref, ...] | None = None
    locations: tuple[str, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    article: ArticleRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """The newest first; `shown` of `total`, and `next` is the cursor of the page after this one where there is one."""

    shown: int
    total: int
    next: str | None = None
    understood: tuple[Understood, ...] | None = None
    hint: str | None = None
    events: tuple[Event, ...] = ()


def list_events(graph: Graph, asked: ListEvents) -> EventList:
    """The events that match.

    Raises:
        KgError: an argument cannot be used, or the graph cannot be asked.
    """
    period = Period.of(asked.since, asked.until)
    filters = find_filters(graph, asked, _PARTIES, _CONCEPTS)
    words = patterns.says(asked.containing) if asked.containing else ""
    question = Question("kg:Event", " ".join((*filters.patterns, *_quad_class(asked))), "kg:date", period, words)
    listed = list_facts(graph, question, filters, asked, read_events)
    return EventList(
        shown=len(listed.facts),
        total=listed.total,
        next=listed.next,
        understood=filters.understood,
        hint=listed.hint,
        events=listed.facts,
    )


def read_events(source: Source, iris: Sequence[str]) -> tuple[Event, ...]:
    """The events `iris`, in this order, with the names of all they point to.

    Raises:
        KgError: the graph cannot be asked.
    """
    said = Said()
    read_said(source, said, iris)
    claims = read_claims(source, said, iris)
    read_names(source, said, said.objects(*map(str, (*_POINTING, KG.speaker))))
    return tuple(_to_event(said, claims, iri) for iri in iris)


def _quad_class(asked: ListEvents) -> Iterator[str]:
    if asked.quad_class:
        yield patterns.has("kg:category", categories_of(asked.quad_class))


def _to_event(said: Said, claims: Claims, iri: str) -> Event:
    category = notation_of(said.value(iri, str(KG.category)))
    articles = said.values(iri, str(KG.article))
    article = to_article(said, articles[0]) if articles else None
    date, dated_by = date_of(said.value(iri, str(KG.date)), article.published if article else None)
    trigger = said.value(iri, str(KG.trigger))
    return Event(
        iri=iri,
        category=category,
        quad_class=quad_class_of(category),
        mode=notation_of(said.value(iri, str(KG.mode))),
        contexts=first(notation_of(context) or "" for context in said.values(iri, str(KG.context))),
        factuality=notation_of(said.value(iri, str(KG.factuality))),
        confidence=float_of(said.value(iri, str(KG.confidence))),
        date=date,
        dated_by=dated_by,
        trigger=shorten(trigger) if trigger else None,
        actors=to_refs(said, said.values(iri, str(KG.actor))),
        actor_states=to_refs(said, said.values(iri, str(KG.actorState))),
        recipients=to_refs(said, said.values(iri, str(KG.recipient))),
        recipient_states=to_refs(said, said.values(iri, str(KG.recipientState))),
        locations=first(_to_place(said, place) for place in said.values(iri, str(KG.location))),
        claims=to_claims(said, claims, iri),
        sentences=to_sentences(said, iri),
        article=article,
    )


def _to_place(said: Said, place: str) -> str:
    """The name of a place, which is a state of the graph or is only named."""
    return shorten(name_of(said, place) if said.knows(place) else place)
