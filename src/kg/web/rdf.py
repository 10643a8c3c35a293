"""Small graphs that we describe ourselves with -> bytes in any of our graph formats."""

from __future__ import annotations

from rdflib import Graph

from kg.web.negotiation import JSONLD, NTRIPLES, RDFXML, TURTLE, Format

_SERIALIZERS = {TURTLE: "turtle", NTRIPLES: "nt", RDFXML: "xml", JSONLD: "json-ld"}


def serialize(graph: Graph, format: Format) -> bytes:
    """`graph` in `format`, UTF-8."""
    return graph.serialize(format=_SERIALIZERS[format], encoding="utf-8")
