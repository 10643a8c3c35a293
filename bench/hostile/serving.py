"""`kg serve` on a data directory of its own, as an operator would start it."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY_WITHIN = 60.0


def make_data(data: Path, like: Path | None, environment: dict[str, str]) -> None:
    """Make a data directory: a copy of one, or else of the samples."""
    if like:
        shutil.copytree(like, data)
        return
    command = [sys.executable, "-m", "kg", "ingest", str(ROOT / "data" / "samples"), "--data", str(data)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def make_environment(port: int) -> dict[str, str]:
    """Settings as they are by default, but for the time of a query, so that an attack ends."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    token = secrets.token_urlsafe()
    return {"KG_QUERY_TIMEOUT": "5", **own, "KG_WRITE_TOKEN": token, "KG_BASE_IRI": f"http://127.0.0.1:{port}/"}


@contextmanager
def serving(data: Path, port: int, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`kg serve`, ended afterwards."""
    command = [sys.executable, "-m", "kg", "serve", "--data", str(data), "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and process.poll() is None:
            try:
                get(port, "/sparql?query=ASK%7B%7D")
                break
            except OSError:
                time.sleep(0.2)
        if process.poll() is not None:
            raise SystemExit(f"the service did not start: {log.read_text('utf-8', 'replace')}")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept": "text/csv, application/n-triples"})
        return connection.getresponse().read()
    finally:
        connection.close()
