"""Graphs as files: N-Quads and TriG keep each graph apart, Turtle and JSON-LD too where they can.

N-Quads: https://www.w3.org/TR/n-quads/; TriG: https://www.w3.org/TR/trig/; Turtle: https://www.w3.org/TR/turtle/;
JSON-LD: https://www.w3.org/TR/json-ld11/. Turtle has no named graphs: there the triples of all graphs stand together.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from rdflib import Dataset, Graph, URIRef

from kg.resources import resource
from kg.triples.ntriples import from_ntriples
from kg.vocab import PREFIXES

NamedGraph = tuple[str | None, bytes]
"""The IRI of a graph, None for the default graph, and its triples, as sorted N-Triples."""


class RdfFormat(StrEnum):
    """How graphs are written."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


def write_graphs(graphs: Iterable[NamedGraph], format: RdfFormat) -> Iterator[bytes]:
    """`graphs` in `format`, UTF-8, a piece at a time; only JSON-LD and Turtle hold more than one graph in memory."""
    if format is RdfFormat.NQUADS:
        for iri, triples in graphs:
            yield _nquads(iri, triples)
    elif format is RdfFormat.TRIG:
        yield from _trig(graphs)
    elif format is RdfFormat.TURTLE:
        merged = _bound(Graph(bind_namespaces="none"))
        for _, triples in graphs:
            merged.parse(data=triples, format="nt")
        yield merged.serialize(format="turtle", encoding="utf-8")
    else:
        yield _jsonld(graphs)


def _nquads(iri: str | None, triples: bytes) -> bytes:
    """Each triple line with the graph's name before its full stop."""
    if iri is None:
        return triples
    ending = f" <{iri}> .\n".encode()
    return b"".join(line.removesuffix(b" .") + ending for line in triples.splitlines())


def _trig(graphs: Iterable[NamedGraph]) -> Iterator[bytes]:
    """One block per graph; the usual prefixes stand once, before the first, any other before the block that has it."""
    usual = [f"@prefix {name}: <{iri}> .\n".encode() for name, iri in sorted(PREFIXES.items())]
    yield b"".join(usual)
    for iri, triples in graphs:
        turtle = _bound(from_ntriples(triples)).serialize(format="turtle", encoding="utf-8")
        lines = turtle.splitlines(keepends=True)
        # Only at the start: such a line may stand in the text of an article too.
        prefixes = list(itertools.takewhile(lambda line: line.startswith(b"@prefix "), lines))
        yield b"".join(line for line in prefixes if line not in usual)
        name = "" if iri is None else f"<{iri}> "
        yield f"\n{name}{{".encode() + b"".join(lines[len(prefixes) :]).rstrip() + b"\n}\n"


def _jsonld(graphs: Iterable[NamedGraph]) -> bytes:
    dataset = Dataset()
    for iri, triples in graphs:
        graph = dataset.default_graph if iri is None else dataset.graph(URIRef(iri))
        graph.parse(data=triples, format="nt")
    context: Mapping[str, Any] = json.loads(resource("ontology", "context.jsonld").read_text("utf-8"))
    text = dataset.serialize(format="json-ld", context=dict(context["@context"]), sort_keys=True, indent=1)
    return (text + "\n").encode()


def _bound(graph: Graph) -> Graph:
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    return graph
