from __future__ import annotations

from typing import Any

import anyio
import anyio.to_thread
import httpx
from fastapi import FastAPI

from kg.web import app as web_app

from .conftest import Client

HEADERS = {"Content-Type": "application/sparql-query"}
BODY = b"ASK {}" + b" " * 400_000


def ask_at_once(app: FastAPI, bodies: list[tuple[bytes, dict[str, str]]]) -> list[int]:
    async def send() -> list[int]:
        statuses: list[int] = []

        async def one(client: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> None:
            async def pieces() -> Any:
                yield body[: len(body) // 2]
                await anyio.sleep(0.2)
                yield body[len(body) // 2 :]

            response = await client.post("/sparql", content=pieces(), headers={**HEADERS, **headers})
            statuses.append(response.status_code)

        transport = httpx.ASGITransport(app=app)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
            anyio.create_task_group() as group,
        ):
            for body, headers in bodies:
                group.start_soon(one, client, body, headers)
        return statuses

    return anyio.run(send)


def test_no_more_bodies_are_held_than_there_is_memory_for(make_client: Any) -> None:
    client: Client = make_client(max_unpacked_mb=0.5, max_body_mb=0.5)
    bodies = [(BODY, {})] * 30
    statuses = ask_at_once(client.app, bodies)
    assert set(statuses) == {200, 503}
    assert statuses.count(200) >= 7
    # What was held is given back.
    assert ask_at_once(client.app, bodies[:4]) == [200] * 4


def test_small_bodies_are_taken_however_much_is_held(make_client: Any) -> None:
    client: Client = make_client(max_unpacked_mb=0.5, max_body_mb=0.5)
    statuses = ask_at_once(client.app, [*[(BODY, {})] * 30, *[(b"ASK {}", {})] * 10])
    assert statuses.count(200) >= 18


def test_there_are_threads_for_all_that_may_wait(make_client: Any) -> None:
    client: Client = make_client(readers=3, long_readers=2, max_waiting=200)

    async def count() -> float:
        async with client.app.router.lifespan_context(client.app):
            return anyio.to_thread.current_default_thread_limiter().total_tokens

    assert anyio.run(count) == 205 + web_app._SPARE_THREADS
