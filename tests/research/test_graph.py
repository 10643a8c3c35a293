from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import pandas as pd
import polars
import pytest
import rdflib

from invented import BASE
from invented_graphs import CURATED, NUMBER, fill, load_oxigraph, serve, stored
from kg import Graph
from kg.errors import IndexStoreError, QuerySyntaxError, SettingError
from kg.export import TABLES, Selection
from kg.export.sources import open_stored
from kg.export.table import CellType
from kg.settings import Settings
from serving import serving

DTYPES = {
    CellType.STRING: "string",
    CellType.INTEGER: "Int64",
    CellType.NUMBER: "float64",
    CellType.DATE: "datetime64[s]",
}
CALLS: dict[str, Callable[..., Any]] = {
    "events": Graph.events,
    "statements": Graph.statements,
    "officials": Graph.officials,
    "articles": Graph.articles,
    "dyads": Graph.dyads,
}


@pytest.fixture(scope="module")
def address(invented: Settings) -> Iterator[str]:
    """The endpoint of a service over the invented articles."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with serving(invented.data, port, write_token="") as service:
        yield f"{service.address}/sparql"


def columns_of(table: str) -> dict[str, str]:
    return {column.name: DTYPES[column.type] for column in TABLES[table].columns}


@pytest.mark.parametrize("table", TABLES)
def test_frames_have_the_columns_and_types_of_the_tables(graph: Graph, invented: Settings, table: str) -> None:
    frame = CALLS[table](graph)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == columns_of(table)
    graphs = stored(invented)
    rows = list(TABLES[table].rows(open_stored(graphs, Selection(), dict(graphs).get), Selection()))
    assert len(frame) == len(rows) > 5
    number = list(frame.columns).index("Count" if table == "dyads" else TABLES[table].key[0])
    assert sorted(frame.iloc[:, number]) == sorted(row[number] for row in rows)


@pytest.mark.parametrize("table", ["events", "statements", "officials", "articles", "dyads"])
def test_where_nothing_is_found_the_columns_are_there(graph: Graph, table: str) -> None:
    frame = CALLS[table](graph, since="2050")
    assert frame.empty and {name: str(dtype) for name, dtype in frame.dtypes.items()} == columns_of(table)
    assert CALLS[table](graph, since="2050", frame="polars").columns == list(columns_of(table))


def test_a_name_that_nobody_bears_gives_an_empty_frame(graph: Graph) -> None:
    assert graph.events(actor="Nobody").empty and graph.statements(speaker="Nobody").empty


def test_filters_take_names_codes_and_iris(graph: Graph) -> None:
    every = graph.events()
    albanian = graph.events(actor="alb")
    assert set(albanian["Actor Country"]) == {"ALB"} and 0 < len(albanian) < len(every)
    assert list(graph.events(actor="Albania")["Event ID"]) == list(albanian["Event ID"])
    assert set(graph.events(actor="ALBANIASON")["Actor Name"]) == {"Ada Albaniason"}
    itself = graph.events(actor=f"{BASE}state/ALB")
    assert set(itself["Actor Name"]) == {"Albania"} and len(itself) < len(albanian)
    both = graph.events(category=["aid", "CONSULT"], state=["ALB", "Estonia"], quad_class="material cooperation")
    assert set(both["Event Type"]) == {"AID"}


def test_a_limit_bounds_the_rows(graph: Graph) -> None:
    assert len(graph.events(limit=3)) == 3 and graph.events(limit=0).empty
    with pytest.raises(SettingError, match="limit=-1 is no number of rows"):
        graph.events(limit=-1)


@pytest.mark.parametrize("table", TABLES)
def test_an_endpoint_gives_the_same_frames(graph: Graph, address: str, table: str) -> None:
    with Graph(address) as remote:
        pd.testing.assert_frame_equal(CALLS[table](remote), CALLS[table](graph))


def test_so_does_another_engine_and_a_plain_dataset(tmp_path: Any, invented: Settings, graph: Graph) -> None:
    plain = fill(tmp_path / "plain", union=False)
    events = graph.events().sort_values("Event ID", ignore_index=True)
    with Graph(plain.data) as own:
        pd.testing.assert_frame_equal(own.events().sort_values("Event ID", ignore_index=True), events)
    for graphs in (stored(plain), stored(invented)):
        with serve(load_oxigraph(graphs)) as url, Graph(url) as other:
            pd.testing.assert_frame_equal(other.events().sort_values("Event ID", ignore_index=True), events)


def test_a_store_without_named_graphs_is_read_too(invented: Settings, graph: Graph) -> None:
    triples = [("urn:x-kg:default", content) for iri, content in stored(invented) if iri != CURATED]
    with serve(load_oxigraph(triples)) as url, Graph(url) as other:
        assert len(other.events()) == len(graph.events()) - 2
        assert len(other.evidence(other.events()["Event ID"][0])) == 1


def test_a_query_gives_what_it_asks_for(graph: Graph, address: str) -> None:
    with Graph(address) as remote:
        for source in (graph, remote):
            frame = source.query("SELECT ?s ?words { ?s kg:text ?text BIND(STRLEN(?text) AS ?words) } ORDER BY ?s")
            assert {name: str(kind) for name, kind in frame.dtypes.items()} == {"s": "string", "words": "Int64"}
            assert len(frame) == NUMBER
            assert source.query("ASK { ?s a kg:Event }") is True
            assert source.query("ASK { ?s a kg:Evening }") is False
            described = source.query(f"CONSTRUCT WHERE {{ <{BASE}state/ALB> rdfs:label ?name }}")
            assert isinstance(described, rdflib.Graph) and set(described.objects()) == {rdflib.Literal("Albania")}
            assert isinstance(source.query("SELECT * { ?s a kg:Event } LIMIT 1", frame="polars"), polars.DataFrame)
            with pytest.raises(QuerySyntaxError):
                source.query("SELECT")


def test_a_frame_is_of_pandas_or_polars(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingError, match="there is no frame 'dask': use pandas or polars"):
        graph.query("SELECT * {}", frame="dask")  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(SettingError, match="polars is not installed: pip install polars"):
        graph.events(limit=1, frame="polars")


@pytest.mark.parametrize("content, media_type", [(b"<html>", "text/html"), (b'{"head":', "application/json")])
def test_a_service_that_is_no_endpoint_is_told(content: bytes, media_type: str) -> None:
    with serve(lambda _: content, media_type) as url, Graph(url) as graph:
        for call in (lambda: graph.query("SELECT * {}"), lambda: graph.query("DESCRIBE <http://x/>"), graph.events):
            with pytest.raises(IndexStoreError, match="no readable"):
                call()


def test_a_network_is_one_of_networkx(graph: Graph) -> None:
    states = graph.network()
    assert isinstance(states, nx.MultiDiGraph) and "ALB" in states
    dyads = graph.dyads().dropna(subset=["Actor Country", "Recipient Country"])
    assert sum(weight for *_, weight in states.edges(data="weight")) == dyads["Count"].sum()
    officials = graph.network(level="official", state="ALB")
    assert f"{BASE}person/ada-albaniason" in officials
    assert graph.network(actor="Nobody").number_of_nodes() == 0
    with pytest.raises(SettingError, match="there is no level 'party': use state or official"):
        graph.network(level="party")


def test_a_notebook_shows_what_it_holds(graph: Graph, invented: Settings) -> None:
    shown = graph._repr_html_()
    assert shown is not None
    assert f"<b>{NUMBER}</b> articles" in shown and "published 2024-01-09" in shown and "plot_timeline" in shown
    assert repr(graph) == f"<Graph of {invented.data}>"
    with Graph(invented.data) as other:
        pass
    assert other._repr_html_() is None and repr(other).endswith(", closed>")


def test_a_notebook_shows_no_markup_of_a_name(tmp_path: Any) -> None:
    settings = fill(tmp_path / "<b>data")
    with Graph(settings.data) as graph:
        shown = graph._repr_html_()
    assert shown is not None and "<b>data" not in shown and "&lt;b&gt;data" in shown


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)


def test_the_package_loads_nothing_heavy() -> None:
    heavy = "{'pandas', 'matplotlib', 'networkx', 'polars', 'pyarrow', 'rdflib'}"
    done = run(f"import sys, kg; print(sorted({heavy} & set(sys.modules)), 'Graph' in dir(kg))")
    assert done.stdout == "[] True\n", done.stderr


@pytest.mark.parametrize("library", ["pandas", "matplotlib", "networkx"])
def test_without_the_extra_it_says_what_to_install(library: str) -> None:
    done = run(f"import sys; sys.modules['{library}'] = None\nimport kg\nprint(kg.__version__)\nfrom kg import Graph")
    assert done.stdout.strip()
    assert re.search(rf"^ImportError: kg.Graph needs {library}.*pip install 'geokg\[research\]'$", done.stderr, re.M)


def test_what_the_package_lacks_is_no_attribute() -> None:
    done = run("import kg; kg.Graphs")
    assert "AttributeError: module 'kg' has no attribute 'Graphs'" in done.stderr
