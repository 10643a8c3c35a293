"""A release of a data directory is whole, and leads back to the graph."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import frictionless
import geojson
import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from invented import ACTIVITY, BASE, invent
from kg.export import TABLES
from kg.export.release import Imprint
from kg.exporter import open_exporter
from kg.journal import Journal
from kg.releasing import write_release
from kg.settings import Settings
from kg.triples import to_graph, to_ntriples
from kg.types import Entry, Format

NOTED = BASE + "graphs/noted"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of three articles and a graph that an analyst wrote."""
    directory = tmp_path_factory.mktemp("data")
    with Journal.open(directory, base_iri=BASE, write=True) as journal:
        journal.append([entry(number) for number in range(3)])
        journal.put_graph(NOTED, b"<urn:x:a> <urn:x:b> _:c .\n")
    return directory


def entry(number: int) -> Entry:
    article, facts = invent(number)
    graph = to_ntriples(to_graph(article, facts, ACTIVITY, base=BASE))
    return Entry(BASE + f"article/{article.id}", f"{number}.txt", b"", Format.TEXT, graph, "geokg 0.0.0", "rules 0")


@pytest.fixture(scope="module")
def release(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "release"
    noted: list[str] = []
    with open_exporter(Settings(data=data)) as exporter:
        write_release(exporter, folder, Imprint(BASE), note=noted.append)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(noted[1:]) == found - {"README.md", "ro-crate-metadata.json"}
    return folder


def test_it_holds_the_graph(release: Path, data: Path) -> None:
    quads = ox.Dataset(ox.parse(gzip.decompress((release / "graph.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS))
    with Journal.open(data, base_iri=BASE, write=False) as journal:
        kept = [(iri, graph) for _, iri, graph in journal.since(0) if graph is not None]
    assert len(quads) == sum(len(graph.splitlines()) for _, graph in kept)
    assert {str(quad.graph_name.value) for quad in quads} == {iri for iri, _ in kept}


@pytest.mark.filterwarnings("ignore")  # of frictionless's own libraries
def test_its_tables_are_valid_and_tell_of_every_event(release: Path) -> None:
    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.to_summary()
    with (release / "tables" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == pq.read_table(release / "tables" / "events.parquet").num_rows == 15
    places = geojson.loads((release / "events.geojson").read_text("utf-8"))
    assert places.is_valid, places.errors()
    assert {feature["id"] for feature in places["features"]} == {row["Event ID"] for row in rows}
    assert {path.name for path in (release / "tables").iterdir()} == {
        f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")
    }


def test_its_networks_count_what_the_dyads_count(release: Path) -> None:
    with (release / "tables" / "dyads.csv").open(encoding="utf-8-sig", newline="") as file:
        counted = sum(
            int(row["Count"]) for row in csv.DictReader(file) if row["Actor Country"] and row["Recipient Country"]
        )
    for name, read in (("states.graphml", nx.read_graphml), ("states.gexf", nx.read_gexf)):
        graph = read(release / "networks" / name)
        assert sum(weight for *_, weight in graph.edges(data="weight")) == counted > 0


def test_it_describes_itself(release: Path) -> None:
    told = {one["@id"]: one for one in json.loads((release / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]}
    assert {"codebook.md", "datapackage.json", "networks/officials.gexf", "shapes/event.ttl"} <= set(told)
    assert told["./"]["description"].startswith("What 3 news articles, published from 2024-01-09")
    assert "`tables/dyads.parquet`" in (release / "README.md").read_text("utf-8")


def test_a_second_release_is_the_same(release: Path, data: Path, tmp_path: Path) -> None:
    with open_exporter(Settings(data=data)) as exporter:
        write_release(exporter, tmp_path / "again", Imprint(BASE))
    for path in release.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(release)).read_bytes(), path
