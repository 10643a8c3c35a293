from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from kg.vocab import KG
from kg.web.reconcile.extension import read_extension
from kg.web.reconcile.queries import Condition, Quantifier, Query, TypeRule
from kg.web.reconcile.reading import read_batch_0_2, read_batch_1_0

from . import schemas

STATE, PERSON = str(KG.State), str(KG.Person)


def name(value: object = "x") -> dict[str, object]:
    return {"matchType": "name", "propertyValue": value}


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ({"query": "x"}, Query("x")),
        ({"query": ""}, Query("")),
        ({"query": "x", "limit": 3}, Query("x", limit=3)),
        ({"query": "x", "limit": 1e9}, Query("x", limit=50)),
        ({"query": "x", "limit": 2.5}, Query("x", limit=2)),
        ({"query": "x", "type": "State"}, Query("x", (STATE,))),
        ({"query": "x", "type": STATE}, Query("x", (STATE,))),
        ({"query": "x", "type": ["kg:State", "Person"]}, Query("x", (STATE, PERSON))),
        ({"query": "x", "type": "State", "type_strict": "should"}, Query("x", (STATE,), TypeRule.SHOULD)),
        ({"query": "x", "properties": []}, Query("x")),
        (
            {"query": "x", "properties": [{"pid": "state", "v": "USA"}]},
            Query("x", conditions=(Condition("state", ("USA",)),)),
        ),
        (
            {"query": "x", "properties": [{"pid": "kg:role", "v": [1, 2.5, True, {"id": "a", "name": "b"}]}]},
            Query("x", conditions=(Condition("role", ("1", "2.5", "True", "a")),)),
        ),
        ({"properties": [{"pid": "iso3", "v": "DEU"}]}, Query(None, conditions=(Condition("iso3", ("DEU",)),))),
    ],
)
def test_queries_of_0_2(query: dict[str, Any], read: Query) -> None:
    assert schemas.find_faults(schemas.QUERIES_0_2, {"q": query}) == []
    assert read_batch_0_2(json.dumps({"q": query})) == {"q": read}


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ({"conditions": [name()]}, Query("x")),
        ({"conditions": [name(["x", "y"])]}, Query("x y")),
        ({"conditions": [name()], "type": "State", "limit": 2, "lang": "en"}, Query("x", (STATE,), limit=2)),
        (
            {
                "conditions": [
                    {
                        "matchType": "property",
                        "propertyId": "state",
                        "propertyValue": ["USA", {"id": "state/DEU"}],
                        "required": True,
                        "matchQuantifier": "none",
                        "matchQualifier": "exactMatch",
                    }
                ]
            },
            Query(None, conditions=(Condition("state", ("USA", "state/DEU"), True, Quantifier.NONE, True),)),
        ),
        (
            {"conditions": [name(), {"matchType": "property", "propertyId": "x", "propertyValue": "y"}]},
            Query("x", conditions=(Condition("x", ("y",)),)),
        ),
    ],
)
def test_queries_of_1_0(query: dict[str, Any], read: Query) -> None:
    assert schemas.find_faults(schemas.QUERIES_1_0, {"queries": [query]}) == []
    assert read_batch_1_0(json.dumps({"queries": [query]}).encode()) == [read]


