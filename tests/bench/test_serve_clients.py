"""How clients read answers off the wire, and how they go through what they are to ask."""

from __future__ import annotations

import itertools
import socket
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from serve_clients import Answer, Order, carry_out, to_request

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
EMPTY = b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n0\r\n0\r\n\r\n"
NOTHING = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("wire", "status", "size"), [(PLAIN, 200, 5), (EMPTY, 503, 0), (CHUNKED, 200, 21), (NOTHING, 200, 5)]
)
@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_an_answer_ends_where_it_ends(wire: bytes, status: int, size: int, step: int) -> None:
    answer = Answer()
    ends = [answer.take(wire[start : start + step]) for start in range(0, len(wire), step)]
    assert ends == [False] * (len(ends) - 1) + [True]
    assert (answer.status, answer.size) == (status, size)


def test_an_answer_without_an_end_is_an_error() -> None:
    with pytest.raises(ValueError, match="without an end"):
        Answer().take(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")


def test_a_request_carries_the_query_whole() -> None:
    assert to_request("/sparql", "ASK { ?s ?p 'a&b' }").startswith(
        b"GET /sparql?query=ASK+%7B+%3Fs+%3Fp+%27a%26b%27+%7D HTTP/1.1\r\n"
    )


@pytest.fixture
def port() -> Iterator[int]:
    """A server that answers 200, 500 to what has `fail` in it, breaks off `break`, and never answers `wait`."""

    def answer(connection: socket.socket) -> None:
        with connection:
            while request := connection.recv(10_000):
                if b"break" in request:
                    return
                if b"wait" not in request:
                    connection.sendall(PLAIN.replace(b"200", b"500") if b"fail" in request else PLAIN)

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[connection], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def order(port: int, *texts: str, clients: int = 2, seconds: float = 5, limit: float = 5, again: bool = False) -> Order:
    return Order(port, "/", clients, seconds, limit, [[(text, text) for text in texts]], again)


def test_everything_is_asked_once_and_noted(port: int) -> None:
    taken = carry_out(order(port, "a", "fail", "break", "b", "c"))
    assert sorted((kind, status) for kind, _, status, _ in taken.requests) == [
        ("a", 200),
        ("b", 200),
        ("break", 0),
        ("c", 200),
        ("fail", 500),
    ]
    assert all(0 < seconds <= taken.seconds for _, seconds, _, _ in taken.requests)


def test_rounds_go_on_until_the_time_is_over_and_are_ended(port: int) -> None:
    taken = carry_out(order(port, "a", "b", "c", seconds=0.2, again=True))
    counts = Counter(kind for kind, *_ in taken.requests)
    assert len(set(counts.values())) == 1
    assert counts["a"] > 1
    assert 0.2 <= taken.seconds < 2


def test_what_has_no_answer_by_the_limit_has_none(port: int) -> None:
    taken = carry_out(order(port, "wait", "a", limit=0.3))
    assert sorted((kind, status) for kind, _, status, _ in taken.requests) == [("a", 200), ("wait", 0)]
    assert 0.3 <= taken.seconds < 1


def test_more_clients_than_questions_are_no_trouble(port: int) -> None:
    assert len(carry_out(order(port, "a", clients=3)).requests) == 1
    assert list(itertools.chain(carry_out(order(port)).requests)) == []
