"""Things that go wrong around a running service: nothing acknowledged is lost, and it comes back by itself."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from deleting import delete
from kg.backup import back_up
from kg.journal import Journal
from kg.settings import Settings
from serving import BASE, Serving, fill, serving, wait_until
from stories import tell

SAYINGS = "SELECT (COUNT(*) AS ?n) { ?a <http://x/says> ?w }"
STORIES = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a kg:Article }"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path / "data", 5)
    return tmp_path / "data"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def count(service: Serving, query: str) -> int:
    return int(service.ask(query).text.split()[1])


@pytest.mark.parametrize("lost", ["index", "index/generations", "index/generations/*", "index/store-*"])
def test_an_index_deleted_under_a_service_comes_back(data: Path, port: int, lost: str) -> None:
    with serving(data, port) as service:
        assert count(service, SAYINGS) == 5
        for path in list(data.glob(lost)):
            delete(path)
        statuses = set()

        def is_back() -> bool:
            response = service.ask(SAYINGS)
            statuses.add(response.status_code)
            return response.status_code == 200 and response.text.split()[1] == "5" and service.is_ready()

        wait_until(is_back)
        assert statuses <= {200, 503}
        assert service.post(tell(1)).status_code == 201
        assert (count(service, SAYINGS), count(service, STORIES)) == (5, 1)


def test_a_journal_locked_by_another_program(data: Path, port: int) -> None:
    with serving(data, port) as service:
        assert service.is_ready()
        other = sqlite3.connect(data / "journal.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        refused = service.post(tell(1))
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        assert "another program holds it" in refused.json()["detail"]
        assert count(service, SAYINGS) == 5
        unready = service.client.get("/readyz")
        assert (unready.status_code, unready.json()["reason"]) == (503, "the journal cannot be written")
        other.execute("ROLLBACK")
        other.close()
        assert service.post(tell(1)).status_code == 201
        wait_until(service.is_ready)
        assert count(service, STORIES) == 1


def status_of(service: Serving) -> int | None:
    """The status of an answer, None where it broke off."""
    with suppress(httpx.RemoteProtocolError):
        return service.ask(SAYINGS).status_code
    return None


def test_readers_killed_at_any_instant(data: Path, port: int) -> None:
    chance = random.Random(20260301)
    over = threading.Event()
    with serving(data, port, write_token="") as service:

        def kill() -> None:
            while not over.is_set():
                for pid in service.readers():
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                time.sleep(chance.uniform(0.01, 0.3))

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            statuses = [status_of(service) for _ in range(40)]
        finally:
            over.set()
            killer.join()
        assert set(statuses) <= {None, 200, 503, 504}
        assert count(service, SAYINGS) == 5
        assert service.is_ready()


def test_a_service_killed_while_it_writes_keeps_what_it_acknowledged(data: Path, port: int) -> None:
    chance = random.Random(20260302)
    stored: set[str] = set()
    for turn in range(3):
        with serving(data, port) as service:
            wait_until(service.is_ready)
            stored.add(service.post(tell(1000 + turn)).json()["iri"])  # the first takes longest
            kill = threading.Timer(chance.uniform(0.2, 1.5), service.process.kill)
            kill.start()
            with suppress(httpx.TransportError):
                for number in range(100):
                    answer = service.post(tell(100 * turn + number))
                    assert answer.status_code == 201
                    stored.add(answer.json()["iri"])
            kill.join()
        with Journal.open(data, base_iri=BASE, write=False) as journal:
            kept = {iri for _, iri, _ in journal.since(0)}
        assert stored <= kept
        assert len(kept) <= 5 + len(stored) + turn + 1
    assert stored
    with serving(data, port, write_token="") as service:
        assert (count(service, SAYINGS), count(service, STORIES)) == (5, len(kept) - 5)


@contextmanager
def small_disk(path: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size at `path`; skips the test where none can be had."""
    path.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path], capture_output=True)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def fill_up(path: Path) -> Path:
    """A file that takes all that is free."""
    filler = path / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs a small disk of its own")
@pytest.mark.parametrize("full", ["journal and index", "index", "log"])
def test_a_full_disk(tmp_path: Path, port: int, full: str) -> None:
    data = tmp_path / "data"
    with small_disk(tmp_path / "small", 64) as small:
        place = {"journal and index": data, "index": data / "index", "log": tmp_path / "logs"}[full]
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(small, target_is_directory=True)
        fill(data, 5)
        with serving(data, port, access_log=str(tmp_path / ("logs/a.log" if full == "log" else "a.log"))) as service:
            assert service.post(tell(1)).status_code == 201
            filler = fill_up(small)
            refused = service.post(tell(2))
            # An index may do with what the generation before leaves free.
            assert refused.status_code in {"log": (201,), "index": (201, 503)}.get(full, (503,))
            assert refused.status_code == 201 or int(refused.headers["retry-after"]) > 0
            assert count(service, SAYINGS) == 5
            filler.unlink()
            assert service.post(tell(3)).status_code == 201
            wait_until(service.is_ready, 70)
            # What was kept, though the index had no room for it, was not acknowledged, and is found once there is.
            assert count(service, STORIES) == (2 if full == "journal and index" else 3)
            wait_until(lambda: service.process.poll() is None)


@contextmanager
def restore(data: Path, file: Path) -> Iterator[subprocess.Popen[str]]:
    """`kg restore` as a process, killed in the end if it still runs."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    command = [sys.executable, "-m", "kg", "restore", str(file), "--data", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_service_restores_while_it_answers(data: Path, port: int, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    assert back_up(Settings(data=data), file, replace=False) == 5
    with serving(data, port) as service:
        assert service.post(tell(1)).status_code == 201
        with restore(data, file) as command:
            answers = set()
            while command.poll() is None:
                answers.add((count(service, SAYINGS), count(service, STORIES)))
            assert command.stderr
            said = command.stderr.read().splitlines()
        assert (command.returncode, said[-1]) == (0, f"{data} is restored and holds 5 articles.")
        assert f"process {service.process.pid}" in said[0]
        # Two queries may see two generations, but each sees one whole.
        assert answers <= {(5, 1), (5, 0)}
        assert (count(service, SAYINGS), count(service, STORIES)) == (5, 0)
        assert service.post(tell(2)).status_code == 201


def test_a_service_killed_while_it_restores(data: Path, port: int, tmp_path: Path) -> None:
    fill(data, 1000)
    chance = random.Random(20260304)
    file = tmp_path / "backup.sqlite"
    assert back_up(Settings(data=data), file, replace=False) == 1000
    for _ in range(2):
        with Journal.open(data, base_iri=BASE, write=True) as journal:
            for number in range(100):
                journal.remove(f"{BASE}article/{number}")
        with serving(data, port, write_token="") as service:
            assert count(service, SAYINGS) == 900
            with restore(data, file) as command:
                wait_until(lambda: command.poll() is not None or (data / "restore.sqlite").exists())
                time.sleep(chance.uniform(0, 2))
                service.process.kill()
                service.process.wait()
                # Nobody holds the directory any more: the command goes on alone.
                wait_until(lambda: command.poll() is not None, 60)
                assert command.returncode == 0
        with serving(data, port, write_token="") as service:
            assert count(service, SAYINGS) == 1000
        assert not list(data.glob("restore*"))
