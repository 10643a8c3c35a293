"""The services under test: how each is fetched, started and addressed.

A peer lives in an environment of its own under `.peers/`, made when it is first asked for, never in the project's.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".peers"
HOST = "127.0.0.1"
READY_WITHIN = 60.0
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A service: what starts it, with {port} and {folder} to be filled in, and where it answers.

    `requirement` is what pip is asked for; None is what already runs this. `graphs` is where the Graph Store Protocol
    is spoken, None where it is not; `writes` the headers that a write needs.
    """

    name: str
    command: tuple[str, ...]
    query: str
    update: str
    graphs: str | None
    requirement: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    writes: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name and, of a peer, its version."""
        version = self.requirement.partition("==")[2] if self.requirement else ""
        return f"{self.name} {version}".strip()


# Known to this run and nobody else.
_TOKEN = secrets.token_urlsafe()

OURS = Kind(
    name="kg",
    command=("-m", "kg", "serve", "--data", "{folder}", "--host", HOST, "--port", "{port}"),
    query="/sparql",
    update="/sparql",
    graphs="/graphs",
    environment={
        "KG_UNION_DEFAULT_GRAPH": "false",
        "KG_WRITE_TOKEN": _TOKEN,
        "KG_BASE_IRI": f"http://{HOST}:{{port}}/",
    },
    writes={"authorization": f"Bearer {_TOKEN}"},
)
OTHERS = {
    "oxigraph": Kind(
        name="oxigraph serve",
        command=("bin/oxigraph", "serve", "--location", "{folder}", "--bind", HOST + ":{port}"),
        query="/query",
        update="/update",
        graphs="/store",
        requirement="oxigraph==0.5.13",
    ),
    "rdflib-endpoint": Kind(
        name="rdflib-endpoint",
        command=("bin/rdflib-endpoint", "serve", "--host", HOST, "--port", "{port}", "--enable-update"),
        query="/",
        update="/",
        graphs=None,
        requirement="rdflib-endpoint[web,cli]==0.6.3",
    ),
}


@dataclass(slots=True)
class Server:
    """A service that runs; as what is asked of it could end it, it can be started anew."""

    kind: Kind
    port: int
    folder: Path
    client: httpx.Client
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is, without a path."""
        return f"http://{HOST}:{self.port}"

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> httpx.Response:
        """Send just this, no header that was not asked for; raise httpx.HTTPError where there is no answer."""
        address = path if path.startswith("http") else self.address + path
        return self.client.send(httpx.Request(method, address, headers=headers, content=body))

    def start(self) -> None:
        """Start it, unless it runs, and wait until it answers."""
        if self.process is not None and self.process.poll() is None:
            return
        fill = {"port": str(self.port), "folder": str(self.folder / "data")}
        command = [part.format_map(fill) for part in _command(self.kind)]
        environment = {name: value.format_map(fill) for name, value in self.kind.environment.items()}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        """End it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                answer = self.send("GET", f"{self.kind.query}?query=ASK%7B%7D", {"accept": "*/*"})
                if answer.is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        self.stop()
        log = (self.folder / "log").read_text("utf-8", "replace")
        raise RuntimeError(f"{self.kind.name} did not start: {log[-2000:]}")


@contextmanager
def running(kind: Kind, port: int) -> Iterator[Server]:
    """The service, on an empty data directory, ended and cleared away afterwards.

    Each request has a connection of its own: an answer that breaks HTTP spoils no other.
    """
    alone = httpx.Limits(max_keepalive_connections=0)
    with (
        tempfile.TemporaryDirectory() as name,
        httpx.Client(timeout=PATIENCE, trust_env=False, limits=alone) as client,
    ):
        server = Server(kind, port, Path(name), client)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _command(kind: Kind) -> list[str]:
    if kind.requirement is None:
        return [sys.executable, *kind.command]
    home = PEERS / kind.requirement.translate(str.maketrans("[],=", "----"))
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "pip", "install", "-qq", kind.requirement], check=True)
        (home / "ready").touch()
    program, *rest = kind.command
    return [str(home / program), *rest]