def test_members_of_older_drafts_are_understood() -> None:
    conditions = [{"matchType": "name", "v": "x"}, {"matchType": "property", "pid": "state", "v": "USA"}]
    read = Query("x", conditions=(Condition("state", ("USA",)),))
    assert read_batch_1_0(json.dumps({"queries": [{"conditions": conditions}]}).encode()) == [read]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "queries is no JSON"),
        ("{", "queries is no JSON"),
        ("[" * 100_000, "queries is no JSON"),
        ('{"q": {"query": "\\ud800"}}', "queries is no JSON"),
        ("[]", "queries is not an object"),
        ('{"q": []}', "queries.q is not an object"),
        ('{"\\n": []}', "queries['\\n'] is not an object"),
        ('{"q": {}}', "queries.q has neither query nor properties"),
        ('{"q": {"properties": []}}', "queries.q has neither query nor properties"),
        ('{"q": {"query": 3}}', "q.query is not a string"),
        ('{"q": {"query": "x", "type": 3}}', "q.type is not a string"),
        ('{"q": {"query": "x", "type_strict": "never"}}', "'never' is not a valid TypeRule"),
        ('{"q": {"query": "x", "limit": 0}}', "q.limit is no positive number"),
        ('{"q": {"query": "x", "limit": NaN}}', "q.limit is no positive number"),
        ('{"q": {"query": "x", "limit": true}}', "q.limit is no positive number"),
        ('{"q": {"query": "x", "limit": "3"}}', "q.limit is no positive number"),
        ('{"q": {"query": "x", "properties": {}}}', "q.properties is not an array"),
        ('{"q": {"query": "x", "properties": [{"property": "p", "v": "x"}]}}', "q.properties has no pid"),
        ('{"q": {"query": "x", "properties": [{"pid": "p"}]}}', "q.properties has no v"),
        ('{"q": {"query": "x", "properties": [{"pid": "p", "v": null}]}}', "is no string, number, boolean or object"),
        ('{"q": {"query": "x", "properties": [{"pid": "p", "v": {"name": "x"}}]}}', "q.properties.v has no id"),
    ],
)
def test_what_is_no_query_of_0_2(text: str, detail: str) -> None:
    with pytest.raises(HTTPException) as caught:
        read_batch_0_2(text)
    assert caught.value.status_code == 400 and detail in caught.value.detail


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ([], "the body is not an object"),
        ({"query": []}, "the body has no queries"),
        ({"queries": {}}, "queries is not an array"),
        ({"queries": [1]}, "queries[0] is not an object"),
        ({"queries": [{}]}, "queries[0] has no conditions"),
        ({"queries": [{"conditions": []}]}, "queries[0].conditions is empty"),
        ({"queries": [{"conditions": [{"propertyValue": "x"}]}]}, "queries[0].conditions[0] has no matchType"),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "queries[0].conditions[0] has no propertyValue"),
        (
            {"queries": [{"conditions": [{"matchType": "age", "propertyValue": 1}]}]},
            "is 'age', neither name nor property",
        ),
        ({"queries": [{"conditions": [{"matchType": "property", "propertyValue": 1}]}]}, "has no propertyId"),
        ({"queries": [{"conditions": [name()], "type": ["State"]}]}, "queries[0].type is not a string"),
        ({"queries": [{"conditions": [{**name(), "matchType": 3}]}]}, "matchType is not a string"),
        (
            {
                "queries": [
                    {
                        "conditions": [
                            {"matchType": "property", "propertyId": "p", "propertyValue": 1, "required": "yes"}
                        ]
                    }
                ]
            },
            "required is not true or false",
        ),
    ],
)
def test_what_is_no_query_of_1_0(body: object, detail: str) -> None:
    with pytest.raises(HTTPException) as caught:
        read_batch_1_0(json.dumps(body).encode())
    assert caught.value.status_code == 400 and detail in caught.value.detail


def test_what_is_too_much() -> None:
    many = {str(i): {"query": "x"} for i in range(51)}
    for read, text in (
        (read_batch_0_2, json.dumps(many)),
        (read_batch_1_0, json.dumps({"queries": [{"conditions": [name()]}] * 51})),
        (lambda text: read_extension(text, "extend"), json.dumps({"ids": ["x"] * 1001, "properties": []})),
        (lambda text: read_extension(text, "extend"), json.dumps({"ids": [], "properties": [{"id": "role"}] * 31})),
    ):
        with pytest.raises(HTTPException) as caught:
            read(text)  # type: ignore[operator]
        assert caught.value.status_code == 413
    values = {"query": "x", "properties": [{"pid": "p", "v": ["x"] * 21}]}
    conditions = {"query": "x", "properties": [{"pid": "p", "v": "x"}] * 11}
    for query in (values, conditions):
        with pytest.raises(HTTPException, match="400"):
            read_batch_0_2(json.dumps({"q": query}))


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("nonsense", "extend is no JSON"),
        ("[]", "extend is not an object"),
        ("{}", "extend.ids is not an array of strings"),
        ('{"ids": [1], "properties": []}', "extend.ids is not an array of strings"),
        ('{"ids": [], "properties": ["x"]}', "extend.properties is not an array of objects"),
        ('{"ids": [], "properties": [{}]}', "one has no id"),
        ('{"ids": [], "properties": [{"id": "nonsense"}]}', "there is no property 'nonsense'"),
        ('{"ids": [], "properties": [{"id": "role", "settings": {"limit": "many"}}]}', "no whole number"),
    ],
)
def test_what_is_no_extension(text: str, detail: str) -> None:
    with pytest.raises(HTTPException) as caught:
        read_extension(text, "extend")
    assert caught.value.status_code == 400 and detail in caught.value.detail
