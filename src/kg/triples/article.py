"""Facts -> the graph of one article.

What comes out follows `ontology/ontology.ttl`. There are no blank nodes, superclasses are written out (an Official is
also a Person and an Agent), and everything referenced is described in the same graph, except concepts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, XSD

from kg import iris
from kg.triples.terms import Triple, confidence, date, literals, types
from kg.types import (
    Activity,
    Article,
    EventFact,
    Facts,
    GroupFact,
    OrganizationFact,
    PersonFact,
    Post,
    Span,
    StateFact,
    StatementFact,
)
from kg.vocab import FACTUALITY, KG, KIND, OA, PLOVER, SCHEMA, STANCE


@dataclass(frozen=True, slots=True)
class _Scope:
    """The article whose facts are written, and the base of its IRIs."""

    article: Article
    base: str

    def iri(self, key: str) -> URIRef:
        return URIRef(self.base + key)

    def span(self, span: Span) -> URIRef:
        return self.iri(iris.evidence(self.article.id, span))

    @property
    def node(self) -> URIRef:
        return self.iri(iris.article(self.article.id))

    def links(self, subject: URIRef, predicate: URIRef, keys: Iterable[str]) -> Iterator[Triple]:
        return ((subject, predicate, self.iri(key)) for key in keys)


def to_graph(article: Article, facts: Facts, activity: Activity, *, base: str) -> Graph:
    """The graph of one article, its IRIs under `base` (which ends in a slash)."""
    scope = _Scope(article, base)
    graph = Graph(identifier=scope.node, bind_namespaces="none")
    for triple in _triples(scope, facts, activity):
        graph.add(triple)
    return graph


def _triples(scope: _Scope, facts: Facts, activity: Activity) -> Iterator[Triple]:
    yield from _article(scope)
    yield from _activity(scope, activity)
    for state in facts.states:
        yield from _state(scope.iri(state.key), state)
    for organization in facts.organizations:
        yield from _organization(scope, organization)
    for person in facts.people:
        yield from _person(scope, person)
    for post in {post.key: post for person in facts.people for post in person.posts}.values():
        yield from _post(scope, post)
    for group in facts.groups:
        yield from _group(scope, group)
    described = {state.key for state in facts.states}
    for event in facts.events:
        yield from _event(scope, event, described)
    for statement in facts.statements:
        yield from _statement(scope, statement)
    for span in dict.fromkeys(_spans(facts)):
        yield from _evidence(scope, span)


def _article(scope: _Scope) -> Iterator[Triple]:
    article, node = scope.article, scope.node
    yield node, RDF.type, KG.Article
    yield node, KG.text, Literal(article.text)
    yield node, SCHEMA.inLanguage, Literal(article.language)
    if article.published:
        yield node, SCHEMA.datePublished, Literal(article.published.isoformat(), datatype=XSD.date)
    if article.url:
        yield node, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
    yield from literals(node, SCHEMA.headline, article.title)
    yield from literals(node, SCHEMA.articleSection, article.section)
    yield from literals(node, SCHEMA.publisher, article.publisher)


def _activity(scope: _Scope, activity: Activity) -> Iterator[Triple]:
    node = scope.iri(iris.activity(scope.article.id))
    software = scope.iri(iris.software(activity.software))
    ended = activity.ended.astimezone(dt.UTC).isoformat(timespec="seconds")
    yield scope.node, PROV.wasGeneratedBy, node
    yield node, RDF.type, PROV.Activity
    yield node, PROV.endedAtTime, Literal(ended, datatype=XSD.dateTime)
    yield node, PROV.wasAssociatedWith, software
    yield node, KG.modelVersion, Literal(activity.model)
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(activity.software)


def _state(node: URIRef, state: StateFact) -> Iterator[Triple]:
    yield from types(node, KG.State, KG.Agent)
    yield node, RDFS.label, Literal(state.label)
    yield node, KG.iso3, Literal(state.iso3)


def _organization(scope: _Scope, organization: OrganizationFact) -> Iterator[Triple]:
    node = scope.iri(organization.key)
    yield from types(node, KG.Organization, KG.Agent)
    yield node, RDFS.label, Literal(organization.label)
    yield node, KG.kind, KIND[organization.kind]
    if organization.state:
        yield node, KG.partOfState, scope.iri(organization.state)


def _person(scope: _Scope, person: PersonFact) -> Iterator[Triple]:
    node = scope.iri(person.key)
    yield from types(node, KG.Person, KG.Agent)
    if person.official:
        yield node, RDF.type, KG.Official
    yield node, RDFS.label, Literal(person.label)
    yield from literals(node, SKOS.altLabel, *person.names)
    yield from scope.links(node, KG.holds, (post.key for post in person.posts))
    yield from scope.links(node, KG.represents, person.represents)
    yield from confidence(node, person.confidence)


def _post(scope: _Scope, post: Post) -> Iterator[Triple]:
    node = scope.iri(post.key)
    yield node, RDF.type, KG.Post
    yield node, KG.role, Literal(post.role)
    if post.state:
        yield node, KG.ofState, scope.iri(post.state)
    if post.organization:
        yield node, KG.ofOrganization, scope.iri(post.organization)


def _group(scope: _Scope, group: GroupFact) -> Iterator[Triple]:
    node = scope.iri(group.key)
    yield from types(node, KG.Group, KG.Agent)
    if group.official:
        yield node, RDF.type, KG.OfficialGroup
    yield node, RDFS.label, Literal(group.label)
    yield from literals(node, KG.role, group.role)
    if group.count is not None:
        yield node, KG.count, Literal(group.count)
    if group.state:
        yield node, KG.ofState, scope.iri(group.state)


def _event(scope: _Scope, event: EventFact, states: set[str]) -> Iterator[Triple]:
    """`states` holds the keys of the states described: a location among them is one, any other is a name."""
    node = scope.iri(event.key)
    yield node, RDF.type, KG.Event
    yield node, KG.article, scope.node
    yield node, KG.category, PLOVER[event.category]
    yield node, KG.factuality, FACTUALITY[event.factuality]
    if event.mode:
        yield node, KG.mode, PLOVER[f"mode-{event.mode}"]
    for context in event.contexts:
        yield node, KG.context, PLOVER[f"context-{context}"]
    yield from scope.links(node, KG.actor, event.actors)
    yield from scope.links(node, KG.recipient, event.recipients)
    yield from scope.links(node, KG.actorState, event.actor_states)
    yield from scope.links(node, KG.recipientState, event.recipient_states)
    yield from date(node, KG.date, event.date)
    if event.location:
        yield node, KG.location, scope.iri(event.location) if event.location in states else Literal(event.location)
    yield node, KG.evidence, scope.span(event.evidence)
    yield node, KG.trigger, Literal(_words(scope.article, event.trigger))
    yield node, KG.triggerSpan, scope.span(event.trigger)
    yield from ((node, KG.actorSpan, scope.span(span)) for span in event.actor_spans)
    yield from ((node, KG.recipientSpan, scope.span(span)) for span in event.recipient_spans)
    yield from confidence(node, event.confidence)


def _statement(scope: _Scope, statement: StatementFact) -> Iterator[Triple]:
    node = scope.iri(statement.key)
    yield node, RDF.type, KG.Statement
    yield node, KG.article, scope.node
    yield from scope.links(node, KG.speaker, statement.speakers)
    yield node, KG.stance, STANCE[statement.stance]
    yield node, KG.evidence, scope.span(statement.evidence)
    yield from literals(node, KG.quote, statement.quote)
    yield from scope.links(node, KG.addressee, statement.addressees)
    yield from scope.links(node, KG.about, statement.about)
    yield from date(node, KG.saidOn, statement.said_on)
    yield from scope.links(node, KG.reports, statement.reports)
    yield from scope.links(node, KG.enacts, statement.enacts)
    yield from scope.links(node, KG.disputes, statement.disputes)
    yield from confidence(node, statement.confidence)


def _spans(facts: Facts) -> Iterator[Span]:
    """Every span that some fact points to."""
    for event in facts.events:
        yield event.evidence
        yield event.trigger
        yield from event.actor_spans
        yield from event.recipient_spans
    for statement in facts.statements:
        yield statement.evidence


def _evidence(scope: _Scope, span: Span) -> Iterator[Triple]:
    """https://www.w3.org/TR/annotation-model/#text-position-selector and the next."""
    node = scope.span(span)
    yield from types(node, KG.Evidence, OA.TextPositionSelector, OA.TextQuoteSelector)
    yield node, KG.article, scope.node
    yield node, OA.start, Literal(span.start, datatype=XSD.nonNegativeInteger)
    yield node, OA.end, Literal(span.end, datatype=XSD.nonNegativeInteger)
    yield node, OA.exact, Literal(_words(scope.article, span))


def _words(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]
