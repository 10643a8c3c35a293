"""Data extension: agents and properties -> the values that each agent has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from kg.web import questions
from kg.web.querier import Querier, select
from kg.web.reconcile.conditions import find_names
from kg.web.reconcile.entities import Fact
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.kinds import WIKIDATA_SERVICE, Property, Source, find_property
from kg.web.reconcile.reading import parse_json, refuse
from kg.web.reconcile.register import Listed, Register
from kg.web.reconcile.writing import Json, type_to_json

MOST_IDS = 1000
MOST_PROPERTIES = 30

_COUNTS: Mapping[str, Callable[[Iterable[str]], str]] = {
    "statements": questions.count_statements,
    "events": questions.count_events,
    "articles": questions.count_articles,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property to fetch, and no more than so many of its values; 0 is all."""

    property: Property
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Extension:
    """What a client wants to know of which agents."""

    ids: tuple[str, ...]
    wanted: tuple[Wanted, ...]


def read_extension(text: str | bytes, what: str) -> Extension:
    """The query that the JSON in `what` holds.

    Raises:
        HTTPException: 400 where it is no such query, 413 where it asks for too much.
    """
    root = parse_json(text, what)
    if not isinstance(root, dict):
        raise refuse(f"{what} is not an object")
    ids, properties = root.get("ids"), root.get("properties")
    if not (isinstance(ids, list) and all(isinstance(id, str) for id in ids)):
        raise refuse(f"{what}.ids is not an array of strings")
    if not (isinstance(properties, list) and all(isinstance(one, dict) for one in properties)):
        raise refuse(f"{what}.properties is not an array of objects")
    for name, many, most in (("ids", ids, MOST_IDS), ("properties", properties, MOST_PROPERTIES)):
        if len(many) > most:
            raise refuse(f"{what}.{name} has more than {most}", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return Extension(tuple(ids), tuple(_read_wanted(one, what) for one in properties))


def _read_wanted(given: Mapping[str, object], what: str) -> Wanted:
    id, settings = given.get("id"), given.get("settings") or {}
    if not isinstance(id, str):
        raise refuse(f"{what}.properties: one has no id")
    found = find_property(id)
    if found is None:
        raise refuse(f"there is no property {id[:50]!r}: /reconcile/extend/propose lists them")
    limit = settings.get("limit") if isinstance(settings, dict) else None
    try:
        return Wanted(found, max(0, int(str(limit or 0))))
    except ValueError as error:
        raise refuse(f"{what}.properties: the limit of {id} is no whole number") from error


def extend(
    register: Register, querier: Querier, identifiers: Identifiers, extension: Extension
) -> tuple[list[Json], dict[str, dict[str, list[Json]]]]:
    """What is said of the properties, and the values by identifier and property; an unknown agent has none."""
    agents = {id: register.get(identifiers.to_iri(id)) for id in extension.ids}
    iris = sorted({agent.iri for agent in agents.values() if agent})
    counts = {
        wanted.property.id: _count(querier, wanted.property.id, iris)
        for wanted in extension.wanted
        if wanted.property.source is Source.COUNT
    }
    rows: dict[str, dict[str, list[Json]]] = {
        id: _row_of(register, identifiers, counts, agent, extension.wanted)
        if agent
        else {wanted.property.id: [] for wanted in extension.wanted}
        for id, agent in agents.items()
    }
    return [_property_to_meta(wanted.property) for wanted in extension.wanted], rows


def _count(querier: Querier, property_: str, iris: Sequence[str]) -> Mapping[str, int]:
    rows = select(querier, _COUNTS[property_](iris)) if iris else []
    return {row["s"].value: int(row["n"].value) for row in rows if "s" in row}


def _row_of(
    register: Register,
    identifiers: Identifiers,
    counts: Mapping[str, Mapping[str, int]],
    agent: Listed,
    wanted: Sequence[Wanted],
) -> dict[str, list[Json]]:
    """The values of one agent, by property."""
    facts = register.facts_of(agent)
    row: dict[str, list[Json]] = {}
    for one in wanted:
        id = one.property.id
        match one.property.source:
            case Source.COUNT:
                values: list[Json] = [{"int": counts[id].get(agent.iri, 0)}]
            case Source.NAME:
                values = [{"str": name} for name in find_names(register, agent, id)]
            case Source.FACT:
                values = [_fact_to_json(identifiers, agent, fact) for fact in facts if fact.property == id]
        row[id] = values[: one.limit or None]
    return row


def _fact_to_json(identifiers: Identifiers, agent: Listed, fact: Fact) -> Json:
    if fact.iri:
        return {"id": identifiers.to_id(fact.iri), "name": fact.value}
    if fact.property == "wikidata":
        return {"id": fact.value, "name": agent.label}
    return {"str": fact.value}


def _property_to_meta(property_: Property) -> Json:
    meta: Json = {"id": property_.id, "name": property_.name}
    if property_.value_class:
        meta["type"] = type_to_json(property_.value_class)
    if property_.id == "wikidata":
        meta["service"] = WIKIDATA_SERVICE
    return meta


def rows_to_1_0(rows: Mapping[str, Mapping[str, list[Json]]]) -> list[Json]:
    """The rows of a response in the form of 1.0-draft."""
    return [
        {"id": id, "properties": [{"id": name, "values": values} for name, values in properties.items()]}
        for id, properties in rows.items()
    ]
