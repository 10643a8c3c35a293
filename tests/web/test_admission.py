from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import pytest

from kg.web.admission import DEFAULT_PER_MINUTE, RequestLimit

from .conftest import Client


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def answer(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def statuses(limit: RequestLimit, client: str | None, count: int) -> list[tuple[int, str | None]]:
    """Status and Retry-After of so many requests."""
    found: list[tuple[int, str | None]] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            found.append((message["status"], headers.get(b"retry-after", b"").decode() or None))

    async def ask() -> None:
        for _ in range(count):
            scope = {"type": "http", "client": (client, 1) if client else None}
            await limit(scope, None, send)  # type: ignore[arg-type]

    anyio.run(ask)
    return found


def test_who_asks_too_often_must_wait() -> None:
    clock = Clock()
    limit = RequestLimit(answer, per_minute=6, clock=clock)
    assert statuses(limit, "192.0.2.1", 7) == [(200, None)] * 6 + [(429, "11")]
    assert statuses(limit, "192.0.2.2", 1) == [(200, None)]
    clock.now += 10
    assert statuses(limit, "192.0.2.1", 2) == [(200, None), (429, "11")]
    clock.now += 3600
    assert statuses(limit, "192.0.2.1", 7) == [(200, None)] * 6 + [(429, "11")]


def test_the_clock_of_the_wall_does_not_matter() -> None:
    clock = Clock()
    limit = RequestLimit(answer, per_minute=1, clock=clock)
    statuses(limit, "192.0.2.1", 1)
    clock.now -= 50
    assert statuses(limit, "192.0.2.1", 1)[0][0] == 429


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("127.0.0.1", "::1", True),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
    ],
)
def test_a_client_is_an_address_or_a_network(one: str, other: str, is_same: bool) -> None:
    limit = RequestLimit(answer, per_minute=1, clock=Clock())
    statuses(limit, one, 1)
    assert (statuses(limit, other, 1)[0][0] == 429) == is_same


@pytest.mark.parametrize(("per_minute", "most"), [(None, DEFAULT_PER_MINUTE + 5), (3, 3)])
def test_this_machine_is_counted_where_a_number_is_set(per_minute: int | None, most: int) -> None:
    limit = RequestLimit(answer, per_minute=per_minute, clock=Clock())
    found = [status for status, _ in statuses(limit, "127.0.0.1", DEFAULT_PER_MINUTE + 5)]
    assert found.count(200) == most


def test_elsewhere_there_is_a_limit_without_a_setting() -> None:
    limit = RequestLimit(answer, per_minute=None, clock=Clock())
    found = [status for status, _ in statuses(limit, "192.0.2.1", DEFAULT_PER_MINUTE + 5)]
    assert found.count(200) == DEFAULT_PER_MINUTE


def test_requests_from_nowhere_pass() -> None:
    assert statuses(RequestLimit(answer, per_minute=1, clock=Clock()), None, 3) == [(200, None)] * 3


def test_a_page_from_elsewhere_may_read_when_to_ask_again(make_client: Callable[..., Client]) -> None:
    client = make_client(requests_per_minute=1)
    for _ in range(2):
        response = client.request("GET", "/healthz", headers={"Origin": "https://example.org"})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (429, "*")
    assert "Retry-After" in response.headers["access-control-expose-headers"]
    assert response.headers["x-content-type-options"] == "nosniff"
