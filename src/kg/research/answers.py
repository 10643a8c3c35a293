"""The bytes of an answer -> solutions, yes or no, or a graph, whichever format the service chose."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from rdflib.exceptions import ParserError

from kg.errors import IndexStoreError
from kg.triples.ntriples import from_ntriples
from kg.vocab import PREFIXES

_GRAPH_FORMATS = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML)


def read_solutions(media_type: str, content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """The answer to SELECT or ASK; what says nothing of its format is taken for JSON.

    Raises:
        IndexStoreError: it cannot be read.
    """
    format = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
    try:
        return ox.parse_query_results(content, format=format)
    except (SyntaxError, ValueError) as error:
        raise _unreadable(media_type, error) from error


def read_graph(media_type: str, content: bytes) -> rdflib.Graph:
    """The answer to CONSTRUCT or DESCRIBE, with the prefixes of the project.

    Raises:
        IndexStoreError: it cannot be read.
    """
    format = ox.RdfFormat.from_media_type(media_type)
    if format not in _GRAPH_FORMATS:
        format = ox.RdfFormat.TURTLE
    try:
        triples = (quad.triple for quad in ox.parse(content, format=format))
        graph = from_ntriples(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    except (SyntaxError, ValueError, ParserError) as error:
        raise _unreadable(media_type, error) from error
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _unreadable(media_type: str, error: Exception) -> IndexStoreError:
    reason = " ".join(str(error).split())[:200]
    return IndexStoreError(f"the SPARQL service gives no readable answer in {media_type}: {reason}")
