"""Networks: who is tied to whom, and that GraphML and GEXF say the same as networkx and as their schemas ask."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.networks import build_network
from kg.export.records import EventRecord, Party
from kg.export.ties import Level, Network
from made_events import ADA, CHILE, ENVOYS, EVA, NAVY, OLE, UNDATED, make_event

GEXF = "{http://gexf.net/1.3}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
ODD = Party("http://example.org/person/ødd-\u0141#1", 'Ødd <"&\x07> 🙂\nName', "Official", ("XXX",), None, ("a; b",))
EVENTS = [
    make_event("CONSULT", [ADA], [EVA], "2024-02-29"),
    make_event("CONSULT", [ADA], [EVA], "2024-02", score=3.0),
    make_event("CONSULT", [ADA], [EVA], "2023"),
    make_event("CONSULT", [ADA], [EVA]),
    make_event("ACCUSE", [ADA, NAVY], [CHILE, ENVOYS], "2024-02-01"),
    make_event("ACCUSE", [EVA], [ODD], article=UNDATED),
    make_event("COOPERATE", [ADA, EVA, CHILE]),
    make_event("ASSAULT", [NAVY], [OLE]),
    make_event("PROTEST", [ADA]),
]
each_level = pytest.mark.parametrize("level", Level)
events_of = pytest.mark.parametrize("events", [EVENTS, EVENTS[5:6], []], ids=["all", "undated", "none"])


def ties(events: list[EventRecord], level: Level) -> list[tuple[str, str, str, str | None, int]]:
    found = Network(events, level=level).ties()
    short = {one.iri: one.iri.rpartition("/")[2] for one in (ADA, EVA, OLE, NAVY, CHILE, ENVOYS, ODD)}
    return [
        (short.get(tie.source, tie.source), short.get(tie.target, tie.target), tie.category, tie.month, tie.weight)
        for tie in found
    ]


@pytest.mark.parametrize(
    "level, event, expected",
    [
        ("states", make_event("CONSULT", [ADA], [EVA]), [("DNK", "NOR")]),
        ("states", make_event("ACCUSE", [ADA, EVA], [CHILE]), [("DNK", "CHL"), ("NOR", "CHL")]),
        ("states", make_event("ACCUSE", [ADA], [EVA, NAVY]), [("DNK", "NOR"), ("DNK", "DNK")]),
        ("states", make_event("CONSULT", [ADA, EVA]), [("DNK", "NOR"), ("NOR", "DNK")]),
        ("states", make_event("ACCUSE", [ADA, EVA]), []),
        ("states", make_event("CONSULT", [ADA]), []),
        ("states", make_event("ACCUSE", [OLE], [EVA]), []),
        ("states", make_event("ACCUSE", [NAVY], [ENVOYS]), [("DNK", "CHL")]),
        ("officials", make_event("ACCUSE", [ADA], [EVA]), [("ada-berg", "eva-holm")]),
        ("officials", make_event("ACCUSE", [NAVY], [EVA]), [("navy", "eva-holm")]),
        ("officials", make_event("ACCUSE", [ADA], [OLE, CHILE]), [("ada-berg", "ole"), ("ada-berg", "CHL")]),
        ("officials", make_event("ACCUSE", [ADA], [ENVOYS]), []),
        ("officials", make_event("ACCUSE", [NAVY], [CHILE, OLE]), []),
        ("officials", make_event("CONSULT", [ADA, EVA, ENVOYS]), [("ada-berg", "eva-holm"), ("eva-holm", "ada-berg")]),
        ("officials", make_event("CONSULT", [ADA, EVA], [ENVOYS]), []),
        ("officials", make_event("ACCUSE", [ADA, EVA]), []),
        ("officials", make_event("ACCUSE", [], [ADA]), []),
    ],
)  # fmt: skip
def test_who_is_tied_to_whom(level: str, event: EventRecord, expected: list[tuple[str, str]]) -> None:
    assert sorted(tie[:2] for tie in ties([event], Level(level))) == sorted(expected)


def test_events_are_counted_by_category_and_month() -> None:
    assert ties(EVENTS[:5], Level.STATES) == [
        ("DNK", "CHL", "ACCUSE", "2024-02", 1),
        # One that gives no more than its year has no month, not even that of the article.
        ("DNK", "NOR", "CONSULT", None, 1),
        ("DNK", "NOR", "CONSULT", "2024-02", 2),
        ("DNK", "NOR", "CONSULT", "2024-03", 1),
    ]


@pytest.mark.parametrize(
    "told, score, first, last",
    [
        ([("2024-02-29", 1.0), ("2024-02", 3.0)], 2.0, "2024-02-01", "2024-02-29"),
        ([(None, 1.0), (None, 1.0), (None, 2.0)], 1.3333, "2024-03-05", "2024-03-05"),
        ([("2023", -1.0)], -1.0, "2023-01-01", "2023-12-31"),
    ],
)
def test_a_tie_has_a_mean_score_and_its_days(
    told: list[tuple[str | None, float]], score: float, first: str, last: str
) -> None:
    events = [make_event("CONSULT", [ADA], [EVA], date, score=one) for date, one in told]
    (tie,) = Network(events, level=Level.STATES).ties()
    assert (tie.score, tie.first, tie.last, tie.quad_class) == (score, first, last, "verbal-cooperation")


def test_a_tie_that_nothing_dates_has_no_days() -> None:
    (tie,) = Network([make_event("CONSULT", [ADA], [EVA], article=UNDATED)], level=Level.STATES).ties()
    assert (tie.month, tie.first, tie.last) == (None, None, None)


def test_nodes_are_told_of() -> None:
    states = {node.id: node.attributes for node in Network(EVENTS, level=Level.STATES).nodes()}
    assert states["DNK"] == {
        "label": "Denmark", "region": "Europe", "wikidata": "Q756617", "cow": 390, "latitude": 56.0, "longitude": 10.0,
    }  # fmt: skip
    assert states["XXX"] == {"label": "XXX"}
    again = Party(EVA.iri, "Eva Marie Holm", "Person", ("NOR", "SWE"), None, ("Leader", "Envoy"), (), ("Storting",))
    agents = {
        node.id: node.attributes
        for node in Network([*EVENTS, make_event("ACCUSE", [ADA], [again])], level=Level.OFFICIALS).nodes()
    }
    assert agents[EVA.iri] == {
        "label": "Eva Marie Holm", "kind": "Official", "states": "NOR; SWE",
        "title": "Prime Minister; Leader; Envoy", "organization": "Storting", "sector": "GOV", "iri": EVA.iri,
    }  # fmt: skip
    assert OLE.iri not in agents  # no tie


@each_level
def test_networkx_has_each_tie(level: Level) -> None:
    graph = build_network(EVENTS, level=level)
    network = Network(EVENTS, level=level)
    assert list(graph.nodes(data=True)) == [(node.id, node.attributes) for node in network.nodes()]
    assert [(source, target, data["weight"]) for source, target, data in graph.edges(data=True)] == [
        (tie.source, tie.target, tie.weight) for tie in sorted(network.ties(), key=lambda tie: tie.source)
    ]
    key = "CONSULT 2024-02"
    one, other = ("DNK", "NOR") if level is Level.STATES else (ADA.iri, EVA.iri)
    assert graph.edges[one, other, key]["month"] == "2024-02"
    assert "month" not in graph.edges[one, other, "CONSULT"]


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="planets"):
        build_network([], level="planets")


def by_label(graph: nx.MultiDiGraph, iri: str) -> Counter[tuple[str, ...]]:
    """The edges with all that is told of them, their ends by what tells nodes apart in every file."""
    names = {node: data.get(iri, node) for node, data in graph.nodes(data=True)}
    return Counter(
        (
            names[source],
            names[target],
            *(f"{name}={data[name]}" for name in sorted(data) if name not in ("id", "label")),
        )
        for source, target, data in graph.edges(data=True)
    )


@events_of
@each_level
def test_networkx_reads_the_same_from_graphml(level: Level, events: list[EventRecord]) -> None:
    written = b"".join(write_graphml(Network(events, level=level)))
    again = nx.read_graphml(io.BytesIO(written), force_multigraph=True)
    built = build_network(events, level=level)
    assert by_label(again, "iri") == by_label(built, "iri")
    told = {data.get("iri", node): data for node, data in again.nodes(data=True)}
    clean = {
        node: {
            name: re.sub("\x07", "\ufffd", value) if isinstance(value, str) else value for name, value in data.items()
        }
        for node, data in built.nodes(data=True)
    }
    assert told == clean


@events_of
@each_level
def test_networkx_reads_the_same_weights_from_gexf(level: Level, events: list[EventRecord]) -> None:
    network = Network(events, level=level)
    again = nx.read_gexf(io.BytesIO(b"".join(write_gexf(network))))
    expected = Counter[tuple[str, str, str]]()
    for tie in network.ties():
        expected[tie.source, tie.target, tie.category] += tie.weight
    assert {
        (source, target, data["category"]): data["weight"] for source, target, data in again.edges(data=True)
    } == expected
    assert set(again) == {node.id for node in network.nodes()}
    assert all(data["events"] == data["weight"] for *_, data in again.edges(data=True))


@events_of
@each_level
def test_gexf_is_what_its_schema_asks(level: Level, events: list[EventRecord]) -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf-1.3.rng")))
    document = etree.fromstring(b"".join(write_gexf(Network(events, level=level))))
    grammar.assertValid(document)
    # What Gephi asks beyond the grammar.
    declared = {one.get("id") for one in document.iter(f"{GEXF}attribute")}
    assert {one.get("for") for one in document.iter(f"{GEXF}attvalue")} <= declared
    nodes = [node.get("id") for node in document.iter(f"{GEXF}node")]
    edges = list(document.iter(f"{GEXF}edge"))
    assert len(set(nodes)) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)
    kinds = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges]
    assert len(set(kinds)) == len(kinds)


def test_an_edge_of_gexf_has_a_weight_for_each_of_its_months() -> None:
    document = etree.fromstring(b"".join(write_gexf(Network(EVENTS, level=Level.STATES))))
    graph = document.find(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("start"), graph.get("end")) == (
        "dynamic", "date", "2024-02-01", "2024-03-31",
    )  # fmt: skip
    edges = {
        (edge.get("source"), edge.get("target"), edge.get("kind")): (
            [
                (value.get("value"), value.get("start"), value.get("end"))
                for value in edge.iter(f"{GEXF}attvalue")
                if value.get("for") == "weight"
            ],
            [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{GEXF}spell")],
            edge.get("weight"),
        )
        for edge in graph.iter(f"{GEXF}edge")
    }
    february, march = ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-31")
    # The fourth event has no month, and counts in the whole alone.
    assert edges["DNK", "NOR", "CONSULT"] == ([("2.0", *february), ("1.0", *march)], [february, march], "4.0")
    # Nothing dates this one: it is there all the time.
    assert edges["NOR", "XXX", "ACCUSE"] == ([("1.0", february[0], march[1])], [], "1.0")


def test_a_network_of_no_known_time_is_static() -> None:
    document = etree.fromstring(b"".join(write_gexf(Network(EVENTS[5:6], level=Level.STATES))))
    graph = document.find(f"{GEXF}graph")
    assert graph.get("mode") == "static" and graph.get("timeformat") is None
    assert not list(graph.iter(f"{GEXF}spell"))


@events_of
@each_level
def test_graphml_is_what_its_schema_asks(level: Level, events: list[EventRecord]) -> None:
    """The rules of http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd that such a file could break."""
    document = etree.fromstring(b"".join(write_graphml(Network(events, level=level))))
    token = re.compile(r"[A-Za-z0-9._:-]+")
    keys = {key.get("id"): key for key in document.iter(f"{GRAPHML}key")}
    assert {key.get("attr.type") for key in keys.values()} <= {"string", "int", "double"}
    assert [child.tag for child in document] == [f"{GRAPHML}key"] * len(keys) + [f"{GRAPHML}graph"]
    ids: dict[str, list[str]] = {"node": [], "edge": []}
    for kind, found in ids.items():
        for element in document.iter(f"{GRAPHML}{kind}"):
            found.append(element.get("id"))
            told = [data.get("key") for data in element]
            assert len(set(told)) == len(told)
            assert all(keys[key].get("for") == kind for key in told)
        assert len(set(found)) == len(found)
        assert all(token.fullmatch(id) for id in found)
    ends = {edge.get(end) for edge in document.iter(f"{GRAPHML}edge") for end in ("source", "target")}
    assert ends <= set(ids["node"])


def test_the_ids_of_graphml_tell_agents_apart() -> None:
    twins = [Party(f"http://{host}/person/ann", "Ann", "Official") for host in ("a.example", "b.example")]
    odd = [Party(f"http://a.example/person/{name}", name, "Official") for name in ("ann lee", "ann_lee", "李", "")]
    events = [make_event("ACCUSE", [ADA], [one]) for one in (*twins, *odd)]
    graph = nx.read_graphml(io.BytesIO(b"".join(write_graphml(Network(events, level=Level.OFFICIALS)))))
    assert {data["iri"] for _, data in graph.nodes(data=True)} == {one.iri for one in (ADA, *twins, *odd)}
    assert "person.ann" in graph and "person.ann_lee" in graph
