"""The pages of instances: an article, an agent, anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.responses import Response
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from starlette.requests import Request

from kg.vocab import KG
from kg.web import questions
from kg.web.article_page import read_article
from kg.web.description import Description, Ref, describe, name_of, words_of
from kg.web.lines import Line, read_lines, to_line
from kg.web.negotiation import GRAPHS
from kg.web.querier import select
from kg.web.service import Service
from kg.web.table import Row, Term

MAX_LINES = 200
_AGENTS = ("state", "organization", "person", "group")
_TOLD_ELSEWHERE = tuple(map(str, (RDF.type, RDFS.label, SKOS.altLabel)))


@dataclass(frozen=True, slots=True)
class Property:
    """One row of a table: a property and its values."""

    iri: str
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who represents a state or organization, and the offices by which."""

    ref: Ref
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What any page says of its subject. `labels` are those of the values of `properties`."""

    iri: str
    title: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    properties: tuple[Property, ...]
    labels: Mapping[str, str]


def show(request: Request, service: Service, kind: str, iri: str, *, headers: Mapping[str, str]) -> Response:
    """The page of the instance `iri`; blocking."""
    name = name_of(iri)
    template, context = _fill(service, kind, iri)
    return service.render(request, template, {**context, "name": name, "formats": GRAPHS}, headers=headers)


def _fill(service: Service, kind: str, iri: str) -> tuple[str, dict[str, object]]:
    """Which template shows it, and with what."""
    querier = service.querier
    if kind == "article":
        page = read_article(describe(select(querier, questions.triples_of_graph(iri))), iri)
        return "article.html", {"page": page}
    said = describe(select(querier, questions.said_of(iri)))
    if kind in _AGENTS:
        return "agent.html", {"thing": read_thing(said, iri), "limit": MAX_LINES, **_agent_lines(service, iri)}
    if kind == "graph":
        things = select(querier, questions.things_in_graph(iri, limit=MAX_LINES))
        return "graph.html", {"iri": iri, "things": [_ref(row) for row in things], "limit": MAX_LINES}
    pointing = select(querier, questions.pointing_to(iri, limit=MAX_LINES + 1))
    line = to_line(said, iri)
    return "thing.html", {
        "thing": read_thing(said, iri, line=line),
        "line": line,
        "pointing": [(row["p"].value, _ref(row)) for row in pointing[:MAX_LINES]],
        "more": len(pointing) > MAX_LINES,
    }


def _agent_lines(service: Service, iri: str) -> dict[str, object]:
    statements = read_lines(select(service.querier, questions.statements_by(iri, limit=MAX_LINES + 1)))
    events = read_lines(select(service.querier, questions.events_with(iri, limit=MAX_LINES + 1)))
    people = select(service.querier, questions.people_for(iri, limit=MAX_LINES))
    return {"statements": statements, "events": events, "people": read_people(people)}


def read_people(rows: list[Row]) -> tuple[Person, ...]:
    """The people that rows of ?s ?label ?post name, each once."""
    names: dict[str, str] = {}
    posts: dict[str, dict[str, None]] = {}
    for row in rows:
        iri, label = row["s"].value, row["label"].value
        names[iri] = max(names.get(iri, ""), label, key=len)
        posts.setdefault(iri, {}).update({row["post"].value: None} if "post" in row else {})
    return tuple(Person(Ref(iri, label), tuple(posts[iri])) for iri, label in names.items())


def read_thing(said: Description, iri: str, *, line: Line | None = None) -> Thing:
    """What `said` says of `iri`; a statement or event is called by what it tells."""
    own = said.objects.get(iri, {})
    title = said.label(iri) or (line.title if line else name_of(iri))
    names = dict.fromkeys(term.value for p in (RDFS.label, SKOS.altLabel) for term in said.of(iri, p))
    told = {*_TOLD_ELSEWHERE, str(OWL.sameAs)} if line else set(_TOLD_ELSEWHERE)
    return Thing(
        iri=iri,
        title=title,
        types=_types(said, iri),
        names=tuple(name for name in names if name != title),
        properties=tuple(Property(p, terms) for p, terms in sorted(own.items(), key=_word_order) if p not in told),
        labels=said.labels,
    )


def _word_order(item: tuple[str, object]) -> str:
    return words_of(item[0])


def _types(said: Description, iri: str) -> tuple[str, ...]:
    """Its classes, without those that a more precise one implies."""
    types = [term.value for term in said.of(iri, RDF.type) if term.value.startswith(str(KG._NS))]
    implied = {str(KG.Agent)} | ({str(KG.Person)} if str(KG.Official) in types else set())
    implied |= {str(KG.Group)} if str(KG.OfficialGroup) in types else set()
    return tuple(type_ for type_ in types if type_ not in implied)


def _ref(row: Row) -> Ref:
    iri = row["s"].value
    return Ref(iri, row["label"].value if "label" in row else name_of(iri))
