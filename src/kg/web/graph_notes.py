"""What the OpenAPI description says of `/graphs`: the routes read requests themselves, so FastAPI cannot tell."""

from __future__ import annotations

from typing import Any

from kg.web.negotiation import GRAPHS
from kg.web.payloads import FORM, TYPES

Notes = dict[str, Any]

_PATH = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The address as a whole is the IRI of the graph.",
    "schema": {"type": "string"},
}
_GRAPH = {
    "name": "graph",
    "in": "query",
    "description": "The IRI of the graph, resolved against this address.",
    "schema": {"type": "string"},
}
_DEFAULT = {
    "name": "default",
    "in": "query",
    "description": "The default graph; given without a value.",
    "allowEmptyValue": True,
    "schema": {"type": "string"},
}
FORMAT = {
    "name": "format",
    "in": "query",
    "description": "The format of what is read, by media type or short name; goes before the Accept header.",
    "schema": {"type": "string"},
}
DIRECT: Notes = {"parameters": [_PATH, FORMAT]}
INDIRECT: Notes = {"parameters": [_GRAPH, _DEFAULT, FORMAT]}

_GRAPH_CONTENT: Notes = {format.media_type: {"schema": {"type": "string"}} for format in GRAPHS}
_BODY: Notes = {media_type: {"schema": {"type": "string"}} for media_type in TYPES}
_FORM: Notes = {FORM: {"schema": {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}}}
PROBLEM_CONTENT: Notes = {"application/problem+json": {"schema": {"type": "object"}}, "text/html": {}}

_DETAILS = {
    "400": "What is sent is malformed (with line and column), or the parameters name no graph, or more than one.",
    "401": "The token is missing or wrong.",
    "403": "Writing is off.",
    "404": "There is no such graph.",
    "405": "The default graph is the union of all others, and cannot be written.",
    "406": "None of our formats is accepted.",
    "409": "The graph is not one that anybody may write; `detail` says why.",
    "413": "What is sent is larger than is allowed.",
    "415": "What is sent is of a type that is not taken.",
    "422": "The graph would not conform to the shapes; `report` says how.",
    "503": "The journal or the index cannot be used now.",
    "504": "Reading took too long.",
}


def _problems(*statuses: str) -> Notes:
    return {status: {"description": _DETAILS[status], "content": PROBLEM_CONTENT} for status in statuses}


_CREATED: Notes = {
    "description": "The graph is new and durable; `Location` says where it is.",
    "headers": {"Location": {"schema": {"type": "string"}}},
    "content": {"application/json": {"schema": {"type": "object", "properties": {"iri": {"type": "string"}}}}},
}
_CHANGED: Notes = {"description": "The graph that was there is as it shall be now, durably."}
_WRITES = ("400", "401", "403", "405", "409", "413", "415", "422", "503")

GETS: Notes = {
    "responses": {
        "200": {"description": "The graph, or a list of graphs.", "content": {**_GRAPH_CONTENT, "text/plain": {}}},
        **_problems("400", "404", "406", "503", "504"),
    }
}
PUTS: Notes = {
    "requestBody": {"content": _BODY},
    "responses": {"201": _CREATED, "204": _CHANGED, **_problems(*_WRITES)},
}
POSTS: Notes = {**PUTS, "requestBody": {"content": {**_BODY, **_FORM}}}
DELETES: Notes = {
    "responses": {
        "204": {"description": "The graph is no more."},
        **_problems("400", "401", "403", "404", "405", "409", "503"),
    },
}
