"""What an answer must look like, by the JSON schemas of the specification: 0.2, and 1.0-draft as of 2023 and later.

Written anew, without their prose, after https://github.com/reconciliation-api/specs; objects that may have no other
members than those named there may have none here.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}
STRINGS: Schema = {"type": "array", "items": STRING}
DATE = (
    r"^(-?(?:[1-9][0-9]*)?[0-9]{4})-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])"
    r"T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?$"
)


def thing(properties: Schema, *required: str, closed: bool = False) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "required": list(required)}
    return {**schema, "additionalProperties": False} if closed else schema


def some(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def either(*schemas: Schema) -> Schema:
    return {"oneOf": list(schemas)}


NAMED = thing({"id": STRING, "name": STRING}, "id")
TYPES = some(either(NAMED, STRING))
VALUE = either(STRING, NUMBER, BOOLEAN, NAMED)
VALUES = either(VALUE, some(VALUE))
BROADER = thing({"id": STRING, "name": STRING, "description": STRING}, "id", "name")
TYPE = thing({"id": STRING, "name": STRING, "description": STRING, "broader": some(BROADER)}, "id", "name")
DESCRIBED = thing({"id": STRING, "name": STRING, "description": STRING}, "id", "name")
SUGGESTED = thing({"id": STRING, "name": STRING, "description": STRING, "notable": TYPES}, "id", "name")
QUALIFIED = thing({**DESCRIBED["properties"], "matchQualifiers": some(DESCRIBED)}, "id", "name")


def setting(id: str, name: str, help: str) -> Schema:
    kinds = {"number": NUMBER, "text": STRING, "checkbox": BOOLEAN, "select": STRING}
    return either(
        *(
            thing(
                {"type": {"enum": [kind]}, "default": default, id: STRING, name: STRING, help: STRING}, id, name, "type"
            )
            for kind, default in kinds.items()
        )
    )


PATH = thing({"service_url": STRING, "service_path": STRING})
SUGGEST = thing(
    {
        "service_url": STRING,
        "service_path": STRING,
        "flyout_service_url": STRING,
        "flyout_service_path": {"type": "string", "pattern": r".*\$\{id\}.*"},
    }
)
VIEW_0_2 = {"type": "string", "pattern": r".*\{\{id\}\}.*"}
VIEW_1_0 = {"type": "string", "pattern": r".*\{.*id.*\}.*"}
SIZE = {"width": {"type": "integer"}, "height": {"type": "integer"}}
ABOUT = dict.fromkeys(("name", "documentation", "serviceVersion", "logo", "identifierSpace", "schemaSpace"), STRING)
MANIFEST_0_2 = thing(
    {
        **ABOUT,
        "versions": some(STRING, contains={"enum": ["0.2"]}),
        "view": thing({"url": VIEW_0_2}, "url"),
        "defaultTypes": some(TYPE, uniqueItems=True),
        "suggest": thing(dict.fromkeys(("entity", "property", "type"), SUGGEST)),
        "preview": thing({"url": VIEW_0_2, **SIZE}, "url", "width", "height"),
        "extend": thing(
            {"propose_properties": PATH, "property_settings": some(setting("name", "label", "help_text"))},
        ),
    },
    "versions",
    "name",
    "identifierSpace",
    "schemaSpace",
)
MANIFEST_1_0 = thing(
    {
        **ABOUT,
        "versions": some(STRING, contains={"enum": ["1.0-draft"]}),
        "lang": STRING,
        "view": thing({"url": VIEW_1_0}, "url"),
        "defaultTypes": some(TYPE, uniqueItems=True),
        "suggest": thing(dict.fromkeys(("entity", "property", "type"), BOOLEAN), "entity", "property", "type"),
        "preview": thing(SIZE, "width", "height"),
        "extend": thing({"proposeProperties": BOOLEAN, "propertySettings": some(setting("id", "name", "helpText"))}),
        "standardizedScore": BOOLEAN,
    },
    "versions",
    "name",
    "view",
)

CONDITION_0_2 = thing({"pid": STRING, "v": VALUES}, "pid", "v")
QUERY_0_2 = {
    **thing(
        {
            "query": STRING,
            "type": either(STRING, STRINGS),
            "limit": NUMBER,
            "properties": some(CONDITION_0_2),
            "type_strict": {"enum": ["any", "should", "all"]},
        },
        closed=True,
    ),
    "anyOf": [{"required": ["query"]}, {"required": ["properties"], "properties": {"properties": {"minItems": 1}}}],
}
QUERIES_0_2 = {"type": "object", "additionalProperties": QUERY_0_2}
CONDITION_1_0 = thing(
    {
        "matchType": {"enum": ["name", "property"]},
        "propertyId": STRING,
        "propertyValue": VALUES,
        "required": BOOLEAN,
        "matchQuantifier": {"enum": ["any", "all", "none"]},
        "matchQualifier": STRING,
    },
    "matchType",
    "propertyValue",
)
QUERY_1_0 = thing(
    {"type": STRING, "limit": NUMBER, "lang": STRING, "dir": STRING, "conditions": some(CONDITION_1_0, minItems=1)},
    "conditions",
    closed=True,
)
QUERIES_1_0 = thing({"queries": some(QUERY_1_0)}, "queries")


def candidate(feature: Schema, *required: str) -> Schema:
    members = {"id": STRING, "name": STRING, "description": STRING, "score": NUMBER, "match": BOOLEAN, "type": TYPES}
    return thing({**members, "features": some(feature)}, *required)


MEASURE = either(BOOLEAN, NUMBER)
RESULTS_0_2 = {
    "type": "object",
    "additionalProperties": thing(
        {"result": some(candidate(thing({"id": STRING, "value": MEASURE}), "id", "name", "score"))}, "result"
    ),
}
FEATURE_1_0 = thing({"id": STRING, "name": STRING, "value": MEASURE}, "id", "name", "value")
RESULTS_1_0 = thing(
    {"results": some(thing({"candidates": some(candidate(FEATURE_1_0, "id", "name"))}, "candidates"))}, "results"
)

SUGGESTED_ENTITIES = thing({"result": some(SUGGESTED)}, "result")
SUGGESTED_TYPES = thing({"result": some(DESCRIBED)}, "result")
SUGGESTED_PROPERTIES = thing({"result": some(QUALIFIED)}, "result")
PROPOSAL = thing({"properties": some(DESCRIBED), "type": STRING, "limit": NUMBER}, "properties")
FLYOUT = thing({"id": STRING, "html": STRING}, "id", "html")

CELL = either(
    thing({}, closed=True),
    thing({"id": STRING, "name": STRING, "description": STRING}, "id", "name", closed=True),
    thing({"str": STRING}, "str", closed=True),
    thing({"float": NUMBER}, "float", closed=True),
    thing({"int": {"type": "integer"}}, "int", closed=True),
    thing({"date": {"type": "string", "pattern": DATE}}, "date", closed=True),
)
EXTENSION = thing({"ids": STRINGS, "properties": some(thing({"id": STRING, "settings": {"type": "object"}}, "id"))})
META = some(
    thing(
        {"id": STRING, "name": STRING, "type": NAMED, "service": {"type": "string", "pattern": "^https?://"}},
        "id",
        "name",
    )
)
ROWS_0_2 = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": some(CELL)}}
EXTENDED_0_2 = thing({"meta": META, "rows": ROWS_0_2}, "meta", "rows")
ROW_1_0 = thing({"id": STRING, "properties": some(thing({"id": STRING, "values": some(CELL)}))})
EXTENDED_1_0 = thing({"meta": META, "rows": some(ROW_1_0)}, "meta", "rows")


def find_faults(schema: Schema, value: object) -> list[str]:
    """What is wrong with `value`, by `schema`."""
    Draft7Validator.check_schema(schema)
    return [f"{list(error.path)}: {error.message}" for error in Draft7Validator(schema).iter_errors(value)]
