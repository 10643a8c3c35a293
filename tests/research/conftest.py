"""A graph of invented articles, opened once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pytest

from invented_graphs import fill
from kg import Graph
from kg.settings import Settings

matplotlib.use("Agg")


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a data directory of invented articles."""
    return fill(Path(tmp_path_factory.mktemp("research")) / "data")


@pytest.fixture(scope="session")
def graph(invented: Settings) -> Iterator[Graph]:
    with Graph(invented.data) as graph:
        yield graph


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")
