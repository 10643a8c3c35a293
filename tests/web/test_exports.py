"""`/export` over the article of the test data, worked out by processes as when it is served."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from lxml import etree

from kg.errors import BusyError, JournalError, KgError, QueryMemoryError
from kg.export import OUTPUTS, TABLES
from kg.export.writers import TableFormat
from kg.journal import Journal
from kg.types import Entry, Format
from kg.web.export_process import ExportAnswer, ExportSlots
from web.conftest import ARTICLE, BASE, Client, read_graphs

CONFIG = {"base_iri": BASE, "file": "events.csv", "criteria": {}}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    graph = read_graphs()[ARTICLE]
    with Journal.open(data, base_iri=BASE, write=True) as journal:
        journal.append([Entry(ARTICLE, "a.txt", b"words", Format.TEXT, graph, "kg 0", "rules 0")])
    return data


@pytest.fixture
def client(make_client: Callable[..., Client], data: Path) -> Client:
    return make_client(data=data)


@pytest.mark.parametrize("format", TableFormat)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_comes_in_every_format(client: Client, name: str, format: TableFormat) -> None:
    response = client.get(f"/export/{name}.{format.value}")
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == format.media_type
    assert response.headers["content-disposition"] == f'attachment; filename="{name}.{format.value}"'
    assert 'export/datapackage.json>; rel="describedby"' in response.headers["link"]
    file = io.BytesIO(response.content)
    names = {
        TableFormat.CSV: lambda: list(pd.read_csv(file)),
        TableFormat.PARQUET: lambda: pq.read_schema(file).names,
        TableFormat.XLSX: lambda: [cell.value for cell in next(openpyxl.load_workbook(file)["Table"].rows)],
    }[format]()
    assert names == [column.name for column in TABLES[name].columns]


@pytest.mark.parametrize("file", [file for file in OUTPUTS if file.partition(".")[2] in ("graphml", "gexf", "geojson")])
def test_networks_and_the_map_come_too(client: Client, file: str) -> None:
    response = client.get(f"/export/{file}")
    assert response.status_code == 200
    assert response.headers["content-type"] == OUTPUTS[file].media_type
    assert "link" not in response.headers
    if file.endswith("json"):
        assert response.json()["type"] == "FeatureCollection"
    else:
        assert etree.fromstring(response.content).tag.rpartition("}")[2] == file.rpartition(".")[2]
    assert client.get(f"/export/{file}?stance=warns").status_code == 400


def test_parameters_select(client: Client) -> None:
    def rows(query: str) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(client.get(f"/export/events.csv?{query}").content))

    everything = rows("")
    category = everything["Event Type"][0]
    chosen = rows(f"category={category.lower()}&since=&state=")
    assert 0 < len(chosen) == (everything["Event Type"] == category).sum()
    assert len(rows("category=AID&category=AGREE&category=ASSAULT&state=FJI")) == 0
    assert len(rows("until=1900-01-01")) == 0


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("events.csv?catgory=AID", "there is no parameter 'catgory', only since, until, state, "),
        ("events.csv?category=FIGHT", "there is no category 'FIGHT'"),
        ("events.csv?stance=warns", "events cannot be selected by stance, only by since, "),
        ("articles.xlsx?since=soon", "since='soon' is no date"),
        ("dyads.csv?state=Mars", "there is no state 'Mars'"),
    ],
)
def test_a_wrong_parameter_is_told(client: Client, query: str, detail: str) -> None:
    response = client.get(f"/export/{query}")
    assert response.status_code == 400
    assert response.json()["detail"].startswith(detail)


@pytest.mark.parametrize("name", ["nothing.csv", "events.doc", "events", "..%2fetc.csv"])
def test_there_are_no_other_tables(client: Client, name: str) -> None:
    assert client.get(f"/export/{name}").status_code == 404


def test_the_tables_are_described(client: Client) -> None:
    package = client.get("/export/datapackage.json").json()
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    assert all(resource["path"].startswith("http://test/export/") for resource in package["resources"])
    codebook = client.get("/export/codebook.md")
    assert codebook.headers["content-type"].startswith("text/markdown")
    assert codebook.text.startswith("# Codebook")
    page = client.get("/export", "text/html").text
    assert all(f'export/{name}.parquet"' in page for name in TABLES)


def test_without_a_journal_there_is_nothing_to_export(make_client: Callable[..., Client], tmp_path: Path) -> None:
    response = make_client(data=tmp_path).get("/export/events.csv")
    assert response.status_code == 503
    assert "holds no journal" in response.json()["detail"]


def answer(data: Path, slots: ExportSlots, memory_mb: int = 512) -> ExportAnswer:
    return ExportAnswer({**CONFIG, "data": str(data)}, "text/csv", slots, memory_mb)


def test_few_are_written_at_once(data: Path) -> None:
    slots = ExportSlots(1, patience=0.05)
    first = answer(data, slots)
    with pytest.raises(BusyError, match="other exports are being written"):
        answer(data, slots)
    first.close()
    first.close()
    second = answer(data, slots)
    assert b"".join(second).startswith(b"\xef\xbb\xbfEvent ID,")
    second.close()


def test_what_fails_gives_its_place_back(data: Path, tmp_path: Path) -> None:
    slots = ExportSlots(1, patience=0)
    with pytest.raises(JournalError, match="holds no journal"):
        answer(tmp_path, slots)
    with pytest.raises(KgError):
        ExportAnswer({**CONFIG, "data": str(data), "file": "nothing"}, "text/csv", slots, 512)
    answer(data, slots).close()


def test_an_export_past_its_memory_is_told(tmp_path: Path) -> None:
    """One article too large for what the process may have."""
    graph = f'<{ARTICLE}> <https://w3id.org/geokg/ontology#text> "{"x" * 300_000_000}" .\n'.encode()
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        journal.append([Entry(ARTICLE, "a.txt", b"words", Format.TEXT, graph, "kg 0", "rules 0")])
    slots = ExportSlots(1, patience=0)
    with pytest.raises(QueryMemoryError, match="the export ran past its 64 MB of memory"):
        answer(tmp_path, slots, memory_mb=64)
    slots.take()


def test_an_export_can_be_closed_while_it_is_read(data: Path) -> None:
    slots = ExportSlots(1, patience=0)
    one = answer(data, slots)
    threading.Timer(0.1, one.close).start()
    list(one)
    one.close()
    slots.take()
