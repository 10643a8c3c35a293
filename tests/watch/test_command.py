"""`kg watch` as a process of its own: signals, a data directory that is taken, and a running service."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.disk import WriteLock
from publishing import Page, Publisher, item, page, publishing, rss
from serving import TOKEN, serving, wait_until
from stories import tell


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(tell(1))
    # Long ago, so that it is not waited for.
    os.utime(tmp_path / "in" / "a.txt", (1e9, 1e9))
    with publishing() as made:
        made["/feed"] = rss(item("/2"), item("/3"))
        made["/2"], made["/3"] = page(2), Page(status=404)
        yield made


@contextmanager
def watching(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A `kg watch` that runs, killed in the end if it still does."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    own |= {"KG_FETCH_DELAY": "0", "NO_PROXY": "127.0.0.1"} | {f"KG_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "kg", "watch", *arguments, "--data", "data"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own) as process:
        try:
            yield process
        finally:
            process.kill()


def says(process: subprocess.Popen[str], beginning: str) -> list[str]:
    """What the process says, up to a line that begins so."""
    said: list[str] = []
    assert process.stderr
    while not said or not said[-1].startswith(beginning):
        line = process.stderr.readline()
        assert line, said
        said.append(line.rstrip("\n"))
    return said


def test_it_takes_in_what_comes_until_it_is_stopped(publisher: Publisher) -> None:
    with watching("in", publisher.url("/feed")) as process:
        gone = f"{publisher.url('/3')}: not stored (fetch): 127.0.0.1 answers 404 (Not Found)"
        assert says(process, "1 stored, 1 refused") == [
            f"Watching in, {publisher.url('/feed')} (Ctrl-C stops)",
            "1 stored, 0 refused; data holds 1 article.",
            gone,
            "1 stored, 1 refused; data holds 2 articles.",
        ]
        # Between two batches the data directory is anybody's.
        WriteLock.acquire(Path("data")).release()
        with open("in/b.txt", "w") as file:
            file.write(tell(4)[:50])
            file.flush()
            process.poll()
            file.write(tell(4)[50:])
        Path("in/.c.txt").write_text(tell(5))
        Path("in/.c.txt").rename("in/c.txt")
        # Both in one batch or each in its own.
        said = says(process, "")
        while not said[-1].endswith("0 refused; data holds 4 articles."):
            said = says(process, "1 stored, 0 refused")
        process.send_signal(signal.SIGINT)
        assert process.stderr
        # A signal may come while a line is being written, which then is written again.
        assert process.stderr.read().splitlines()[-1] == "4 stored, 1 refused in all; data holds 4 articles."
        assert process.wait() == 0


def test_who_waits_is_stopped_as_well(publisher: Publisher) -> None:
    Path("data").mkdir()
    lock = WriteLock.acquire(Path("data"))
    with watching("in") as process:
        says(process, "Waiting: data is being written to by process ")
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    lock.release()


def test_a_data_directory_that_is_taken_is_waited_for(publisher: Publisher) -> None:
    Path("data").mkdir()
    lock = WriteLock.acquire(Path("data"))
    with watching("in") as process:
        (waiting,) = says(process, "Waiting: data is being written to by process ")
        assert f"process {os.getpid()}:" in waiting
        lock.release()
        assert says(process, "1 stored")[:2] == ["Going on.", "Watching in (Ctrl-C stops)"]
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0


def test_beside_a_running_service(publisher: Publisher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with watching("in", publisher.url("/feed"), "--to", f"http://127.0.0.1:{port}", WRITE_TOKEN=TOKEN) as process:
        assert says(process, "Waiting: ")[-1].startswith(f"Waiting: http://127.0.0.1:{port}/ takes nothing now: ")
        with serving(Path("data"), port) as service:
            assert says(process, "1 stored, 1 refused")[0] == "Going on."
            assert "Tern Bay Herald" in service.ask("SELECT ?p { ?a schema:publisher ?p }").text
            Path("in/b.txt").write_text(tell(4))
            says(process, "1 stored, 0 refused.")
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0
            wait_until(lambda: "3" in service.ask("SELECT (COUNT(*) AS ?n) { ?a a kg:Article }").text)


def test_once_is_enough_for_who_asks_so(publisher: Publisher) -> None:
    for status, last in ((1, "2 stored, 1 refused in all"), (0, "0 stored, 0 refused in all")):
        with watching("in", publisher.url("/feed"), "--once") as process:
            assert process.stderr
            assert process.stderr.read().splitlines()[-1] == f"{last}; data holds 2 articles."
            assert process.wait() == status
