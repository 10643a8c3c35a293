"""What is sent: the bytes of one connection, and the manner of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

MARK = "<script>kgmark"
"""Stands in what is sent, and must stand in no page."""


class Manner(StrEnum):
    """How a shot is sent and its answer taken."""

    PLAIN = "plain"
    DRIP = "drip"  # byte by byte, and gone after some seconds
    IDLE = "idle"  # sent, and then nothing: what was sent is no whole request
    DEAF = "deaf"  # the answer is not taken
    SIP = "sip"  # the answer is taken in drops
    GONE = "gone"  # gone before the answer


@dataclass(frozen=True, slots=True)
class Shot:
    """One request, or what pretends to be one. `answers` is how many responses it should have at most."""

    payload: bytes
    manner: Manner = Manner.PLAIN
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Aim:
    """What shots are made for: the service, a listener that must never hear of them, and the right token."""

    host: str
    trap: str
    token: str


Make = Callable[[random.Random, Aim], Shot]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of shot, its share among all kinds, and for how many seconds an answer is waited for."""

    name: str
    make: Make
    share: float = 1.0
    patience: float = 60.0


def request(
    method: str, target: str, aim: Aim, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """A request as it should be; a header given replaces that of the same name."""
    own = {"Host": aim.host, "Accept": "*/*"}
    if body is not None:
        own["Content-Length"] = str(len(body))
    lines = [f"{name}: {value}\r\n" for name, value in {**own, **(headers or {})}.items()]
    return f"{method} {target} HTTP/1.1\r\n{''.join(lines)}\r\n".encode("utf-8", "surrogatepass") + (body or b"")


def ask(query: str, aim: Aim, accept: str = "*/*", manner: Manner = Manner.PLAIN) -> Shot:
    """A query by GET, or by POST where it is long."""
    if len(query) < 4000:
        target = f"/sparql?query={quote(query.encode('utf-8', 'surrogatepass'), safe='')}"
        return Shot(request("GET", target, aim, {"Accept": accept}), manner)
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return Shot(request("POST", "/sparql", aim, headers, query.encode("utf-8", "surrogatepass")), manner)
