"""The servers that are measured, each as a process tree of its own on a port of 127.0.0.1: ourselves and the peers.

The peers come from PyPI into an environment of their own, never into the project's.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from serve_data import Dataset

PEERS = ("oxigraph==0.5.13", "rdflib==7.6.0", "rdflib-endpoint[cli]==0.6.3", "uvicorn[standard]==0.54.0")
_START_SECONDS = 900
_STOP_SECONDS = 20


class Server(Protocol):
    """A kind of server."""

    name: ClassVar[str]
    path: ClassVar[str]
    """Where it answers SPARQL."""

    turns: ClassVar[float]
    """How many windows of one kind it has at most."""

    def prepare(self, dataset: Dataset) -> None:
        """Make of the dataset what it starts from, unless that is there."""

    def command(self, dataset: Dataset, port: int) -> list[str]:
        """How to start it."""


@dataclass(frozen=True, slots=True)
class Ours:
    """`kg serve`, as it comes."""

    name: ClassVar[str] = "kg serve"
    path: ClassVar[str] = "/sparql"
    turns: ClassVar[float] = math.inf

    def prepare(self, dataset: Dataset) -> None:
        """Nothing: the data directory is what was made first."""

    def command(self, dataset: Dataset, port: int) -> list[str]:
        address = ["--host", "127.0.0.1", "--port", str(port)]
        return [sys.executable, "-m", "kg", "serve", "--data", str(dataset.data), *address]


@dataclass(frozen=True, slots=True)
class Oxigraph:
    """`oxigraph serve` over a store loaded in bulk and optimized, as its own manual has it.

    Its default graph is the union of all graphs, stored: what `--union-default-graph` sees counts a triple as often as
    graphs hold it, which gives other answers.
    """

    programs: Path
    name: ClassVar[str] = "oxigraph serve"
    path: ClassVar[str] = "/query"
    turns: ClassVar[float] = math.inf

    def prepare(self, dataset: Dataset) -> None:
        store, unfinished = _store(dataset), _store(dataset).with_suffix(".new")
        if store.exists():
            return
        shutil.rmtree(unfinished, ignore_errors=True)
        program = self.programs / "oxigraph"
        files = [dataset.named, dataset.union]
        for words in (["load", "--file", *files], ["optimize"]):
            subprocess.run([program, *words, "--location", unfinished], check=True, stderr=subprocess.DEVNULL)
        unfinished.rename(store)

    def command(self, dataset: Dataset, port: int) -> list[str]:
        return [
            str(self.programs / "oxigraph"),
            "serve",
            "--location",
            str(_store(dataset)),
            "--bind",
            f"127.0.0.1:{port}",
        ]


@dataclass(frozen=True, slots=True)
class Rdflib:
    """rdflib-endpoint over its default store, in memory, whose default graph is the union of all graphs."""

    programs: Path
    name: ClassVar[str] = "rdflib-endpoint"
    path: ClassVar[str] = "/"
    turns: ClassVar[float] = 1  # in a quiet hour a round of the mix at a million triples takes it half a minute

    def prepare(self, dataset: Dataset) -> None:
        """Nothing: it reads the file whenever it starts."""

    def command(self, dataset: Dataset, port: int) -> list[str]:
        address = ["--host", "127.0.0.1", "--port", str(port)]
        return [str(self.programs / "rdflib-endpoint"), "serve", *address, str(dataset.named)]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on `port`."""

    server: Server
    port: int
    process: subprocess.Popen[bytes]

    def url(self, query: str) -> str:
        """The address that gives the answer to `query`."""
        return f"http://127.0.0.1:{self.port}{self.server.path}?{urlencode({'query': query})}"

    def memory_mb(self) -> float:
        """Resident memory of its processes, added up: what two of them share counts twice."""
        return sum(map(_resident_mb, [self.process.pid, *_descendants(self.process.pid)]))

    def processor_seconds(self) -> float:
        """Time of processors that it took so far, with those of its processes that have ended."""
        return sum(map(_processor_seconds, [self.process.pid, *_descendants(self.process.pid)]))


def install_peers(folder: Path) -> Path:
    """The folder of the peers' programs, in an environment that is made at `folder` if there is none."""
    programs = folder / "bin"
    if not (programs / "rdflib-endpoint").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return programs


@contextmanager
def run(server: Server, dataset: Dataset, port: int) -> Iterator[Running]:
    """The server, started over the dataset and ended afterwards."""
    server.prepare(dataset)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    process = subprocess.Popen(
        server.command(dataset, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        running = Running(server, port, process)
        _wait(running)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(running: Running) -> None:
    """Return when it answers."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and running.process.poll() is None:
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(running.url("ASK {}"), timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"{running.server.name} did not start")


def _store(dataset: Dataset) -> Path:
    return dataset.data.with_name(f"{dataset.data.name}-oxigraph")


def _descendants(process: int) -> Iterator[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text("ascii").split()):
                yield child
                yield from _descendants(child)


def _resident_mb(process: int) -> float:
    """https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html"""
    with suppress(FileNotFoundError, ProcessLookupError):
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return 0.0


def _processor_seconds(process: int) -> float:
    """https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime, stime, cutime, cstime"""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0
