"""The beginning of a name -> agents, types or properties to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from kg.web.reconcile.identifiers import Identifiers, to_class
from kg.web.reconcile.kinds import Property, begin_with, list_kinds, properties_of
from kg.web.reconcile.manifest import kind_to_json
from kg.web.reconcile.matching import find_candidates
from kg.web.reconcile.queries import MOST_CANDIDATES, Query
from kg.web.reconcile.register import Listed, Register
from kg.web.reconcile.writing import Json, agent_to_json

_QUALIFIERS = (
    {"id": "closeMatch", "name": "by name, in any spelling or language; what is assumed"},
    {"id": "exactMatch", "name": "letter by letter"},
)


def suggest_agents(
    register: Register, identifiers: Identifiers, prefix: str, type_: str | None, *, limit: int, offset: int
) -> list[Json]:
    """Agents with a name that begins so, or that go by this identifier; where there are none, with one like it."""
    class_ = to_class(type_) if type_ else None
    agent = register.get(identifiers.to_iri(prefix))
    found: Sequence[Listed] = [agent][offset:] if agent else []
    if not agent:
        found = register.find_beginning(prefix, class_=class_, limit=limit, offset=offset)
    if not (found or offset):
        query = Query(prefix, (class_,) if class_ else (), limit=min(limit, MOST_CANDIDATES))
        found = [candidate.agent for candidate in find_candidates(register, identifiers, query)]
    return [agent_to_json(register, identifiers, agent) for agent in found]


def suggest_types(prefix: str, *, limit: int, offset: int) -> list[Json]:
    """Types a word of whose name begins so."""
    found = begin_with(prefix, list_kinds())[offset : offset + limit]
    return [kind_to_json(kind) for kind in found]


def suggest_properties(prefix: str, type_: str | None, *, limit: int, offset: int) -> list[Json]:
    """Properties a word of whose name begins so, with the ways in which their values may be compared."""
    found = begin_with(prefix, properties_of(to_class(type_) if type_ else None))[offset : offset + limit]
    return [{**property_to_json(one), "matchQualifiers": list(_QUALIFIERS)} for one in found]


def propose_properties(type_: str, limit: int | None) -> Json:
    """The properties that agents of a type have, as they are offered to fetch."""
    found = properties_of(to_class(type_) if type_.strip() else None)[:limit]
    proposed: Json = {"type": type_, "properties": [property_to_json(one) for one in found]}
    return proposed if limit is None else {**proposed, "limit": limit}


def property_to_json(one: Property) -> Json:
    """A property as both versions have it."""
    return {"id": one.id, "name": one.name, "description": one.description}
