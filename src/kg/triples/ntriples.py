"""Graph <-> N-Triples, https://www.w3.org/TR/n-triples/."""

from __future__ import annotations

from rdflib import Graph


def to_ntriples(graph: Graph) -> bytes:
    """`graph`, which has no blank nodes, as N-Triples in UTF-8, one sorted line per triple."""
    lines = graph.serialize(format="nt", encoding="utf-8").split(b"\n")
    return b"".join(line + b"\n" for line in sorted(set(lines)) if line)


def from_ntriples(ntriples: bytes) -> Graph:
    """The graph that `ntriples` (UTF-8) holds."""
    return Graph(bind_namespaces="none").parse(data=ntriples, format="nt")
