"""A journal of the sample article, some invented stories, and graphs that somebody wrote."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.exporter import Exporter, open_exporter
from kg.iris import DEFAULT_GRAPH
from kg.journal import Journal
from kg.pipeline import SOFTWARE, Pipeline
from kg.settings import Settings
from kg.sources import find_documents
from kg.types import Document, Entry, Format, Hints
from stories import tell

BASE = "http://localhost:8000/"
NOTED, AGAIN = f"{BASE}graphs/noted", f"{BASE}graphs/again"
KG, RDF = "https://w3id.org/geokg/ontology#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    pipeline = Pipeline(Settings())
    documents = [
        *find_documents(["data/samples"], Hints(), 10**7, io.BytesIO()),
        *(Document(f"{number}.txt", Format.TEXT, tell(number).encode()) for number in range(6)),
    ]
    found = []
    for one, outcome in pipeline.read(documents):
        assert one and outcome.graph and outcome.article_iri
        document = one.document
        found.append(
            Entry(outcome.article_iri, document.name, document.content, document.format, outcome.graph, SOFTWARE, "m 1")
        )
    return found


@pytest.fixture(scope="session")
def data(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory."""
    directory = tmp_path_factory.mktemp("journal")
    with Journal.open(directory, base_iri=BASE, write=True) as journal:
        journal.append(entries)
        journal.put_graph(NOTED, noted(entries[0]))
        journal.put_graph(AGAIN, noted(entries[0]))
        journal.put_graph(DEFAULT_GRAPH, b"<http://x/a> <http://x/p> <http://x/b> .\n")
    return directory


@pytest.fixture
def exporter(data: Path) -> Iterator[Exporter]:
    with open_exporter(Settings(data=data)) as opened:
        yield opened


def noted(entry: Entry) -> bytes:
    """A graph as `/graphs` takes it, with a title: all that the article's has, and one event and statement more."""
    lines = entry.graph.decode().splitlines(keepends=True)
    own = [f'<{NOTED}> <http://purl.org/dc/terms/title> "Noted" .\n']
    for noun in ("Event", "Statement"):
        record = next(line.split()[0] for line in lines if f"<{RDF}type> <{KG}{noun}>" in line)
        own += [line.replace(record, f"<{BASE}{noun.lower()}/noted>") for line in lines if line.startswith(record)]
    return "".join(sorted([*lines, *own])).encode()
