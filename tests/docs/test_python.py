"""What the pages show of Python runs, and gives what is shown."""

from __future__ import annotations

import doctest
import inspect
import shutil
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from docs.pages import ROOT, blocks, codes, read, rows, section
from docs.test_readme import matches, run, steps
from kg import Graph
from kg.research.datatypes import _KINDS
from kg.research.frames import _PANDAS

PAGE = read("docs/python.md")
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the page were run."""
    folder = tmp_path_factory.mktemp("python")
    shutil.copytree(ROOT / "data" / "samples", folder / "my-articles")
    for command, shown in steps(PAGE):
        if command.startswith("kg "):
            real = run(command, folder)
            assert matches(shown, real), f"$ {command}{real}"
    return folder


def test_what_the_page_shows_is_what_comes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = "\n".join(blocks(PAGE, "pycon"))
    assert shown.count(">>> ") > 12
    check(shown, folder, monkeypatch)
    assert (folder / "timeline.png").stat().st_size > 5_000


def test_the_readme_gets_to_a_plot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = section(read("README.md"), "Your own articles")
    commands = [command.split() for command, _ in steps(part)]
    assert commands == [["make", "setup"], [".venv/bin/kg", "ingest", "my-articles"], [".venv/bin/python"]]
    check("\n".join(blocks(part, "console")).partition("python\n")[2], folder, monkeypatch)


def check(session: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a session as it stands; `...` in what is shown stands for any text."""
    monkeypatch.chdir(folder)
    matplotlib.use("Agg")
    parsed = doctest.DocTestParser().get_doctest(session, {}, "page", None, 0)
    said: list[str] = []
    with pd.option_context("display.width", 200, "display.max_colwidth", 60):
        result = doctest.DocTestRunner(optionflags=_FLAGS).run(parsed, out=said.append)
    plt.close("all")
    assert result.attempted and not result.failed, "".join(said)


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    listed = {codes(row[0])[0]: codes(row[2]) for row in rows(section(PAGE, "Tables"))}
    own = {"self", "frame"}
    assert "limit" not in inspect.signature(Graph.dyads).parameters
    listed["dyads"] = [name for name in listed["events"] if name != "limit"]
    for name, filters in listed.items():
        assert set(filters) == set(inspect.signature(getattr(Graph, name)).parameters) - own
    methods = {name for name, value in vars(Graph).items() if inspect.isfunction(value) and not name.startswith("_")}
    assert {name for name in methods if f"`{name}" not in PAGE and f".{name}(" not in PAGE} == set()


def test_the_types_of_the_page_are_those_of_the_code() -> None:
    cells = list(rows(section(PAGE, "SPARQL")))
    assert {codes(row[1])[0] for row in cells} == set(_PANDAS.values())
    named = {name.removeprefix("xsd:") for row in cells[:-1] for name in codes(row[0])}
    assert named <= {iri.rpartition("#")[2] for iri in _KINDS}
