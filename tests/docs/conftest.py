"""The sample article, ingested once, for the tests that ask of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from kg.asking import Asked, open_current
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.resources import resource
from kg.settings import Settings
from kg.sources import find_documents
from kg.types import Hints


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """What answers queries on the graph that `make demo` makes."""
    settings = Settings(data=tmp_path_factory.mktemp("sample"), readers=1)
    documents = find_documents([str(resource("data", "samples"))], Hints(), 10_000_000, io.BytesIO())
    with Keeper.open(settings) as keeper:
        outcomes = list(Pipeline(settings).ingest(documents, keeper))
    assert [outcome.refusal for outcome in outcomes] == [None]
    with open_current(settings) as asked:
        yield asked
