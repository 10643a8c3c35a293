"""Graphs of a test -> a service, and out again.

By the Graph Store Protocol where the service speaks it, else by SPARQL Update. Relative IRIs are those of the place
where the document stands on the web, which a service cannot know: Turtle is told so by a @base, and what is in other
formats goes as N-Triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pyoxigraph as ox

from w3c.manifest import Copy
from w3c.servers import Server
from w3c.types import GraphData

NO_STORE = "no graph store"

_TURTLE, _TRIPLES = "text/turtle", "application/n-triples"


class Refused(Exception):
    """A service did not take in a graph."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One graph to be loaded; no name is the default graph."""

    name: str | None
    media_type: str
    content: bytes


def put(data: Iterable[GraphData], copy: Copy, server: Server) -> None:
    """Load graphs; the first document of a graph is put, the others are added.

    Raises:
        Refused: the service did not take one.
    """
    known: set[str | None] = set()
    for payload in payloads(data, copy):
        method = "POST" if payload.name in known else "PUT"
        known.add(payload.name)
        if server.kind.graphs is None:
            answer = _update(server, _insertion(payload))
        else:
            headers = {"content-type": payload.media_type, **server.kind.writes}
            answer = server.send(method, address(server, payload.name), headers, payload.content)
        if not answer.is_success:
            where = payload.name or "the default graph"
            raise Refused(f"{where} cannot be loaded: {answer.status_code} {answer.text[:200]}")


def clear(data: Iterable[GraphData], copy: Copy, server: Server) -> None:
    """Take graphs out again, whether they are there or not."""
    for name in dict.fromkeys(payload.name for payload in payloads(data, copy)):
        if server.kind.graphs is None:
            _update(server, "DROP SILENT DEFAULT" if name is None else f"DROP SILENT GRAPH <{name}>")
        else:
            server.send("DELETE", address(server, name), dict(server.kind.writes))


def address(server: Server, name: str | None) -> str:
    """The path of a graph in the graph store."""
    return f"{server.kind.graphs}?" + ("default" if name is None else f"graph={quote(name, safe='')}")


def payloads(data: Iterable[GraphData], copy: Copy) -> Iterator[Payload]:
    """What is to be loaded, graph by graph: a document of quads has several."""
    for own in data:
        text, suffix = copy.read(own.document), own.document.rpartition(".")[2]
        if suffix in ("ttl", "n3"):
            yield Payload(own.name, _TURTLE, f"@base <{own.document}> .\n".encode() + text)
        else:
            yield from _from_quads(own, text, suffix)


def _from_quads(data: GraphData, text: bytes, suffix: str) -> Iterator[Payload]:
    quads = list(ox.parse(text, ox.RdfFormat.from_extension(suffix), base_iri=data.document))
    for graph in dict.fromkeys([ox.DefaultGraph(), *(quad.graph_name for quad in quads)]):
        triples = [quad.triple for quad in quads if quad.graph_name == graph]
        if triples or suffix not in ("trig", "nq"):
            name = data.name if isinstance(graph, ox.DefaultGraph) else graph.value
            yield Payload(name, _TRIPLES, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def _insertion(payload: Payload) -> str:
    """The same as an update; the prefixes of Turtle are no part of one, so the triples are written out."""
    triples = [quad.triple for quad in ox.parse(payload.content, ox.RdfFormat.from_media_type(payload.media_type))]
    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    if payload.name is None:
        return f"INSERT DATA {{\n{text}}}"
    return f"CREATE SILENT GRAPH <{payload.name}> ;\nINSERT DATA {{ GRAPH <{payload.name}> {{\n{text}}} }}"


def _update(server: Server, text: str) -> httpx.Response:
    return server.send("POST", server.kind.update, {"content-type": "application/sparql-update"}, text.encode())
