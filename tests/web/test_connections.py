"""Clients that are slow, silent or many, against uvicorn with our protocol."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from kg.web import connections
from kg.web.connections import MAX_HEAD_BYTES, patient

SECONDS = 1.0
LARGE = b"x" * 20_000_000
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Gives much where it is asked for much; reads no body."""
    if scope["type"] != "http":
        return
    body = LARGE if scope["path"] == "/large" else b"well"
    length = str(len(body)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(
        app,
        port=0,
        http=patient(seconds=SECONDS, most=20),  # type: ignore[arg-type]
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def connect(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    client.settimeout(10)
    return client


def seconds_until_cut(client: socket.socket) -> float:
    start = time.monotonic()
    try:
        while client.recv(65536):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - start


def test_an_honest_client_is_answered_again_and_again(port: int) -> None:
    with connect(port) as client:
        for _ in range(5):
            client.sendall(GET)
            assert client.recv(1000).endswith(b"well")
            time.sleep(SECONDS / 4)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHo", GET])
def test_a_silent_client_is_cut_off(port: int, sent: bytes) -> None:
    with connect(port) as client:
        client.sendall(sent)
        assert SECONDS * 0.8 < seconds_until_cut(client) < SECONDS * 3


def test_a_head_that_comes_byte_by_byte_is_cut_off(port: int) -> None:
    start = time.monotonic()
    with connect(port) as client, pytest.raises(ConnectionError):
        for byte in GET * 100:
            client.sendall(bytes([byte]))
            time.sleep(SECONDS / 20)
    assert time.monotonic() - start < SECONDS * 3


def test_a_head_of_any_length_is_not_taken(port: int) -> None:
    with connect(port) as client:
        client.sendall(GET[:16] + b"a: " + b"b" * MAX_HEAD_BYTES)
        assert client.recv(1000).startswith(b"HTTP/1.1 431 ")


def test_an_answer_that_nobody_takes_is_cut_off(port: int) -> None:
    with connect(port) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(GET.replace(b"/ ", b"/large ", 1))
        time.sleep(SECONDS * 3)
        received = 0
        try:
            while data := client.recv(65536):
                received += len(data)
        except ConnectionError:
            pass
    assert received < len(LARGE)


def test_an_answer_that_is_taken_slowly_is_given_whole(port: int) -> None:
    with connect(port) as client:
        client.sendall(GET.replace(b"/ ", b"/large ", 1))
        received, start = 0, time.monotonic()
        while received < len(LARGE) and (data := client.recv(400_000)):
            received += len(data)
            time.sleep(SECONDS / 25)
    assert received >= len(LARGE)
    assert time.monotonic() - start > SECONDS


def test_the_newest_connection_finds_room(port: int) -> None:
    idle = [connect(port) for _ in range(30)]
    try:
        with connect(port) as client:
            client.sendall(GET)
            assert client.recv(1000).endswith(b"well")
    finally:
        for client in idle:
            client.close()


def test_beyond_an_amount_that_nobody_takes_the_slowest_is_cut_off(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_UNTAKEN_BYTES", 50_000_000)
    request = GET.replace(b"GET /", b"GET /large")
    clients = []
    for _ in range(4):
        clients.append(connect(port))
        clients[-1].sendall(request)
        time.sleep(0.05)
    taken = [0] * len(clients)
    for number in (3, 0):
        with contextlib.suppress(ConnectionError, TimeoutError):
            while taken[number] < len(LARGE) and (piece := clients[number].recv(1 << 20)):
                taken[number] += len(piece)
    for client in clients:
        client.close()
    assert taken[3] >= len(LARGE)
    assert taken[0] < len(LARGE)


def test_requests_in_one_go_are_answered_in_turn(port: int) -> None:
    with connect(port) as client:
        client.sendall(GET * 50)
        received = b""
        while received.count(b"well") < 50:
            received += client.recv(65536)


def test_too_many_in_one_go_are_not(port: int) -> None:
    with connect(port) as client:
        client.sendall(GET * 1000)
        assert seconds_until_cut(client) < SECONDS


def test_who_is_cut_off_with_requests_unanswered_leaves_no_trace(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with connect(port) as client:
        client.sendall(GET.replace(b"GET /", b"GET /large") + GET * 50)
        time.sleep(3 * SECONDS)
    assert [record for record in caplog.records if record.exc_info] == []
