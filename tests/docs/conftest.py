"""The sample article, ingested once, for the tests that ask of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.asking import Asked, open_current
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.resources import resource
from kg.settings import Settings
from kg.sources import find_documents
from kg.types import Hints


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory that `make demo` makes."""
    settings = Settings(data=tmp_path_factory.mktemp("sample"), readers=1)
    documents = find_documents([str(resource("data", "samples"))], Hints(), 10_000_000, io.BytesIO())
    with Keeper.open(settings) as keeper:
        outcomes = list(Pipeline(settings).ingest(documents, keeper))
    assert [outcome.refusal for outcome in outcomes] == [None]
    return settings.data


@pytest.fixture(scope="session")
def sample(sample_data: Path) -> Iterator[Asked]:
    """What answers queries on that graph."""
    with open_current(Settings(data=sample_data, readers=1)) as asked:
        yield asked
