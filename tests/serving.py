"""`kg serve` as a process of its own, for tests that stop it, kill it, or take things away from under it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kg.journal import Journal
from kg.types import Entry, Format

BASE = "http://localhost:8000/"
TOKEN = "s3cret"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Serving:
    """A service that runs, and a client of it."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.client = httpx.Client(base_url=address, timeout=60)

    def ask(self, query: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query, "format": "csv"})

    def post(self, text: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
        return self.client.post("/articles", content=text.encode(), headers=headers)

    def is_ready(self) -> bool:
        return self.client.get("/readyz").status_code == 200

    def readers(self) -> list[int]:
        """The process ids of its readers."""
        return [pid for pid, parent in processes() if parent == self.process.pid]


def processes() -> Iterator[tuple[int, int]]:
    """Each process that runs, with its parent."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            yield int(path.parent.name), int(parent)


@contextmanager
def serving(data: Path, port: int, wrapper: tuple[str, ...] = (), **settings: str) -> Iterator[Serving]:
    """A service over `data`, killed in the end if it still runs. `settings` are without their prefix;
    with an empty `write_token` it only reads, and starts sooner."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    own |= {f"KG_{name.upper()}": value for name, value in ({"write_token": TOKEN} | settings).items()}
    command = [*wrapper, sys.executable, "-m", "kg", "serve", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own) as process:
        try:
            assert process.stderr
            said = process.stderr.readline()
            assert said.startswith("Serving"), said
            serving = Serving(process, f"http://127.0.0.1:{port}")
            with serving.client:
                wait_until(lambda: answers(serving))
                yield serving
        finally:
            process.kill()


def answers(serving: Serving) -> bool:
    try:
        return serving.client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def wait_until(holds: Callable[[], Any], seconds: float = 20) -> None:
    """Fail where it does not come to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        time.sleep(0.05)


def fill(data: Path, number: int) -> None:
    """Put articles into the journal of `data`, which is made where there is none; the index is left as it is."""
    entries = []
    for i in range(number):
        iri = f"{BASE}article/{i}"
        graph = f'<{iri}> <http://x/says> "words {i}" .\n'
        entries.append(Entry(iri, f"{i}.txt", b"words", Format.TEXT, graph.encode(), "kg 0", "rules 0"))
    with Journal.open(data, base_iri=BASE, write=True) as journal:
        journal.append(entries)


def logged(path: Path) -> list[dict[str, Any]]:
    """The lines of an access log."""
    return [json.loads(line) for line in path.read_text().splitlines()]
