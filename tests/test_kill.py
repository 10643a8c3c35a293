"""`kg ingest`, stopped at any instant by kill -9 or Ctrl-C and run again, ends where it would have ended at once."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import JournalError
from kg.index.checkpoints import Checkpoints
from kg.journal import Journal
from kg.keeper import fixed_graphs
from kg.types import Refusal
from stories import write_stories

BASE = "http://localhost:8000/"
DOCUMENTS = 50
ARTICLES = 43


class Command:
    """`kg`, run in a folder without settings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}

    def run(self, *arguments: str, interrupt: Callable[[int], None] = lambda _: None) -> tuple[int, str]:
        """Exit status and standard error; `interrupt` is called with the process id once it runs."""
        command = [sys.executable, "-m", "kg", *arguments]
        with subprocess.Popen(command, stderr=-1, text=True, env=self._settings, cwd=self._folder) as process:
            interrupt(process.pid)
            _, errors = process.communicate()
        return process.returncode, errors


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill")
    write_stories(folder / "in", DOCUMENTS)
    return folder


@pytest.fixture(scope="module")
def kg(folder: Path) -> Command:
    return Command(folder)


@pytest.fixture(scope="module")
def undisturbed(kg: Command, folder: Path) -> tuple[float, Path]:
    """How many seconds an ingest takes, and its data directory."""
    start = time.monotonic()
    status, errors = kg.run("ingest", "in", "--data", "undisturbed")
    assert (status, errors.splitlines()[-1]) == (
        1,
        f"48 stored ({ARTICLES} new, 5 replaced), 2 refused; undisturbed holds {ARTICLES} articles.",
    )
    return time.monotonic() - start, folder / "undisturbed"


@contextmanager
def journal_of(directory: Path) -> Iterator[Journal]:
    with Journal.open(directory, base_iri=BASE, write=False) as journal:
        yield journal


def count(directory: Path) -> int:
    """How many articles are kept; none while there is no journal."""
    try:
        with journal_of(directory) as journal:
            return journal.count()
    except JournalError:
        return 0


def contents(directory: Path) -> tuple[dict[str, list[bytes]], tuple[Refusal, ...]]:
    """Each article with its graph, save the time of its activity, and what was refused."""
    with journal_of(directory) as journal:
        graphs = {article: graph.splitlines() for _, article, graph in journal.since(0)}
        return {a: [line for line in g if b"#endedAtTime>" not in line] for a, g in graphs.items()}, journal.refusals()


def assert_index_equals_journal(directory: Path) -> None:
    with journal_of(directory) as journal:
        graphs = {article: graph for _, article, graph in journal.since(0)}
    graphs |= {graph.iri: graph.triples for graph in fixed_graphs(BASE)}
    expected = ox.Store()
    for iri, triples in graphs.items():
        expected.bulk_load(triples, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(iri))
        expected.bulk_load(triples, ox.RdfFormat.N_TRIPLES)
    generation = Checkpoints(directory / "index").hold()
    try:
        held = set(ox.Store.read_only(str(generation.path)))
    finally:
        generation.release()
    assert set(filter(is_named, held)) == set(filter(is_named, expected))


def is_named(quad: ox.Quad) -> bool:
    """False where a node has no name."""
    return not any(isinstance(node, ox.BlankNode) for node in (quad.subject, quad.object))


def after(seconds: float, number: int) -> Callable[[int], None]:
    def interrupt(process: int) -> None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(process, number)

    return interrupt


def test_kill_at_any_instant_and_the_same_command_again(
    kg: Command, folder: Path, undisturbed: tuple[float, Path]
) -> None:
    duration, reference = undisturbed
    chance = random.Random(20240105)
    for round in range(2):
        data = folder / f"data-{round}"
        for _ in range(2):
            kill = after(chance.uniform(0.05, 0.95) * duration, signal.SIGKILL)
            kg.run("ingest", "in", "--data", data.name, interrupt=kill)
            assert count(data) <= ARTICLES
        status, errors = kg.run("ingest", "in", "--data", data.name)
        assert status == 1
        assert errors.endswith(f"2 refused; {data.name} holds {ARTICLES} articles.\n")
        assert contents(data) == contents(reference)
    assert_index_equals_journal(data)


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_at_once_and_what_was_counted_is_there(
    kg: Command, folder: Path, number: int, status: int
) -> None:
    data = folder / f"stopped-{number}"
    sent = []

    def interrupt(process: int) -> None:
        while count(data) == 0:
            time.sleep(0.02)
        os.kill(process, number)
        sent.append(time.monotonic())

    found, errors = kg.run("ingest", "in", "--data", data.name, interrupt=interrupt)
    assert found == status, errors
    assert time.monotonic() - sent[0] < 5
    *_, summary, last = errors.splitlines()
    assert last == "kg: stopped before the end"
    counted = re.fullmatch(rf"\d+ stored \(.*\), \d refused; {data.name} holds (\d+) articles\.", summary)
    assert counted
    assert 0 < count(data) == int(counted[1]) < ARTICLES
