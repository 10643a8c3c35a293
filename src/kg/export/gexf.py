"""Networks as GEXF 1.3, for Gephi and its timeline: https://gexf.net/schema.html.

Written here, not by networkx: that knows neither `kind`, without which Gephi makes one edge of all that lead from one
node to another, nor a document that the schema of GEXF accepts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from kg.export.markup import DECLARATION, empty_tag, open_tag, text_element
from kg.export.nodes import AGENT_ATTRIBUTES, STATE_ATTRIBUTES, Node, Value
from kg.export.periods import Period
from kg.export.ties import Level, Network, Tie

_NAMESPACE = "http://gexf.net/1.3"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: dict[type[Value], str] = {str: "string", int: "long", float: "double"}
_EDGE_ATTRIBUTES: dict[str, type[Value]] = {
    "events": int,
    "score": float,
    "category": str,
    "quad_class": str,
    "first": str,
    "last": str,
}
_MEANING = {
    Level.STATES: "What states did to each other, by category of event and month.",
    Level.OFFICIALS: "What officials did to others and others to them, by category of event and month.",
}


def write_gexf(network: Network) -> Iterator[bytes]:
    """A directed graph with one edge per source, target and category; UTF-8, a piece at a time.

    Where events are dated, each edge exists in its months, and has a weight for each; `events` is the weight of all
    months and of no known month together. An edge of no known month exists, with its weight, in all of them.
    """
    months = [month for tie in network.ties() if (month := tie.month)]
    whole = (_days(min(months))[0], _days(max(months))[1]) if months else None
    yield _join(_head(network.level, whole))
    for node in network.nodes():
        yield _join(_node(node))
    yield b"</nodes>\n<edges>\n"
    for number, ties in enumerate(network.bundles()):
        yield _join(_edge(f"e{number}", ties, whole))
    yield b"</edges>\n</graph>\n</gexf>\n"


def _head(level: Level, whole: tuple[str, str] | None) -> Iterator[str]:
    attributes = STATE_ATTRIBUTES if level is Level.STATES else AGENT_ATTRIBUTES
    schema = f"{_NAMESPACE} {_NAMESPACE}/gexf.xsd"
    head = {"xmlns": _NAMESPACE, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": schema, "version": "1.3"}
    yield DECLARATION + open_tag("gexf", head)
    yield f"<meta>{text_element('creator', {}, 'geokg')}{text_element('description', {}, _MEANING[level])}</meta>"
    yield open_tag("graph", {"defaultedgetype": "directed", "idtype": "string", **_time(whole)})
    yield from _declared("node", None, {name: type for name, type in attributes.items() if name != "label"})
    yield from _declared("edge", None, _EDGE_ATTRIBUTES)
    if whole is not None:
        # Gephi knows the weight that changes in time by this ID.
        yield from _declared("edge", "dynamic", {"weight": float})
    yield "<nodes>"


def _time(whole: tuple[str, str] | None) -> dict[str, str]:
    if whole is None:
        return {"mode": "static"}
    bounds = {"start": whole[0], "end": whole[1]}
    return {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval", **bounds}


def _declared(element: str, mode: str | None, attributes: dict[str, type[Value]]) -> Iterator[str]:
    yield open_tag("attributes", {"class": element, "mode": mode or "static"})
    for name, type in attributes.items():
        yield empty_tag("attribute", {"id": name, "title": name, "type": _TYPES[type]})
    yield "</attributes>"


def _node(node: Node) -> Iterator[str]:
    yield open_tag("node", {"id": node.id, "label": node.attributes["label"]})
    yield from _values((name, value) for name, value in node.attributes.items() if name != "label")
    yield "</node>"


def _edge(id: str, ties: Sequence[Tie], whole: tuple[str, str] | None) -> Iterator[str]:
    one, events = ties[0], sum(tie.weight for tie in ties)
    ends = {"source": one.source, "target": one.target}
    yield open_tag("edge", {"id": id, **ends, "kind": one.category, "label": one.category, "weight": float(events)})
    told: dict[str, Value | None] = {
        "events": events,
        "score": round(sum(tie.score * tie.weight for tie in ties) / events, 4),
        "category": one.category,
        "quad_class": one.quad_class,
        "first": min((tie.first for tie in ties if tie.first), default=None),
        "last": max((tie.last for tie in ties if tie.last), default=None),
    }
    dated = [(_days(tie.month), tie.weight) for tie in ties if tie.month]
    weights = dated or ([(whole, events)] if whole is not None else [])
    yield from _values(told.items(), [_weight(days, weight) for days, weight in weights])
    if dated:
        yield "<spells>" + "".join(empty_tag("spell", _bounds(days)) for days, _ in dated) + "</spells>"
    yield "</edge>"


def _values(told: Iterable[tuple[str, Value | None]], more: Sequence[str] = ()) -> Iterator[str]:
    values = [empty_tag("attvalue", {"for": name, "value": value}) for name, value in told if value is not None]
    if values or more:
        yield "<attvalues>" + "".join((*values, *more)) + "</attvalues>"


def _weight(days: tuple[str, str], weight: int) -> str:
    return empty_tag("attvalue", {"for": "weight", "value": float(weight), **_bounds(days)})


def _bounds(days: tuple[str, str]) -> dict[str, str]:
    return {"start": days[0], "end": days[1]}


def _days(month: str) -> tuple[str, str]:
    """First and last day of a month: bounds are inclusive in GEXF 1.3, so two months do not overlap."""
    period = Period.parse(month)
    assert period is not None
    return dt.date.isoformat(period.first), dt.date.isoformat(period.last)


def _join(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
