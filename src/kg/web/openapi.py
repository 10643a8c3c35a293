"""What the OpenAPI description says beyond what FastAPI can tell: routes here read requests themselves.

OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0. Routes are told apart by their tags; those of `/graphs` have notes of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.export import OUTPUTS
from kg.web import protocol
from kg.web.graph_notes import FORMAT, PROBLEM_CONTENT
from kg.web.negotiation import GRAPHS, HTML, RESULTS, Format

Notes = dict[str, Any]

_TEXT: Notes = {"schema": {"type": "string"}}
_DETAILS: Mapping[str, str] = {
    "400": "What is asked is malformed; of a query, `detail` says where.",
    "401": "The token is missing or wrong.",
    "403": "It asks for what is never done here, or for more than is given.",
    "404": "There is no such thing.",
    "405": "This is not done by this method; updates are not done at all.",
    "406": "None of our formats is accepted.",
    "408": "The body did not come in time.",
    "410": "It was removed.",
    "413": "The body is larger than is allowed, as it is or once it is unpacked.",
    "415": "The body is of a type, or packed in a way, that is not taken.",
    "422": "The article cannot be read, or does not conform; `detail` says why.",
    "429": "The client asks too often; `Retry-After` says when to ask again.",
    "503": "Too much is asked at once, or a query took too much memory, or the index cannot be used now.",
    "504": "The query ran past its time.",
}
_ASKED = ("503", "504")
_SENT = ("400", "408", "413", "415")
_PROBLEMS: Mapping[str, tuple[str, ...]] = {
    "pages": ("400", *_ASKED),
    "sparql": ("400", "403", "405", "406", *_ASKED),
    "articles": (*_SENT, "401", "403", "422", "503"),
    "graphs": (),
    "exports": ("400", "503"),
    "vocabularies": ("404", "406"),
    "linked data": ("404", "406", "410", *_ASKED),
    "reconciliation": ("400", "503"),
}
_QUERY_PARAMETERS = [
    {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
    for name, text in (
        ("query", "The query; without one, the service describes itself."),
        ("default-graph-uri", "A graph that the query is to see in its default graph; may be given several times."),
        ("named-graph-uri", "A graph that the query is to see by its name; may be given several times."),
    )
]
_FORM_FIELDS = ("query", "default-graph-uri", "named-graph-uri", "format")
_FORM: Notes = {
    "schema": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in _FORM_FIELDS},
        "required": ["query"],
    }
}
_BATCH: Notes = {"schema": {"type": "string"}, "description": "A batch of queries by 0.2, as JSON."}
_RECONCILE_PARAMETERS = [
    {"name": "queries", "in": "query", **_BATCH},
    {"name": "extend", "in": "query", "schema": {"type": "string"}, "description": "What to fetch by 0.2, as JSON."},
    {"name": "version", "in": "query", "schema": {"enum": ["0.2", "1.0-draft"]}, "description": "Of the manifest."},
    {"name": "callback", "in": "query", "schema": {"type": "string"}, "description": "A function to call (JSONP)."},
]
_RECONCILE_FORM: Notes = {
    "schema": {"type": "object", "properties": dict.fromkeys(("queries", "extend"), _TEXT["schema"])}
}
_BODIES: Mapping[str, Notes] = {
    "/reconcile": {protocol.FORM: _RECONCILE_FORM},
    "/reconcile/match": {
        "application/json": {
            "schema": {"type": "object", "required": ["queries"], "properties": {"queries": {"type": "array"}}}
        }
    },
    "/reconcile/extend": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["ids", "properties"],
                "properties": {"ids": {"type": "array"}, "properties": {"type": "array"}},
            }
        }
    },
    "/sparql": {protocol.FORM: _FORM, protocol.QUERY: _TEXT},
    "/articles": {
        "application/json": {
            "schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
        },
        **dict.fromkeys(("text/html", "application/xhtml+xml", "text/plain"), _TEXT),
    },
}
_MORE_PROBLEMS: Mapping[str, tuple[str, ...]] = {
    "/reconcile/preview": ("404",),
    "/reconcile/flyout/{shelf}": ("404",),
    "/reconcile/extend": ("504",),
}
_ASKS_NOTHING = ("/healthz", "/context.jsonld")
_EXPORTED: Mapping[str, str] = {
    **{output.file.rpartition(".")[2]: output.media_type for output in OUTPUTS.values()},
    "md": "text/markdown",
    "json": "application/json",
}
_IRI: Notes = {"schema": {"type": "object", "properties": {"iri": {"type": "string"}}, "required": ["iri"]}}


def describe(description: Notes) -> Notes:
    """`description`, as FastAPI makes it, put right: what comes, in which formats, and what may go wrong."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            _describe_one(path, method, operation)
    # FastAPI's own answer to a wrong parameter, which is not ours.
    for name in ("HTTPValidationError", "ValidationError"):
        description.get("components", {}).get("schemas", {}).pop(name, None)
    return description


def _describe_one(path: str, method: str, operation: Notes) -> None:
    responses: Notes = operation["responses"]
    tag = operation.get("tags", [""])[0]
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]
    statuses = [
        *_PROBLEMS.get(tag, ()),
        *_MORE_PROBLEMS.get(path, ()),
        *(_SENT if method in ("put", "post") and path in _BODIES else ()),
        "429",
    ]
    if tag == "graphs" and method in ("put", "post"):
        statuses.append("408")
    if path in _ASKS_NOTHING:
        statuses = ["429"]
    for status in statuses:
        if status != "410" or path.startswith("/article/"):
            responses.setdefault(status, {"description": _DETAILS[status], "content": PROBLEM_CONTENT})
    if content := _content(path, tag):
        responses["201" if path == "/articles" else "200"]["content"] = content
    if method == "post" and path in _BODIES:
        operation["requestBody"] = {"content": _BODIES[path], "required": True}
    if path == "/sparql":
        operation["parameters"] = [*(_QUERY_PARAMETERS if method == "get" else _QUERY_PARAMETERS[1:]), FORMAT]
    if path == "/reconcile" and method == "get":
        operation["parameters"] = _RECONCILE_PARAMETERS


def _content(path: str, tag: str) -> Notes | None:
    """What comes where all goes well; None where that is said already."""
    if path == "/healthz" or tag == "graphs":
        return None
    if path == "/articles":
        return {"application/json": _IRI}
    if path == "/context.jsonld":
        return {"application/ld+json": {}}
    if tag == "exports":
        return {_EXPORTED.get(path.rpartition(".")[2], HTML.media_type): _TEXT}
    if tag == "reconciliation":
        return (
            {"text/html": _TEXT} if path == "/reconcile/preview" else {"application/json": {}, "text/javascript": _TEXT}
        )
    formats: Iterable[Format] = {"pages": (HTML,), "sparql": (*RESULTS, *GRAPHS, HTML)}.get(tag, (*GRAPHS, HTML))
    return {format.media_type: {} if "json" in format.media_type else _TEXT for format in formats}
