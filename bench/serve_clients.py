"""Clients that each ask, wait for the whole answer and ask again, over connections that stay open: what each waited.

    python bench/serve_clients.py < order.json > taken.json

All clients run in this one process on one thread, for the server shall have the processors; answers are counted, not
kept. `python bench/serve_clients.py PORT` is a server that does nothing, to learn what the clients themselves can do.
"""

from __future__ import annotations

import itertools
import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

ACCEPT = "application/sparql-results+json"
_HEAD_END = b"\r\n\r\n"
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_PIECE = 1 << 18
_NOTHING = b'{"head":{"vars":[]},"results":{"bindings":[]}}'


@dataclass(frozen=True, slots=True)
class Order:
    """What to do: ask each (kind, query) of a round, round after round, until `seconds` are over or all is asked.

    With `again` it goes on from the first round then. A round that is begun is ended, unless `limit` seconds have gone.
    """

    port: int
    path: str
    clients: int
    seconds: float
    limit: float
    rounds: list[list[tuple[str, str]]]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How it went: per request its kind, seconds, status (0: no answer in time) and bytes; seconds of it all."""

    seconds: float
    requests: list[tuple[str, float, int, int]] = field(default_factory=list)


def to_request(path: str, query: str) -> bytes:
    """The request as it goes over the wire."""
    target = f"{path}?{urlencode({'query': query})}"
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {ACCEPT}\r\n\r\n".encode()


class Answer:
    """The bytes of one answer as they come: where it ends, and how it went."""

    def __init__(self) -> None:
        self.status = 0
        self.size = 0
        self._head = bytearray()
        self._length: int | None = None
        self._tail = b""

    def take(self, piece: bytes) -> bool:
        """Take what came; True where the answer is whole.

        An answer of unknown length comes in chunks, which are not read: no JSON holds what the last of them is.
        """
        if not self.status:
            self._head += piece
            head, end, piece = bytes(self._head).partition(_HEAD_END)
            if not end:
                return False
            self._read(head.decode("latin-1"))
            self._tail = b"\r\n"
        self.size += len(piece)
        if self._length is not None:
            return self.size >= self._length
        self._tail = (self._tail + piece[-len(_LAST_CHUNK) :])[-len(_LAST_CHUNK) :]
        return self._tail == _LAST_CHUNK

    def _read(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "content-length" in fields:
            self._length = int(fields["content-length"])
        elif fields.get("transfer-encoding") != "chunked":
            raise ValueError(f"an answer without an end: {head}")


@dataclass(slots=True)
class _Client:
    """One client and what it waits for."""

    connection: socket.socket
    kind: str = ""
    since: float = 0.0
    answer: Answer = field(default_factory=Answer)

    def ask(self, kind: str, request: bytes) -> None:
        self.kind, self.answer, self.since = kind, Answer(), time.perf_counter()
        self.connection.sendall(request)

    def result(self, status: int) -> tuple[str, float, int, int]:
        return self.kind, time.perf_counter() - self.since, status, self.answer.size


def carry_out(order: Order) -> Taken:
    """Do what is ordered."""
    start = time.perf_counter()
    asked = _due(order, start)
    taken = []
    with selectors.DefaultSelector() as selector:
        for _ in range(order.clients):
            _begin(selector, order.port, asked)
        while selector.get_map() and (left := start + order.limit - time.perf_counter()) > 0:
            for key, _ in selector.select(left):
                client = key.data
                piece = client.connection.recv(_PIECE)
                if client.answer.take(piece):
                    taken.append(client.result(client.answer.status))
                    _go_on(selector, client, asked)
                elif not piece:  # it was broken off
                    taken.append(_end(selector, client))
                    _begin(selector, order.port, asked)
        taken += [_end(selector, key.data) for key in list(selector.get_map().values())]
    return Taken(time.perf_counter() - start, taken)


def _due(order: Order, start: float) -> Iterator[tuple[str, bytes]]:
    for one in itertools.cycle(order.rounds) if order.again else order.rounds:
        if time.perf_counter() - start > order.seconds:
            return
        for kind, query in one:
            yield kind, to_request(order.path, query)


def _begin(selector: selectors.BaseSelector, port: int, asked: Iterator[tuple[str, bytes]]) -> None:
    """A client, and its first request."""
    client = _Client(socket.create_connection(("127.0.0.1", port)))
    selector.register(client.connection, selectors.EVENT_READ, client)
    _go_on(selector, client, asked)


def _end(selector: selectors.BaseSelector, client: _Client) -> tuple[str, float, int, int]:
    """No more of this client; what it waited for did not come."""
    selector.unregister(client.connection)
    client.connection.close()
    return client.result(0)


def _go_on(selector: selectors.BaseSelector, client: _Client, asked: Iterator[tuple[str, bytes]]) -> None:
    """The next request, or the end."""
    due = next(asked, None)
    if due:
        client.ask(*due)
    else:
        selector.unregister(client.connection)
        client.connection.close()


def answer_nothing(port: int) -> None:
    """Give each request the same small answer, on one thread, until killed."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(_NOTHING)}\r\n\r\n".encode() + _NOTHING
    with selectors.DefaultSelector() as selector, socket.create_server(("127.0.0.1", port)) as listening:
        selector.register(listening, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is listening:
                    connection, _ = listening.accept()
                    selector.register(connection, selectors.EVENT_READ, connection)
                elif piece := key.data.recv(_PIECE):
                    # A request of ours comes whole or ends with its empty line.
                    if piece.endswith(_HEAD_END):
                        key.data.sendall(answer)
                else:
                    selector.unregister(key.data)
                    key.data.close()


def main() -> None:
    if len(sys.argv) > 1:
        answer_nothing(int(sys.argv[1]))
    else:
        json.dump(asdict(carry_out(Order(**json.load(sys.stdin)))), sys.stdout)


if __name__ == "__main__":
    main()
