"""The sample article as an assistant sees it, through the client of the official SDK."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pyoxigraph as ox
import pytest
from mcp.client import Client
from mcp.types import CallToolResult

from kg.asking import open_current
from kg.assistant import Graph, Source, make_server
from kg.index.answer import Answer, Dataset, Kind
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.resources import resource
from kg.settings import Settings
from kg.sources import find_documents
from kg.types import Hints

HERE = Path(__file__).parent
BASE = "http://localhost:8000/"

Call = Callable[..., CallToolResult]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory that `make demo` makes."""
    settings = Settings(data=tmp_path_factory.mktemp("assistant"))
    documents = find_documents([str(resource("data", "samples"))], Hints(), 10_000_000, io.BytesIO())
    with Keeper.open(settings) as keeper:
        outcomes = list(Pipeline(settings).ingest(documents, keeper))
    assert [outcome.refusal for outcome in outcomes] == [None]
    return settings.data


@pytest.fixture(scope="session")
def sample(data: Path) -> Iterator[Graph]:
    with open_current(Settings(data=data)) as asked, Graph(Source(asked)) as graph:
        yield graph


@pytest.fixture(scope="session")
def call(sample: Graph) -> Call:
    """Calls a tool by its name, over the sample article."""
    return caller(sample)


def caller(graph: Graph) -> Call:
    """What calls tools over `graph` by the protocol, in this process."""
    server = make_server(graph)

    def call(name: str, /, **arguments: Any) -> CallToolResult:
        async def run() -> CallToolResult:
            async with Client(server) as client:
                return await client.call_tool(name, arguments)

        return anyio.run(run)

    return call


def answer_of(result: CallToolResult) -> dict[str, Any]:
    """The structured answer, which the text says too; the client has held it against its schema."""
    (text,) = result.content
    assert not result.is_error, text
    assert json.loads(text.text) == result.structured_content
    return result.structured_content


def error_of(result: CallToolResult) -> str:
    """What an error says: one line."""
    (text,) = result.content
    assert result.is_error and result.structured_content is None
    assert "\n" not in text.text and "Traceback" not in text.text
    return text.text


class StoreAsked:
    """A store in this process, asked as somebody's endpoint is: no prefix is known, and no union made."""

    def __init__(self, trig: str) -> None:
        self.store = ox.Store()
        self.store.load(trig.encode(), ox.RdfFormat.TRIG)
        self.asked: list[str] = []
        self.generation = self.busy = self.waiting = self.started = 0

    def query(
        self,
        text: str,
        *,
        results: str | None,
        graphs: str | None,
        base_iri: str | None = None,
        dataset: Dataset | None = None,
        union: bool = False,
        all_rows: bool = False,
    ) -> Answer:
        self.asked.append(text)
        found = self.store.query(text)
        if isinstance(found, ox.QueryTriples):
            content = found.serialize(format=ox.RdfFormat.N_TRIPLES)
            return Answer(Kind.GRAPH, graphs or "", 0, iter([content]), lambda: None)
        kind = Kind.BOOLEAN if isinstance(found, ox.QueryBoolean) else Kind.SOLUTIONS
        content = found.serialize(format=ox.QueryResultsFormat.JSON)
        return Answer(kind, results or "", 0, (content[i : i + 64] for i in range(0, len(content), 64)), lambda: None)
