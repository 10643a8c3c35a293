"""Conditions of a query against what the register knows of an agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kg.web.reconcile.entities import CLASSES, Fact, NameKind
from kg.web.reconcile.forms import Form, to_form
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.queries import Condition, Quantifier
from kg.web.reconcile.register import Listed, Register

_SAME = 0.85  # how like a value must be


@dataclass(frozen=True, slots=True)
class Agreement:
    """The share of the conditions that is met, of those that can be judged; None where none can."""

    share: float | None


def judge(
    register: Register, identifiers: Identifiers, agent: Listed, conditions: Sequence[Condition]
) -> Agreement | None:
    """How far `agent` meets `conditions`; None where it does not meet one that is required.

    Where nothing is known of a property, nothing is judged, save that a required condition is not met.
    """
    facts = register.facts_of(agent)
    met = []
    for condition in conditions:
        known = _values_of(register, agent, facts, condition.property)
        is_met = meets(register, identifiers, known, condition)
        if condition.required and not is_met:
            return None
        if known:
            met.append(is_met)
    return Agreement(sum(met) / len(met) if met else None)


def _values_of(register: Register, agent: Listed, facts: Sequence[Fact], property_: str) -> list[Fact]:
    names = [Fact(property_, name) for name in find_names(register, agent, property_)]
    return names or [fact for fact in facts if fact.property == property_]


def find_names(register: Register, agent: Listed, property_: str) -> list[str]:
    """The names of `agent` that are values of `alternativeName` or `foreignName`; none of any other property.

    A demonym is no name of a state, but a surname is one of a person.
    """
    also = () if agent.classes[0] == CLASSES[0] else (NameKind.HINT,)
    kinds = {"alternativeName": (NameKind.OTHER, *also), "foreignName": (NameKind.FOREIGN,)}.get(property_, ())
    return [text for text, kind in register.names_of(agent) if kind in kinds] if kinds else []


def meets(register: Register, identifiers: Identifiers, known: Sequence[Fact], condition: Condition) -> bool:
    """Whether the values that are `known` meet `condition`."""
    has = [
        any(_is_same(register, identifiers, fact, value, exact=condition.exact) for fact in known)
        for value in condition.values
    ]
    if condition.quantifier is Quantifier.NONE:
        return not any(has)
    return all(has) if condition.quantifier is Quantifier.ALL else any(has)


def _is_same(register: Register, identifiers: Identifiers, fact: Fact, value: str, *, exact: bool) -> bool:
    if fact.iri and identifiers.to_iri(value) == fact.iri:
        return True
    if exact:
        return value == fact.value
    asked = to_form(value)
    # An agent may be given by any of its names, in any language, and by its code.
    return _is_like(asked, to_form(fact.value)) or (fact.iri is not None and register.is_called(fact.iri, asked, value))


def _is_like(asked: Form, known: Form) -> bool:
    """Whether two values are the same but for a slip; there may be many to compare, so words stay in their order."""
    if not asked.whole:
        return False
    is_same = asked.whole == known.whole or asked.loose == known.loose
    return is_same or OSA.normalized_similarity(asked.whole, known.whole) >= _SAME
