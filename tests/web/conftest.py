"""A service over one invented article, its answers evaluated in this process, and a client that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx
import pyoxigraph as ox
import pytest
from fastapi import FastAPI

from kg.errors import NotAcceptableError, QuerySyntaxError
from kg.index.answer import Dataset
from kg.settings import Settings
from kg.types import Document, Refusal, Report
from kg.web.app import create_app

HERE = Path(__file__).parent
BASE = "http://localhost:8000/"
ARTICLE = BASE + "article/0123456789abcdef"
TOKEN = "s3cret"


@dataclass
class FakeAnswer:
    kind: str
    media_type: str
    content: bytes
    rows: int | None = None
    is_whole: bool = True
    generation: int = 1

    def __iter__(self) -> Iterator[bytes]:
        yield from (self.content[i : i + 100] for i in range(0, len(self.content), 100))

    def close(self) -> None:
        pass


class FakeReaders:
    """What `kg.index.readers` does, in this process; `failing` is raised instead of an answer."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.failing: Exception | None = None
        self.generation: int | None = 1
        self.asked: list[str] = []
        self.busy = self.waiting = self.started = 0
        self.is_whole = True

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
    ) -> FakeAnswer:
        self.asked.append(text)
        if self.failing:
            raise self.failing
        scope = (
            {}
            if dataset is None
            else {
                "default_graph": [ox.NamedNode(iri) for iri in dataset.default],
                "named_graphs": [ox.NamedNode(iri) for iri in dataset.named],
            }
        )
        answer = self._evaluate(text, results, graphs, {"base_iri": base_iri, **scope})
        if isinstance(answer, FakeAnswer):
            answer.is_whole = self.is_whole
        if isinstance(answer, str):
            raise NotAcceptableError(f"the query gives {answer}")
        return answer

    def _evaluate(self, text: str, results: str | None, graphs: str | None, scope: dict[str, Any]) -> FakeAnswer | str:
        """The answer, or its kind where that has no format. Results must be let go of in the thread that has them."""
        try:
            found = self.store.query(text, **scope)
        except SyntaxError as error:
            raise QuerySyntaxError(str(error)) from None
        if isinstance(found, ox.QueryTriples):
            return "a graph" if graphs is None else FakeAnswer("graph", graphs, _serialize_graph(found, graphs))
        kind = "boolean" if isinstance(found, ox.QueryBoolean) else "solutions"
        return kind if results is None else FakeAnswer(kind, results, _serialize_results(found, results))


def _serialize_graph(found: ox.QueryTriples, media_type: str) -> bytes:
    return found.serialize(format=ox.RdfFormat.from_media_type(media_type)) or b""


def _serialize_results(found: ox.QuerySolutions | ox.QueryBoolean, media_type: str) -> bytes:
    return found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)) or b""


@dataclass(frozen=True)
class FakeOutcome:
    article_iri: str | None = None
    refusal: Refusal | None = None
    report: Report | None = None


@dataclass
class FakeIngester:
    outcome: FakeOutcome = FakeOutcome(article_iri=ARTICLE)
    documents: list[Document] = field(default_factory=list)

    def ingest(self, document: Document) -> FakeOutcome:
        self.documents.append(document)
        return self.outcome


@dataclass(frozen=True)
class Client:
    """Asks an app without a network."""

    app: FastAPI

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, url, **options)

        return anyio.run(send)

    def get(self, url: str, accept: str | None = None, **options: Any) -> httpx.Response:
        return self.request("GET", url, headers={"Accept": accept} if accept else {}, **options)


def read_graphs() -> dict[str, bytes]:
    """The graphs of the test data, in N-Triples, by name."""
    graphs = {ARTICLE: "article.ttl", BASE + "graph/reference": "reference.ttl"}
    return {
        iri: ox.serialize(ox.parse(path=HERE / name, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
        for iri, name in graphs.items()
    }


@pytest.fixture(scope="session")
def store() -> ox.Store:
    store = ox.Store()
    for iri, triples in read_graphs().items():
        store.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(iri))
        store.load(triples, format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture
def readers(store: ox.Store) -> FakeReaders:
    return FakeReaders(store)


@pytest.fixture
def ingester() -> FakeIngester:
    return FakeIngester()


@pytest.fixture
def make_client(readers: FakeReaders, ingester: FakeIngester) -> Callable[..., Client]:
    def make(*, read_only: bool = False, **settings: Any) -> Client:
        chosen = Settings(**{"write_token": TOKEN, "base_iri": BASE, **settings})
        return Client(create_app(chosen, readers, None if read_only else ingester))

    return make


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()
