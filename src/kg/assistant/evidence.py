"""The tool `get_evidence`: the words behind a fact, where they stand, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant.bounds import MAX_EACH, shorten
from kg.assistant.concepts import notation_of
from kg.assistant.graph import Graph
from kg.assistant.parts import float_of
from kg.assistant.passages import Passage, find_words, read_passages
from kg.assistant.provenance import Provenance, read_provenance
from kg.assistant.said import LABEL, TYPE, Said, is_iri, name_of, read_names, read_said
from kg.assistant.source import Source
from kg.errors import ArgumentError
from kg.sparql_text import to_iri
from kg.vocab import KG, PREFIXES

_ROLES = {
    str(KG.evidence): "sentence",
    str(KG.triggerSpan): "trigger",
    str(KG.actorSpan): "actor",
    str(KG.recipientSpan): "recipient",
}
_NAMES = (LABEL, f"{PREFIXES['skos']}altLabel", str(KG.role))
# The narrowest class of a thing says what it is.
_KINDS = {
    str(KG.Event): "event",
    str(KG.Statement): "statement",
    str(KG.Evidence): "evidence",
    str(KG.Article): "article",
    str(KG.Official): "official",
    str(KG.Person): "person",
    str(KG.State): "state",
    str(KG.Organization): "organization",
    str(KG.OfficialGroup): "group",
    str(KG.Group): "group",
    str(KG.Post): "post",
}
_FACTS = ("event", "statement")
_MOST_ARTICLES = 5
_MOST_NAMES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GetEvidence:
    """Of what."""

    __pydantic_config__ = given.STRICT

    iri: Annotated[
        given.Iri,
        Field(description="IRI of an event, statement, official, other entity, post, article or piece of evidence."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFound:
    """The passages that say it, and the articles they stand in. `supports` are the facts that rest on evidence.

    Of entities and posts, which are named and not stated, the passages are where they are named: the first place in
    each of `shown_articles` of the `articles` that name them.
    """

    iri: str
    kind: str | None = None
    label: str | None = None
    confidence: float | None = None
    hint: str | None = None
    articles: int = 0
    shown_articles: int = 0
    passages: tuple[Passage, ...] = ()
    supports: tuple[str, ...] | None = None
    provenance: tuple[Provenance, ...] = ()


def get_evidence(graph: Graph, asked: GetEvidence) -> EvidenceFound:
    """The words behind `asked.iri`.

    Raises:
        KgError: it is no IRI, or the graph cannot be asked.
    """
    iri = asked.iri.removeprefix("<").removesuffix(">")
    if not is_iri(iri):
        raise ArgumentError(f"iri: {shorten(iri, 100)!r} is no IRI; other tools give those of facts")
    source, said = graph.source, Said()
    read_said(source, said, [iri])
    if not said.knows(iri):
        return EvidenceFound(iri=iri, hint="the graph says nothing of this IRI; take one that another tool gave")
    read_names(source, said, [iri])
    kind = next((kind for class_, kind in _KINDS.items() if class_ in said.values(iri, TYPE)), None)
    articles = _find_articles(source, said, iri, kind)
    shown = articles[:_MOST_ARTICLES]
    return EvidenceFound(
        iri=iri,
        kind=kind,
        label=_entitle(said, iri, kind),
        confidence=float_of(said.value(iri, str(KG.confidence))),
        articles=len(articles),
        shown_articles=len(shown),
        passages=_read_passages(source, said, iri, kind, shown),
        supports=_find_supported(source, iri) if kind == "evidence" else None,
        provenance=read_provenance(source, shown),
        hint=_advise(kind, iri),
    )


def _entitle(said: Said, iri: str, kind: str | None) -> str:
    """What it is, in a word or a name."""
    concepts = (said.value(iri, str(name)) for name in (KG.category, KG.stance, KG.factuality))
    words = [notation_of(concept) or "" for concept in concepts if concept]
    return shorten(", ".join(words) if kind in _FACTS and words else name_of(said, iri))


def _find_articles(source: Source, said: Said, iri: str, kind: str | None) -> tuple[str, ...]:
    """The articles that say it or name it, the last published first."""
    if kind == "article":
        return (iri,)
    stated = said.values(iri, str(KG.article))
    if stated:
        return stated
    # Of what is said beyond any one article, the graphs of articles tell which name it.
    rows = source.select(
        f"""SELECT ?article (MAX(STR(?published)) AS ?day) WHERE {{ GRAPH ?article {{ {to_iri(iri)} ?p ?o .
    ?article a kg:Article OPTIONAL {{ ?article schema:datePublished ?published }} }} }}
    GROUP BY ?article ORDER BY DESC(?day) ?article LIMIT 10000"""
    )
    return tuple(row["article"] for row in rows if "article" in row)


def _read_passages(
    source: Source, said: Said, iri: str, kind: str | None, articles: tuple[str, ...]
) -> tuple[Passage, ...]:
    if kind == "evidence":
        return read_passages(source, said, [("sentence", iri)])
    if kind in _FACTS:
        roles = list(_list_roles(said, iri))
        read_names(source, said, (evidence for _, evidence in roles))
        return read_passages(source, said, roles)
    if kind == "article":
        return ()
    names = [name for property_ in _NAMES for name in sorted(said.values(iri, property_), key=len, reverse=True)]
    return find_words(source, articles, [*_name_holders(source, iri, names), *names] if kind == "post" else names)


def _name_holders(source: Source, post: str, roles: Iterable[str]) -> list[str]:
    """How those are named who hold a post, first with it: others may hold one that is called the same."""
    pattern = source.within(f"?who kg:holds {to_iri(post)} ; rdfs:label|skos:altLabel ?name")
    rows = source.select(f"SELECT DISTINCT ?name WHERE {{ {pattern} }} LIMIT {_MOST_NAMES}")
    names = sorted((row["name"] for row in rows), key=len, reverse=True)
    return [*(f"{role} {name}" for role in roles for name in names), *names]


def _list_roles(said: Said, fact: str) -> Iterator[tuple[str, str]]:
    for property_, role in _ROLES.items():
        yield from ((role, evidence) for evidence in said.values(fact, property_)[:MAX_EACH])


def _find_supported(source: Source, evidence: str) -> tuple[str, ...]:
    pattern = source.within(f"?fact kg:evidence {to_iri(evidence)}")
    rows = source.select(f"SELECT DISTINCT ?fact WHERE {{ {pattern} }} ORDER BY ?fact LIMIT {MAX_EACH}")
    return tuple(row["fact"] for row in rows)


def _advise(kind: str | None, iri: str) -> str | None:
    if kind == "article":
        return f"what it says: list_events and list_statements with article={iri}"
    if kind in (*_FACTS, "evidence"):
        return None
    return "this is named, not stated: the passages are where it is named; facts about it come from list_events"
