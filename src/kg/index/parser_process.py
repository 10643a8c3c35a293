"""A process that parses RDF that others sent, one document after the other, and may die of any of them.

Its parent, `kg.index.parser`, sends a job and a document on standard input and reads frames of sorted N-Triples from
standard output. The kernel ends it when a document takes too long (an alarm), too much memory (a limit), or when the
parent goes (a signal on the lifeline). Nothing is ever fetched.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import GraphError, GraphSyntaxError
from kg.index.bounds import check_entities, check_nesting
from kg.index.frames import CHUNK, DATA, END, ERROR, read_frame, write_frame, write_json
from kg.index.mortality import be_mortal
from kg.index.parsing import one_line

_BOM = b"\xef\xbb\xbf"
_NAMES = {
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "application/ld+json": "JSON-LD",
}


def main(config: Mapping[str, Any]) -> None:
    """Parse documents until the parent closes standard input.

    `config` holds `memory_mb`, the descriptor of the `lifeline`, `max_nesting` and `max_expanded_bytes`.
    """
    be_mortal(config["lifeline"], config["memory_mb"])
    documents, answers = os.fdopen(0, "rb"), os.fdopen(1, "wb")
    while (job := read_frame(documents)) and (document := read_frame(documents)):
        _serve(answers, json.loads(job[1]), document[1], config)


def _serve(answers: IO[bytes], job: Mapping[str, Any], content: bytes, config: Mapping[str, Any]) -> None:
    signal.setitimer(signal.ITIMER_REAL, job["timeout"])
    try:
        triples = parse(content, job["media_type"], job["base_iri"], config)
    except GraphError as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_json(answers, ERROR, {"error": type(error).__name__, "message": str(error)})
        return
    except MemoryError:
        os.abort()
    signal.setitimer(signal.ITIMER_REAL, 0)
    for start in range(0, len(triples), CHUNK):
        write_frame(answers, DATA, triples[start : start + CHUNK])
    write_frame(answers, END)


def parse(content: bytes, media_type: str, base_iri: str, config: Mapping[str, Any]) -> bytes:
    """The graph in `content` as sorted N-Triples; its blank nodes have labels that no other graph has.

    Raises:
        GraphError: it is no graph that can be kept.
    """
    content = content.removeprefix(_BOM)
    if not content or content.isspace():
        return b""
    if media_type == "application/ld+json":
        check_nesting(content, config["max_nesting"])
    elif media_type == "application/rdf+xml":
        check_entities(content, config["max_expanded_bytes"])
    format = ox.RdfFormat.from_media_type(media_type)
    try:
        quads = ox.parse(content, format, base_iri=base_iri, rename_blank_nodes=True)
        triples = "".join(sorted(set(_lines(quads)))).encode()
        # Read once more, as the index will: what a parser lets pass that the engine does not take must not get there.
        for _ in ox.parse(triples, ox.RdfFormat.N_TRIPLES):
            pass
    except (SyntaxError, ValueError) as error:
        raise GraphSyntaxError(_describe(error, _NAMES[media_type])) from None
    return triples


def _lines(quads: Iterator[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            raise GraphSyntaxError("this names graphs inside: send the triples of one graph to its own address")
        if isinstance(quad.object, ox.Triple) or (isinstance(quad.object, ox.Literal) and quad.object.direction):
            raise GraphSyntaxError("this says what RDF 1.1 has no words for: triple terms, or directions of text")
        yield f"{quad.triple} .\n"


def _describe(error: SyntaxError | ValueError, name: str) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    if "LoadDocumentCallback" in text:
        return "the JSON-LD names a context that lies elsewhere: write the context into it; nothing is fetched here"
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    reason = text.rpartition(": ")[2] if line else text
    place = f"line {line}, column {column}: " if line else ""
    return f"this is no {name}: {place}{one_line(reason)}"


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
