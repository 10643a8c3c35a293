"""The page about OpenRefine: its commands give what is shown, and its tables are what the service has."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import codes, read, rows, section
from docs.test_readme import matches, run, steps
from kg.web.reconcile.kinds import PROPERTIES
from kg.web.reconcile.manifest import MOST_QUERIES
from serving import serving

PAGE = read("docs/openrefine.md")
SHOWN = "http://localhost:8000"
COMMANDS = list(steps(PAGE))


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(sample_data, port, write_token="") as service:
        yield service.address


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=range(len(COMMANDS)))
def test_the_page_shows_what_its_commands_give(address: str, tmp_path: Path, command: str, shown: str) -> None:
    assert SHOWN in command
    real = run(command.replace(SHOWN, address), tmp_path).replace(address, SHOWN)
    assert matches(shown, real if real.endswith("\n") else real + "\n"), f"$ {command}{real}"


def test_every_property_is_listed_and_nothing_else() -> None:
    listed = {codes(row[0])[0]: row[1] for row in rows(section(PAGE, "Properties"))}
    short = {"State, Official, Person, Organization": "all"}
    real = {one.id: ", ".join(iri.rpartition("#")[2] for iri in one.classes) for one in PROPERTIES}
    assert listed == {id: short.get(classes, classes) for id, classes in real.items()}


def test_the_limit_of_a_batch_is_told() -> None:
    assert f"at most {MOST_QUERIES} queries (`batchSize`)" in PAGE
