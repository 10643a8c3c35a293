"""How the service stops: what it has begun is finished, and no more."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from serving import BASE, SLOW, fill, logged, serving, wait_until
from stories import tell

ONE_ARTICLE = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a kg:Article }"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path / "data", 3)
    return tmp_path / "data"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_what_is_under_way_is_finished(data: Path, port: int, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serving(data, port, query_timeout="3", access_log=str(log)) as service, ThreadPoolExecutor() as pool:
        idle = socket.create_connection(("127.0.0.1", port))
        asked = pool.submit(httpx.get, f"{service.address}/sparql", params={"query": SLOW}, timeout=60)
        posted = pool.submit(service.post, tell(1))
        time.sleep(0.5)
        assert not asked.done()
        sent = time.monotonic()
        service.process.terminate()
        # The query runs to its own end, which here is its time; the article is stored.
        assert asked.result(20).status_code == 504
        assert posted.result(20).status_code == 201
        wait_until(lambda: refuses(port))
        assert (service.process.wait(20), service.process.stderr.read()) == (0, "")  # type: ignore[union-attr]
        assert time.monotonic() - sent < 3 + 3 + 2
        idle.close()
    outcomes = {line["path"]: line["status"] for line in logged(log)}
    assert outcomes == {"/healthz": 200, "/sparql": 504, "/articles": 201}
    with serving(data, port) as service:
        assert service.ask(ONE_ARTICLE).text.split() == ["n", "1"]


def refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def send_slowly(port: int) -> socket.socket:
    """A request of which the last byte never comes."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nquery=")
    return connection


def read_slowly(port: int) -> socket.socket:
    """A request whose long answer is not read."""
    connection = socket.create_connection(("127.0.0.1", port))
    query = "SELECT*{?a%20?b%20?c.?d%20?e%20?f}"
    connection.sendall(f"GET /sparql?format=json&query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


@pytest.mark.parametrize("be_slow", [send_slowly, read_slowly])
def test_slow_clients_do_not_hold_it_up(data: Path, port: int, be_slow: Callable[[int], socket.socket]) -> None:
    with serving(data, port, query_timeout="1", write_token="") as service:
        connection = be_slow(port)
        time.sleep(0.5)
        sent = time.monotonic()
        service.process.send_signal(signal.SIGINT)
        assert (service.process.wait(20), service.process.stderr.read()) == (0, "")  # type: ignore[union-attr]
        # A second for the query, three for the client, and the rest for a busy machine.
        assert time.monotonic() - sent < 1 + 3 + 8
        connection.close()


def test_a_second_signal_ends_it_at_once(data: Path, port: int) -> None:
    with serving(data, port, query_timeout="30", write_token="") as service:
        asking = threading.Thread(target=ask_in_vain, args=(service.address,))
        asking.start()
        wait_until(lambda: service.readers())
        readers = service.readers()
        service.process.terminate()
        time.sleep(0.5)
        assert service.process.poll() is None
        sent = time.monotonic()
        service.process.terminate()
        assert service.process.wait(5) == -signal.SIGTERM
        assert time.monotonic() - sent < 2
        asking.join()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers), 5)


def ask_in_vain(address: str) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{address}/sparql", params={"query": SLOW}, timeout=60)


def test_a_hangup_has_the_log_opened_anew(data: Path, port: int, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serving(data, port, access_log=str(log), write_token="") as service:
        wait_until(lambda: log.read_text())
        log.rename(tmp_path / "old.log")
        os.kill(service.process.pid, signal.SIGHUP)
        assert service.client.get("/state/ALB").status_code == 200
        wait_until(lambda: log.exists() and log.read_text())
        assert [line["path"] for line in logged(log)] == ["/state/ALB"]
        assert BASE not in log.read_text()
