"""Graphs as JSON-LD 1.1, compacted with our context: https://www.w3.org/TR/json-ld11-api/#compaction-algorithm.

What comes in is triples, so nothing is needed of that algorithm but to choose terms; and what goes out is a document
of any size, a graph at a time.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.resources import resource
from kg.vocab import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"


@dataclass(frozen=True, slots=True)
class _Context:
    """A context: how it is written, and by IRI its terms, each with the type that it gives to its values, if any.

    `id` and `type` are its names for the keywords, `prefixes` those that it has names for namespaces.
    """

    value: Any
    terms: dict[str, tuple[str, str | None]]
    id: str
    type: str
    prefixes: dict[str, str]


_NONE = _Context(None, {}, "@id", "@type", {})
"""No context: names are IRIs, and nothing is short for anything."""


def write_jsonld(graphs: Iterable[tuple[str | None, bytes]]) -> Iterator[bytes]:
    """One object per named graph, with its nodes in `@graph`; the nodes of the default graph beside these.

    The triples of each graph are N-Triples; what comes is UTF-8, a piece at a time.
    """
    ours = _load_context()
    text = json.dumps(ours.value, indent=1).replace("\n", "\n ")
    yield f'{{\n "@context": {text},\n "@graph": ['.encode()
    separator = "\n"
    for iri, ntriples in graphs:
        context = _choose(ours, iri, ntriples)
        own = {} if context is ours else {"@context": context.value}
        nodes = _nodes(context, ntriples)
        objects = [own | node for node in nodes] if iri is None else [own | {context.id: iri, "@graph": nodes}]
        for one in objects:
            yield (separator + json.dumps(one, ensure_ascii=False, indent=1)).encode()
            separator = ",\n"
    yield b"\n ]\n}\n"


def _choose(ours: _Context, iri: str | None, ntriples: bytes) -> _Context:
    """Our context, but for a graph with an IRI such as `schema:name`, which would be read as one that is shortened."""
    schemes = "|".join(ours.prefixes)
    is_taken = re.search(f"<(?:{schemes}):".encode(), f"<{iri}>\n".encode() + ntriples)
    return _NONE if is_taken else ours


def _nodes(context: _Context, ntriples: bytes) -> list[dict[str, Any]]:
    """A node object per subject, in the order of the triples."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES):
        subject = _id(triple.subject)
        key, value = _entry(context, triple.predicate.value, triple.object)
        nodes.setdefault(subject, {context.id: subject}).setdefault(key, []).append(value)
    return [_tidy(context, node) for node in nodes.values()]


def _entry(context: _Context, predicate: str, value: Any) -> tuple[str, Any]:
    """A key and one of its values."""
    if isinstance(value, ox.Literal):
        term, type = context.terms.get(predicate, (predicate, None))
        return term, _literal(context, value, type)
    if predicate == _TYPE:
        return context.type, context.terms.get(_id(value), (_id(value), None))[0]
    term, type = context.terms.get(predicate, (predicate, None))
    return term, _id(value) if type == "@id" else {context.id: _id(value)}


def _literal(context: _Context, literal: ox.Literal, type: str | None) -> str | dict[str, str]:
    """A string where its term says the rest, else a value object."""
    datatype = literal.datatype.value
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    if datatype == (type or _STRING):
        return literal.value
    return {"@value": literal.value} | ({} if datatype == _STRING else {context.type: _shorten(context, datatype)})


def _shorten(context: _Context, datatype: str) -> str:
    """A type of XML Schema by its prefix."""
    name = datatype.removeprefix(PREFIXES["xsd"])
    return f"xsd:{name}" if "xsd" in context.prefixes and name != datatype and name.isalpha() else datatype


def _id(node: Any) -> str:
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else str(node.value)


def _tidy(context: _Context, node: dict[str, Any]) -> dict[str, Any]:
    """The same with its types after its ID, and single values for lists of one."""
    first = {key: node[key] for key in (context.id, context.type) if key in node} | node
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in first.items()}


@functools.cache
def _load_context() -> _Context:
    context = json.loads(resource("ontology", "context.jsonld").read_text("utf-8"))["@context"]
    prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
    terms = {}
    for name, meant in context.items():
        definition = {"@id": meant} if isinstance(meant, str) else meant
        if name.startswith("@") or name in prefixes or definition["@id"].startswith("@"):
            continue
        type = definition.get("@type")
        terms[_expand(definition["@id"], prefixes)] = name, type and _expand(type, prefixes)
    return _Context(context, terms, "id", "type", prefixes)


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, rest = name.partition(":")
    return prefixes[prefix] + rest if prefix in prefixes else name
