"""Networks as GraphML, for networkx, igraph and others: http://graphml.graphdrawing.org/specification.html.

Written here, not by networkx: that gives edges between different nodes the same ID, which the schema forbids and Gephi
drops, and holds the whole document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kg.export.markup import DECLARATION, empty_tag, open_tag, text_element
from kg.export.nodes import AGENT_ATTRIBUTES, STATE_ATTRIBUTES, Node, Value
from kg.export.ties import Level, Network, Tie

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"
_TYPES: dict[type[Value], str] = {str: "string", int: "int", float: "double"}
_EDGE_ATTRIBUTES: dict[str, type[Value]] = {
    "weight": int,
    "score": float,
    "category": str,
    "quad_class": str,
    "month": str,
    "first": str,
    "last": str,
}


def write_graphml(network: Network) -> Iterator[bytes]:
    """A directed graph with one edge per tie, so several from one node to another; UTF-8, a piece at a time.

    Nodes have their code, or a token made from their IRI, for ID: the schema allows none of `/`, `#`, or space.
    """
    attributes = STATE_ATTRIBUTES if network.level is Level.STATES else AGENT_ATTRIBUTES
    head = {"xmlns": _NAMESPACE, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": _SCHEMA}
    lines = [DECLARATION + open_tag("graphml", head)]
    lines += [_key("node", name, type) for name, type in attributes.items()]
    lines += [_key("edge", name, type) for name, type in _EDGE_ATTRIBUTES.items()]
    lines.append(open_tag("graph", {"id": network.level, "edgedefault": "directed"}))
    yield _join(lines)
    tokens: dict[str, str] = {}
    taken: set[str] = set()
    for node in network.nodes():
        tokens[node.id] = token = _token(node.id, taken)
        taken.add(token)
        yield _join(_node(token, node))
    for number, tie in enumerate(network.ties()):
        yield _join(_edge(f"e{number}", tokens[tie.source], tokens[tie.target], tie))
    yield b"</graph>\n</graphml>\n"


def _key(element: str, name: str, type: type[Value]) -> str:
    told = {"id": f"{element}-{name}", "for": element, "attr.name": name, "attr.type": _TYPES[type]}
    return empty_tag("key", told)


def _node(id: str, node: Node) -> Iterator[str]:
    yield open_tag("node", {"id": id})
    for name, value in node.attributes.items():
        yield text_element("data", {"key": f"node-{name}"}, value)
    yield "</node>"


def _edge(id: str, source: str, target: str, tie: Tie) -> Iterator[str]:
    yield open_tag("edge", {"id": id, "source": source, "target": target})
    for name in _EDGE_ATTRIBUTES:
        if (value := getattr(tie, name)) is not None:
            yield text_element("data", {"key": f"edge-{name}"}, value)
    yield "</edge>"


def _token(id: str, taken: set[str]) -> str:
    """A token of https://www.w3.org/TR/xmlschema-2/#NMTOKEN that stands for an ID, as `person.jake-sullivan`."""
    last_two = ".".join(re.split("[/#]", id)[-2:])
    token = re.sub(r"[^A-Za-z0-9._-]", "_", last_two)
    if token == last_two and token and token not in taken:
        return token
    return f"{token}-{hashlib.sha256(id.encode()).hexdigest()[:16]}"


def _join(lines: Iterator[str] | list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
