"""The page on networks, maps and releases: its commands and its Python run, and its tables are true."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from docs.pages import blocks, codes, read, rows, section
from docs.test_readme import matches, run, steps
from kg.export import Selection
from kg.export.event_table import gather_events
from kg.export.graph_files import MapFormat, NetworkFormat
from kg.export.networks import build_network
from kg.export.nodes import AGENT_ATTRIBUTES, STATE_ATTRIBUTES
from kg.export.ties import Level, Network
from kg.exporter import open_exporter
from kg.resources import resource
from kg.settings import Settings
from kg.triples import RdfFormat, write_graphs

PAGE = read("docs/networks.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data directory that holds the sample article."""
    made = tmp_path_factory.mktemp("networks")
    told = run(f"kg ingest '{resource('data', 'samples')}'", made)
    assert "1 stored" in told
    return made


@pytest.fixture(scope="module")
def files(folder: Path) -> Path:
    """The same, with the files that the commands of the page write."""
    facts = Selection().of_facts()
    with open_exporter(Settings(data=folder / "kg-data")) as exporter:
        for level in Level:
            network = Network(gather_events(exporter.graphs(facts), facts), level=level)
            for format in NetworkFormat:
                (folder / f"{level.value}.{format.value}").write_bytes(b"".join(format.write(network)))
        events = gather_events(exporter.graphs(Selection()), Selection())
        (folder / "events.geojson").write_bytes(b"".join(MapFormat.GEOJSON.write(events)))
        (folder / "graph.nq").write_bytes(b"".join(write_graphs(exporter.stored(), RdfFormat.NQUADS)))
    return folder


def test_the_commands_give_what_is_shown(folder: Path) -> None:
    made = []
    for command, shown in steps(PAGE):
        assert matches(shown, run(command, folder)), command
        made.append(folder / command.split()[-1])
    assert len(made) == 7
    assert all(path.stat().st_size > 1_000 for path in made)


@pytest.mark.filterwarnings("ignore")  # of the libraries that the code is about
@pytest.mark.parametrize("code", blocks(PAGE, "python"), ids=lambda code: code.split("\n")[0])
def test_the_python_runs(code: str, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "geopandas" in code and importlib.util.find_spec("geopandas") is None:
        pytest.skip("geopandas is no dependency: with its libraries it is larger than all else")
    monkeypatch.chdir(files)
    exec(compile(code, "docs/networks.md", "exec"), {})


def test_every_attribute_is_told_of(files: Path) -> None:
    tables = [codes(row[0]) for row in rows(section(PAGE, "Networks")) if row[0].startswith("`")]
    told = {name for names in tables for name in names}
    facts = Selection().of_facts()
    with open_exporter(Settings(data=files / "kg-data")) as exporter:
        graph = build_network(gather_events(exporter.graphs(facts), facts))
    real = {name for *_, data in graph.edges(data=True) for name in data}
    levels = {level.value for level in Level}
    assert told == {*levels, *STATE_ATTRIBUTES, *AGENT_ATTRIBUTES, *real, "events"}


def test_every_way_of_writing_rdf_is_told_of() -> None:
    assert [codes(row[0])[0] for row in rows(section(PAGE, "RDF"))] == ["nquads", "trig", "jsonld", "turtle"]
    assert set(RdfFormat) == {"nquads", "trig", "jsonld", "turtle"}
