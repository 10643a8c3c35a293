"""JSON of clients -> queries. What is not as the protocol says is answered by 400, with the place where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TypeVar

from starlette.exceptions import HTTPException

from kg.web.reconcile.identifiers import to_class
from kg.web.reconcile.kinds import find_property
from kg.web.reconcile.manifest import MOST_QUERIES
from kg.web.reconcile.queries import DEFAULT_LIMIT, MOST_CANDIDATES, Condition, Quantifier, Query, TypeRule

Value = TypeVar("Value")
JsonObject = Mapping[str, object]

_MOST_CONDITIONS = 10
_MOST_VALUES = 20  # of all conditions of a query
_EXACT = frozenset(("exactmatch", "skos:exactmatch"))
_KINDS = {str: "a string", list: "an array", dict: "an object", bool: "true or false"}


def refuse(detail: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HTTPException:
    """The answer to what cannot be understood."""
    return HTTPException(status, detail)


def parse_json(text: str | bytes, what: str) -> object:
    """The JSON value that `what` holds.

    Raises:
        HTTPException: 400.
    """
    try:
        value = json.loads(text)
        # JSON can name half a character, which no answer could repeat.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise refuse(f"{what} is no JSON: {error}") from error
    return value


def read_batch_0_2(text: str) -> dict[str, Query]:
    """The queries of a batch in the form of 0.2, by their keys."""
    batch = _as(dict, parse_json(text, "queries"), "queries")
    _check_length(batch)
    return {key: _read_query_0_2(_as(dict, query, _place(key)), _place(key)) for key, query in batch.items()}


def _place(key: str) -> str:
    """Where a query stands, in one line, however it is called."""
    return f"queries.{key}" if key.isidentifier() and len(key) < 50 else f"queries[{key[:50]!r}]"


def read_batch_1_0(text: bytes) -> list[Query]:
    """The queries of a batch in the form of 1.0-draft."""
    root = _as(dict, parse_json(text, "the body"), "the body")
    batch = _as(list, _require(root, "queries", "the body"), "queries")
    _check_length(batch)
    return [_read_query_1_0(_as(dict, query, f"queries[{i}]"), f"queries[{i}]") for i, query in enumerate(batch)]


def _check_length(batch: Mapping[str, object] | Sequence[object]) -> None:
    if len(batch) > MOST_QUERIES:
        detail = f"a batch has at most {MOST_QUERIES} queries (batchSize), not {len(batch)}"
        raise refuse(detail, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _read_query_0_2(query: JsonObject, where: str) -> Query:
    name = _optional(str, query, "query", where)
    types = query.get("type") or []
    types = [_as(str, one, f"{where}.type") for one in (types if isinstance(types, list) else [types])]
    rule = _as_one_of(TypeRule, query.get("type_strict") or TypeRule.ANY, f"{where}.type_strict")
    pairs = _optional(list, query, "properties", where) or []
    conditions = [_read_pair(_as(dict, one, f"{where}.properties"), f"{where}.properties") for one in pairs]
    if name is None and not conditions:
        raise refuse(f"{where} has neither query nor properties")
    return _make_query(name, types, rule, conditions, query, where)


def _read_query_1_0(query: JsonObject, where: str) -> Query:
    type_ = _optional(str, query, "type", where)
    given = _as(list, _require(query, "conditions", where), f"{where}.conditions")
    if not given:
        raise refuse(f"{where}.conditions is empty")
    names: list[str] = []
    conditions = []
    for i, one in enumerate(given):
        place = f"{where}.conditions[{i}]"
        condition = _as(dict, one, place)
        match _as(str, _require(condition, "matchType", place), f"{place}.matchType"):
            case "name":
                names += _read_values(_require_either(condition, "propertyValue", "v", place), place)
            case "property":
                conditions.append(_read_condition(condition, place))
            case other:
                raise refuse(f"{place}.matchType is {other[:50]!r}, neither name nor property")
    return _make_query(" ".join(names) or None, [type_] if type_ else [], TypeRule.ANY, conditions, query, where)


def _make_query(
    name: str | None,
    types: Sequence[str],
    rule: TypeRule,
    conditions: Sequence[Condition],
    query: JsonObject,
    where: str,
) -> Query:
    if len(conditions) > _MOST_CONDITIONS:
        raise refuse(f"{where} has more than {_MOST_CONDITIONS} conditions")
    if sum(len(condition.values) for condition in conditions) > _MOST_VALUES:
        raise refuse(f"the conditions of {where} have more than {_MOST_VALUES} values")
    limit = query.get("limit")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1):
        raise refuse(f"{where}.limit is no positive number")
    most = DEFAULT_LIMIT if limit is None else int(min(limit, MOST_CANDIDATES))
    return Query(name, tuple(map(to_class, types)), rule, tuple(conditions), most)


def _read_pair(pair: JsonObject, where: str) -> Condition:
    """A property of 0.2: `pid` and `v`."""
    property_ = _as(str, _require(pair, "pid", where), f"{where}.pid")
    return Condition(_name_property(property_), tuple(_read_values(_require(pair, "v", where), f"{where}.v")))


def _read_condition(condition: JsonObject, where: str) -> Condition:
    """A condition of 1.0-draft on a property; older drafts call its members `pid` and `v`."""
    property_ = _as(str, _require_either(condition, "propertyId", "pid", where), f"{where}.propertyId")
    quantifier = condition.get("matchQuantifier", Quantifier.ANY)
    qualifier = _optional(str, condition, "matchQualifier", where) or ""
    return Condition(
        _name_property(property_),
        tuple(_read_values(_require_either(condition, "propertyValue", "v", where), where)),
        _optional(bool, condition, "required", where) or False,
        _as_one_of(Quantifier, quantifier, f"{where}.matchQuantifier"),
        qualifier.lower() in _EXACT,
    )


def _name_property(id: str) -> str:
    """The property's own name; one that nobody has stays as it is: nothing is known of it."""
    known = find_property(id)
    return known.id if known else id


def _read_values(value: object, where: str) -> list[str]:
    """Strings for one value or several: an entity gives its id, a number its digits."""
    return [_read_value(one, where) for one in (value if isinstance(value, list) else [value])]


def _read_value(value: object, where: str) -> str:
    if isinstance(value, dict):
        return _as(str, _require(value, "id", where), f"{where}.id")
    if isinstance(value, str | int | float):
        return str(value)
    raise refuse(f"{where} is no string, number, boolean or object with an id")


def _as(kind: type[Value], value: object, where: str) -> Value:
    if not isinstance(value, kind):
        raise refuse(f"{where} is not {_KINDS[kind]}")
    return value


def _as_one_of(kind: type[Value], value: object, where: str) -> Value:
    try:
        return kind(value)  # type: ignore[call-arg]
    except ValueError as error:
        raise refuse(f"{where}: {str(error)[:200]}") from error


def _optional(kind: type[Value], of: JsonObject, member: str, where: str) -> Value | None:
    value = of.get(member)
    return None if value is None else _as(kind, value, f"{where}.{member}")


def _require(of: JsonObject, member: str, where: str) -> object:
    if member not in of:
        raise refuse(f"{where} has no {member}")
    return of[member]


def _require_either(of: JsonObject, member: str, older: str, where: str) -> object:
    return of[older] if member not in of and older in of else _require(of, member, where)
