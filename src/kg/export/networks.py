"""Networks as graphs of networkx, which is imported here alone: who calls this needs the extra `research`."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from kg.export.records import EventRecord
from kg.export.ties import Level, Network


def build_network(events: Iterable[EventRecord], *, level: Level | str = Level.STATES) -> nx.MultiDiGraph:
    """The network of `events`: nodes by ISO 3166-1 alpha-3 code, or by IRI; an edge for each `kg.export.ties.Tie`.

    The key of an edge is its category and month, as in `CONSULT 2024-01`, without the month where there is none. What
    is not known of a node or edge is not among its attributes.
    """
    network = Network(events, level=Level(level))
    graph: nx.MultiDiGraph = nx.MultiDiGraph(level=str(network.level))
    for node in network.nodes():
        graph.add_node(node.id, **node.attributes)
    for tie in network.ties():
        key = f"{tie.category} {tie.month}" if tie.month else tie.category
        told = {
            "weight": tie.weight,
            "score": tie.score,
            "category": tie.category,
            "quad_class": tie.quad_class,
            "month": tie.month,
            "first": tie.first,
            "last": tie.last,
        }
        graph.add_edge(
            tie.source, tie.target, key, **{name: value for name, value in told.items() if value is not None}
        )
    return graph
