"""The pages of instances: an article, an agent, anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.responses import Response
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from starlette.requests import Request

from kg.vocab import KG
from kg.web import questions
from kg.web.agent_page import MAX_PEOPLE, Part, read_overview, read_part, read_people
from kg.web.article_page import read_article
from kg.web.description import Description, Ref, describe, name_of, words_of
from kg.web.lines import Line, to_line
from kg.web.negotiation import GRAPHS
from kg.web.querier import Querier, select
from kg.web.service import Service
from kg.web.signposts import Signpost
from kg.web.table import Row, Term

MAX_LINES = 200
AGENTS = ("state", "organization", "person", "group")
_TOLD_ELSEWHERE = tuple(map(str, (RDF.type, RDFS.label, SKOS.altLabel)))


@dataclass(frozen=True, slots=True)
class View:
    """A page of one of the lists of an agent."""

    part: Part
    page: int


@dataclass(frozen=True, slots=True)
class Property:
    """One row of a table: a property and its values."""

    iri: str
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What any page says of its subject. `labels` are those of the values of `properties`."""

    iri: str
    title: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    properties: tuple[Property, ...]
    labels: Mapping[str, str]


def show(
    request: Request,
    service: Service,
    kind: str,
    iri: str,
    *,
    view: View | None,
    signposts: tuple[Signpost, ...],
    headers: Mapping[str, str],
) -> Response:
    """The page of the instance `iri`, or the `view` of it; blocking."""
    template, context = _fill(service, kind, iri, view)
    context |= {"name": name_of(iri), "formats": GRAPHS, "signposts": signposts}
    return service.render(request, template, context, headers=headers)


def _fill(service: Service, kind: str, iri: str, view: View | None) -> tuple[str, dict[str, object]]:
    """Which template shows it, and with what."""
    querier = service.querier
    if kind == "article":
        page = read_article(describe(select(querier, questions.triples_of_graph(iri))), iri)
        return "article.html", {"page": page}
    if kind in AGENTS:
        return _fill_agent(querier, iri, view)
    said = describe(select(querier, questions.said_of(iri)))
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


def _fill_agent(querier: Querier, iri: str, view: View | None) -> tuple[str, dict[str, object]]:
    """The whole page of an agent, or a page of one of its lists."""
    thing = read_thing(describe(select(querier, questions.said_of(iri))), iri)
    if view is not None:
        return "agent_part.html", {"thing": thing, "list": read_part(querier, iri, view.part, view.page)}
    people = read_people(select(querier, questions.people_for(iri, limit=MAX_PEOPLE)))
    lists = read_overview(querier, iri)
    return "agent.html", {"thing": thing, "people": people, "lists": lists, "limit": MAX_PEOPLE}


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
