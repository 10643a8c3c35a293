"""Releases as RO-Crates."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rocrate.rocrate import ROCrate

from invented import ACTIVITY, BASE, invent
from kg.errors import SettingError
from kg.export.crate import write_crate
from kg.export.named_graph import NamedGraph
from kg.export.release import Imprint, Member, Origin, graph_member, shipped_members
from kg.triples import RdfFormat, to_graph, to_ntriples, write_graphs

GRAPHS = [
    (BASE + f"article/{article.id}", to_ntriples(to_graph(article, facts, ACTIVITY, base=BASE)))
    for article, facts in map(invent, (1, 2))
]
TABLE = Member(
    "tables/events.csv", "Events", "One row per event.", ("text/csv",), lambda file: file.write(b"Event ID\r\n")
)
MEMBERS = [graph_member(lambda: write_graphs(GRAPHS, RdfFormat.NQUADS)), TABLE, *shipped_members()]
ORIGIN = Origin.gather(NamedGraph.parse(iri, triples) for iri, triples in GRAPHS)
KNOWN = Imprint(BASE, "Talks", "University of X", "https://x.example/", "https://spdx.org/licenses/ODbL-1.0")


def metadata(folder: Path) -> dict[str, dict[str, Any]]:
    graph = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    return {entity["@id"]: entity for entity in graph}


def test_what_is_in_a_release(tmp_path: Path) -> None:
    write_crate(tmp_path / "release", MEMBERS, ORIGIN, Imprint(BASE))
    crate = ROCrate(tmp_path / "release")
    listed = {entity.id for entity in crate.data_entities}
    found = {
        path.relative_to(tmp_path / "release").as_posix()
        for path in (tmp_path / "release").rglob("*")
        if path.is_file()
    }
    assert found == listed | {"ro-crate-metadata.json"}
    assert {"graph.nq.gz", "tables/events.csv", "README.md"} <= listed
    assert {"ontology/ontology.ttl", "ontology/context.jsonld", "shapes/event.ttl"} <= listed
    packed = gzip.decompress((tmp_path / "release" / "graph.nq.gz").read_bytes())
    quads = {str(quad.graph_name.value) for quad in ox.parse(packed, format=ox.RdfFormat.N_QUADS)}
    assert quads == {iri for iri, _ in GRAPHS}
    for id, entity in metadata(tmp_path / "release").items():
        if entity["@type"] == "File":
            assert entity["contentSize"] == str((tmp_path / "release" / id).stat().st_size)
            assert entity["name"] and entity["description"] and entity["encodingFormat"]


def test_a_release_says_where_it_comes_from(tmp_path: Path) -> None:
    write_crate(tmp_path / "release", MEMBERS, ORIGIN, Imprint(BASE))
    told = metadata(tmp_path / "release")
    root = told["./"]
    assert "2 news articles, published from 2024-01-09 to 2024-01-09" in root["description"]
    assert (root["datePublished"], root["temporalCoverage"]) == ("2024-01-10", "2024-01-09/2024-01-09")
    assert "belong to their publishers" in told[root["license"]["@id"]]["description"]
    assert told[root["publisher"]["@id"]]["name"] == f"Whoever runs {BASE}"
    reading = told["#reading-1"]
    assert reading["@type"] == "CreateAction"
    assert reading["endTime"] == "2024-01-10T12:30:00+00:00"
    software = told[reading["instrument"]["@id"]]
    assert (software["name"], software["version"]) == ("geokg 0.0.0", "0.0.0")
    assert software["description"] == "Language model: rules 0."
    assert {one["@id"] for one in reading["result"]} == {"graph.nq.gz", "tables/events.csv"}
    assert told["ontology/kind.ttl"]["license"] == {"@id": "https://www.apache.org/licenses/LICENSE-2.0"}
    readme = (tmp_path / "release" / "README.md").read_text("utf-8")
    assert all(words in readme for words in ("| `tables/events.csv` |", "geokg 0.0.0, rules 0", "belong to their"))


def test_who_publishes_it_and_on_what_terms_may_be_said(tmp_path: Path) -> None:
    write_crate(tmp_path / "release", MEMBERS, ORIGIN, KNOWN)
    told = metadata(tmp_path / "release")
    assert told["./"]["name"] == "Talks"
    assert told["./"]["license"] == {"@id": KNOWN.license}
    assert told["https://x.example/"]["name"] == "University of X"


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_crate(tmp_path / name, MEMBERS, ORIGIN, Imprint(BASE))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_an_empty_graph_is_a_release_of_today(tmp_path: Path) -> None:
    write_crate(tmp_path / "release", list(shipped_members()), Origin(), Imprint(BASE))
    told = metadata(tmp_path / "release")
    assert told["./"]["datePublished"] == dt.datetime.now(dt.UTC).date().isoformat()
    assert "0 news articles say" in told["./"]["description"] and "#reading-1" not in told


@pytest.mark.parametrize("name", ["full", "full/file", "file.zip"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("kept")
    (tmp_path / "file.zip").write_text("kept")
    with pytest.raises(SettingError, match="is there already: name a new folder"):
        write_crate(tmp_path / name, MEMBERS, ORIGIN, Imprint(BASE))
    assert (tmp_path / "full" / "file").read_text() == (tmp_path / "file.zip").read_text() == "kept"


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingError, match=r"cannot write .*file/release: "):
        write_crate(tmp_path / "file" / "release", MEMBERS, ORIGIN, Imprint(BASE))

    def fail(file: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SettingError, match="No space left on device"):
        write_crate(tmp_path / "release", [Member("a", "A", "A.", ("text/plain",), fail)], ORIGIN, Imprint(BASE))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    write_crate(tmp_path / "release", MEMBERS, ORIGIN, Imprint(BASE))
    assert (tmp_path / "release" / "ro-crate-metadata.json").exists()
