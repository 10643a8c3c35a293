"""Candidates and descriptions of agents -> the JSON of either version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.web.reconcile.entities import CLASSES, Fact
from kg.web.reconcile.identifiers import Identifiers, to_class_id
from kg.web.reconcile.likeness import Way
from kg.web.reconcile.matching import Candidate
from kg.web.reconcile.register import Listed, Register

Json = dict[str, object]

_STATE = CLASSES[0]
_DESCRIBED_BY = {_STATE: ("iso3", "subregion")}
_DESCRIBED_ELSE = ("role", "kind", "state", "organization")
_MOST_ROLES = 2


def candidates_to_json(register: Register, identifiers: Identifiers, candidates: Iterable[Candidate]) -> list[Json]:
    """Candidates as both versions have them."""
    return [_candidate_to_json(register, identifiers, one) for one in candidates]


def _candidate_to_json(register: Register, identifiers: Identifiers, one: Candidate) -> Json:
    return {
        "id": identifiers.to_id(one.agent.iri),
        "name": one.agent.label,
        "description": describe(one.agent, register.facts_of(one.agent)),
        "type": [type_to_json(class_) for class_ in one.agent.classes],
        "score": one.score,
        "match": one.match,
        "features": _features_to_json(one),
    }


def _features_to_json(one: Candidate) -> list[Json]:
    features: list[Json] = []
    if one.by:
        features.append({"id": "name", "name": "likeness of the name", "value": round(100 * one.likeness.value, 1)})
        features.append({"id": "spelt", "name": "spelt so", "value": one.likeness.way in (Way.EXACT, Way.REORDERED)})
    if one.agreement is not None:
        features.append({"id": "properties", "name": "properties that agree", "value": round(100 * one.agreement, 1)})
    return features


def type_to_json(class_: str) -> Json:
    """A type as candidates and suggestions name it."""
    return {"id": to_class_id(class_), "name": to_class_id(class_)}


def describe(agent: Listed, facts: Sequence[Fact]) -> str:
    """An agent in a few words that tell it from its namesakes: what it is, in which office, for whom."""
    words = [to_class_id(agent.classes[0]).lower()]
    for property_ in _DESCRIBED_BY.get(agent.classes[0], _DESCRIBED_ELSE):
        values = {fact.value.casefold(): fact.value for fact in facts if fact.property == property_}
        words += [*values.values()][:_MOST_ROLES]
    return ", ".join(words)


def agent_to_json(register: Register, identifiers: Identifiers, agent: Listed) -> Json:
    """An agent as it is suggested."""
    return {
        "id": identifiers.to_id(agent.iri),
        "name": agent.label,
        "description": describe(agent, register.facts_of(agent)),
        "notable": [type_to_json(class_) for class_ in agent.classes],
    }


def batch_0_2(results: Mapping[str, list[Json]]) -> Json:
    """A result batch of 0.2: by the keys of the queries."""
    return {key: {"result": candidates} for key, candidates in results.items()}


def batch_1_0(results: Iterable[list[Json]]) -> Json:
    """A result batch of 1.0-draft: in the order of the queries."""
    return {"results": [{"candidates": candidates} for candidates in results]}
