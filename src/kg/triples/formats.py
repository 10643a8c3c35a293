"""Graphs as files, one after the other: N-Quads, TriG and JSON-LD keep each apart.

N-Quads: https://www.w3.org/TR/n-quads/; TriG: https://www.w3.org/TR/trig/; Turtle: https://www.w3.org/TR/turtle/;
JSON-LD: https://www.w3.org/TR/json-ld11/. Turtle has no named graphs: there the triples of all graphs stand together.

Literals stay as they are written: rdflib, by which it was done before, makes `1` of `001`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import pyoxigraph as ox

from kg.triples.jsonld import write_jsonld
from kg.vocab import PREFIXES

NamedGraph = tuple[str | None, bytes]
"""The IRI of a graph, None for the default graph, and its triples, as sorted N-Triples.

No two graphs share a blank node.
"""


class RdfFormat(StrEnum):
    """How graphs are written."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


def write_graphs(graphs: Iterable[NamedGraph], format: RdfFormat) -> Iterator[bytes]:
    """`graphs` in `format`, UTF-8, a piece at a time; no more than one graph is held in memory."""
    if format is RdfFormat.NQUADS:
        return (_nquads(iri, triples) for iri, triples in graphs)
    if format is RdfFormat.TRIG:
        return _trig(graphs)
    if format is RdfFormat.TURTLE:
        return _turtle(graphs)
    return write_jsonld(graphs)


def _nquads(iri: str | None, triples: bytes) -> bytes:
    """Each triple line with the graph's name before its full stop."""
    if iri is None:
        return triples
    ending = f" <{iri}> .\n".encode()
    # Not splitlines: a carriage return is no end of a line here.
    return b"".join(line.removesuffix(b" .") + ending for line in triples.split(b"\n") if line)


def _trig(graphs: Iterable[NamedGraph]) -> Iterator[bytes]:
    """One block per graph; the prefixes stand once, before the first."""
    yield _prefixes()
    for iri, triples in graphs:
        name = "" if iri is None else f"<{iri}> "
        yield f"\n{name}{{".encode() + b"".join(_blocks(triples)) + b"}\n"


def _turtle(graphs: Iterable[NamedGraph]) -> Iterator[bytes]:
    yield _prefixes()
    for _, triples in graphs:
        yield b"".join(_blocks(triples))


def _blocks(ntriples: bytes) -> Iterator[bytes]:
    """The triples of a graph in Turtle, without prefixes: one block per subject, a blank line before each."""
    triples = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert turtle is not None  # it is None where it is written to a file
    starts = True
    for line in turtle.split(b"\n"):
        if line and not line.startswith(b"@prefix "):
            yield (b"\n" if starts else b"") + line.replace(b"\t", b"    ", 1) + b"\n"
            starts = line.endswith(b" .")


def _prefixes() -> bytes:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()
