"""The tool `list_statements`: who said what, to whom, about whom, when, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant import patterns
from kg.assistant.bounds import first, shorten
from kg.assistant.concepts import Scheme, notation_of
from kg.assistant.filters import find_filters
from kg.assistant.graph import Graph
from kg.assistant.listing import date_of, list_facts
from kg.assistant.parts import ArticleRef, Ref, Sentence, Understood, float_of, to_article, to_refs, to_sentences
from kg.assistant.periods import Period
from kg.assistant.question import Question
from kg.assistant.said import Said, read_names, read_said
from kg.assistant.source import Source
from kg.vocab import KG

_PARTIES = {
    "speaker": patterns.speaks,
    "about": patterns.is_spoken_of,
    "addressee": patterns.is_addressed,
}
_CONCEPTS = {"stance": (Scheme.STANCE, "kg:stance")}
_ABOUT_EVENTS = (KG.reports, KG.enacts, KG.disputes)
_POINTING = (KG.speaker, KG.addressee, KG.about, KG.evidence, KG.article)
_OF_EVENTS = (KG.category, KG.factuality, KG.stance)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStatements:
    """Filters; all that are given must hold."""

    __pydantic_config__ = given.STRICT

    speaker: Annotated[
        given.PartyName | None,
        Field(
            description="Who says it: IRI, ISO 3166-1 alpha-3 code (USA) or name. A state counts with its officials, "
            "government and army, an organization with those who represent it."
        ),
    ] = None
    stance: given.Stance | None = None
    about: Annotated[
        given.PartyName | None,
        Field(description="Whom it speaks of, or who takes part in an event that it tells of; named as for `speaker`."),
    ] = None
    addressee: Annotated[given.PartyName | None, Field(description="To whom it is said; as for `speaker`.")] = None
    since: given.Since | None = None
    until: given.Until | None = None
    containing: given.Containing | None = None
    article: given.ArticleName | None = None
    limit: given.Limit = 10
    cursor: given.Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """What a statement reports, enacts or disputes: an event by category and factuality, a statement by stance."""

    iri: str
    category: str | None = None
    factuality: str | None = None
    stance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One utterance. `dated_by` says whether `date` is its own or the day its article was published."""

    iri: str
    stance: str | None = None
    confidence: float | None = None
    date: str | None = None
    dated_by: Literal["own", "publication"] | None = None
    speakers: tuple[Ref, ...] | None = None
    addressees: tuple[Ref, ...] | None = None
    about: tuple[Ref, ...] | None = None
    quotes: tuple[str, ...] | None = None
    reports: tuple[ToldOf, ...] | None = None
    enacts: tuple[ToldOf, ...] | None = None
    disputes: tuple[ToldOf, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    article: ArticleRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementList:
    """The newest first; `shown` of `total`, and `next` is the cursor of the page after this one where there is one."""

    shown: int
    total: int
    next: str | None = None
    understood: tuple[Understood, ...] | None = None
    hint: str | None = None
    statements: tuple[Statement, ...] = ()


def list_statements(graph: Graph, asked: ListStatements) -> StatementList:
    """The statements that match.

    Raises:
        KgError: an argument cannot be used, or the graph cannot be asked.
    """
    period = Period.of(asked.since, asked.until)
    filters = find_filters(graph, asked, _PARTIES, _CONCEPTS)
    words = patterns.says(asked.containing, "kg:quote") if asked.containing else ""
    question = Question("kg:Statement", " ".join(filters.patterns), "kg:saidOn", period, words)
    listed = list_facts(graph, question, filters, asked, read_statements)
    return StatementList(
        shown=len(listed.facts),
        total=listed.total,
        next=listed.next,
        understood=filters.understood,
        hint=listed.hint,
        statements=listed.facts,
    )


def read_statements(source: Source, iris: Sequence[str]) -> tuple[Statement, ...]:
    """The statements `iris`, in this order, with the names of all they point to.

    Raises:
        KgError: the graph cannot be asked.
    """
    said = Said()
    read_said(source, said, iris)
    read_said(source, said, said.objects(*map(str, _ABOUT_EVENTS)), _OF_EVENTS)
    read_names(source, said, said.objects(*map(str, _POINTING)))
    return tuple(_to_statement(said, iri) for iri in iris)


def _to_statement(said: Said, iri: str) -> Statement:
    articles = said.values(iri, str(KG.article))
    article = to_article(said, articles[0]) if articles else None
    date, dated_by = date_of(said.value(iri, str(KG.saidOn)), article.published if article else None)
    reports, enacts, disputes = (_to_told(said, said.values(iri, str(name))) for name in _ABOUT_EVENTS)
    return Statement(
        iri=iri,
        stance=notation_of(said.value(iri, str(KG.stance))),
        confidence=float_of(said.value(iri, str(KG.confidence))),
        date=date,
        dated_by=dated_by,
        speakers=to_refs(said, said.values(iri, str(KG.speaker))),
        addressees=to_refs(said, said.values(iri, str(KG.addressee))),
        about=to_refs(said, said.values(iri, str(KG.about))),
        quotes=first(map(shorten, said.values(iri, str(KG.quote)))),
        reports=reports,
        enacts=enacts,
        disputes=disputes,
        sentences=to_sentences(said, iri),
        article=article,
    )


def _to_told(said: Said, iris: Iterable[str]) -> tuple[ToldOf, ...] | None:
    return (
        tuple(
            ToldOf(
                iri=iri,
                category=notation_of(said.value(iri, str(KG.category))),
                factuality=notation_of(said.value(iri, str(KG.factuality))),
                stance=notation_of(said.value(iri, str(KG.stance))),
            )
            for iri in first(iris) or ()
        )
        or None
    )
