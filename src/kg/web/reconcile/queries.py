"""What a client asks, in either version of the protocol, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_LIMIT = 5
MOST_CANDIDATES = 50


class Quantifier(StrEnum):
    """Which of the values of a condition an entity must have."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class TypeRule(StrEnum):
    """What becomes of entities that are not of the types asked for (0.2, `type_strict`)."""

    ANY = "any"
    ALL = "all"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Condition:
    """What an entity should have as a property; one that is `required` keeps others out.

    With `exact`, values must be the same letter by letter.
    """

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = Quantifier.ANY
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One name to reconcile, or none where only conditions tell who is meant. `types` are IRIs of classes."""

    name: str | None
    types: tuple[str, ...] = ()
    type_rule: TypeRule = TypeRule.ANY
    conditions: tuple[Condition, ...] = ()
    limit: int = DEFAULT_LIMIT
