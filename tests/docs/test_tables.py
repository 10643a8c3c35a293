"""The page about tables: its commands and code give what is shown."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import ROOT, codes, read, rows, section
from docs.test_readme import matches, run, steps
from kg.export import TABLES
from kg.web.exports import CRITERIA
from serving import serving

PAGE = read("docs/tables.md")
SHOWN = "http://localhost:8000"
PYTHON = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the page have run, in order."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copytree(ROOT / "data" / "samples", folder / "articles")
    for command, shown in steps(PAGE):
        if SHOWN not in command:
            real = run(command, folder)
            assert matches(shown, real), f"$ {command}{real}"
    return folder


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(sample_data, port, write_token="") as service:
        yield service.address


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_service_gives_what_is_shown(address: str, tmp_path: Path) -> None:
    asked = [(command, shown) for command, shown in steps(PAGE) if SHOWN in command]
    assert len(asked) == 2
    for command, shown in asked:
        real = run(command.replace(SHOWN, address), tmp_path).replace(address, SHOWN)
        assert matches(shown, real if real.endswith("\n") else real + "\n"), f"$ {command}{real}"


def test_the_code_gives_what_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert len(PYTHON) == 2
    for code, shown in PYTHON:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(code, {})
        assert said.getvalue() == shown


def test_each_table_says_what_it_can_be_selected_by() -> None:
    listed = {codes(row[0])[0]: row[2] for row in rows(PAGE.split("\n## ")[0])}
    parameters = {field: name for name, field in CRITERIA.items()}
    for name, table in TABLES.items():
        told = ", ".join(parameters.get(field, field) for field in table.criteria)
        assert listed[name] == ("as events" if name == "dyads" else told)
    assert TABLES["dyads"].criteria == TABLES["events"].criteria
    assert set(listed) == set(TABLES)


def test_the_first_columns_are_those_of_polecat() -> None:
    """https://doi.org/10.7910/DVN/AJGVIT, in its order; those that the graph cannot fill are not there."""
    polecat = [
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        "Intensity",
        "Quad Code",
        "Contexts",
        "Actor Name",
        "Actor Country",
        "Actor COW",
        "Primary Actor Sector",
        "Actor Sectors",
        "Actor Title",
        "Actor Name Raw",
        "Wikipedia Actor ID",
        "Recipient Name",
        "Recipient Country",
        "Recipient COW",
        "Primary Recipient Sector",
        "Recipient Sectors",
        "Recipient Title",
        "Recipient Name Raw",
        "Wikipedia Recipient ID",
        "Placename",
        "City",
        "District",
        "Province",
        "Country",
        "Latitude",
        "Longitude",
        "GeoNames ID",
        "Raw Placename",
        "Feature Type",
        "Source",
        "Publication Date",
        "Story People",
        "Story Organizations",
        "Story Locations",
        "Language",
        "Version",
    ]
    ours = [column.name for column in TABLES["events"].columns]
    shared = [name for name in polecat if name in ours]
    assert ours[: len(shared)] == shared
    assert len(shared) == 27
    assert section(PAGE, "From POLECAT, ICEWS and GDELT")
