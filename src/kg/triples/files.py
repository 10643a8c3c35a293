"""RDF files -> graphs, by Oxigraph's parsers: they say where a file is broken, and fetch nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.exceptions import ParserError

from kg.errors import SourceError
from kg.triples.ntriples import from_ntriples

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
RDF_SUFFIXES = tuple(_FORMATS)
"""How the names of RDF files end, in lower case."""


def read_rdf(path: str) -> dict[str | None, Graph]:
    """The graphs in the RDF file at `path` that hold anything, by IRI; None is the IRI of the default graph.

    Raises:
        SourceError: the file cannot be read, or is not what its suffix says.
    """
    with _reported():
        content = Path(path).read_bytes()
        format = _FORMATS[Path(path).suffix.lower()]
        if format == ox.RdfFormat.JSON_LD:
            json.loads(content)  # nested too deeply, it would end the process in Oxigraph
        triples: dict[str | None, list[ox.Triple]] = {}
        for quad in ox.parse(content, format, base_iri=Path(path).absolute().as_uri()):
            name = None if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            triples.setdefault(name, []).append(quad.triple)
        return {name: from_ntriples(_to_ntriples(held)) for name, held in triples.items()}


def _to_ntriples(triples: list[ox.Triple]) -> bytes:
    ntriples = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert ntriples is not None
    return ntriples


@contextmanager
def _reported() -> Iterator[None]:
    """Turns what the parsers raise into a SourceError of one line."""
    try:
        yield
    except OSError as error:
        raise SourceError(error.strerror or "it cannot be read") from error
    except RecursionError as error:
        raise SourceError("it is nested too deeply") from error
    except (SyntaxError, ValueError) as error:
        raise SourceError(f"it is not well-formed: {_one_line(error)}") from error
    except ParserError as error:
        raise SourceError(f"it says what RDF 1.1 has no words for: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(text.split())[:200]
