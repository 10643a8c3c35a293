"""`kg mcp --http`, asked by the client of the SDK and by pages that should not reach it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp.client import Client

from kg.assistant.http import allow_hosts
from kg.errors import SettingError
from serving import SLOW, wait_until

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = ["--data", str(data), "--http", "--port", str(port), "--allowed-host", "graph.example"]
    command = [sys.executable, "-m", "kg", "mcp", *options]
    environment = CLEAN | {"KG_QUERY_TIMEOUT": "3"}
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr
            said = next(line for line in process.stderr if line.strip()).decode()
            assert said == f"Serving assistants at http://127.0.0.1:{port}/mcp (Ctrl-C stops)\n"
            address = said.split()[3]
            wait_until(lambda: is_up(address))
            yield address
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0
        finally:
            process.kill()


def is_up(address: str) -> bool:
    try:
        return post(address, PING).status_code == 200
    except httpx.TransportError:
        return False


def post(address: str, message: Any, **headers: str) -> httpx.Response:
    return httpx.post(address, content=json.dumps(message), headers=HEADERS | headers, timeout=20)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_client_of_the_sdk_is_answered(address: str, mode: str) -> None:
    async def main() -> None:
        async with Client(address, mode=mode) as client:
            assert len((await client.list_tools()).tools) == 7
            found = await client.call_tool("list_events", {"actor": "PRK", "limit": 1})
            assert found.structured_content["shown"] == 1
            assert (await client.call_tool("list_events", {"since": "x"})).is_error

    anyio.run(main)


def test_clients_at_once_are_answered_each(address: str) -> None:
    seen: list[tuple[str, str]] = []

    async def one(code: str) -> None:
        async with Client(address) as client:
            found = await client.call_tool("find_entity", {"name": code})
            seen.append((code, found.structured_content["entities"][0]["iso3"]))

    async def main() -> None:
        async with anyio.create_task_group() as group:
            for code in ("USA", "RUS", "UKR") * 4:
                group.start_soon(one, code)

    anyio.run(main)
    assert len(seen) == 12 and all(asked == found for asked, found in seen)


def test_a_client_that_goes_away_does_not_stand_in_the_way(address: str) -> None:
    slow = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "query", "arguments": {"sparql": SLOW}},
    }
    for _ in range(9):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(address, content=json.dumps(slow), headers=HEADERS, timeout=0.2)
    quick = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "schema", "arguments": {}}}
    assert "structuredContent" in post(address, quick).json()["result"]


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "LOCALHOST.evil.example"}, 421),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:80"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "graph.example"}, 200),
        ({"Host": "graph.example:443"}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://graph.example"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
    ids=str,
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_only_known_hosts_and_their_pages_are_answered(
    address: str, headers: dict[str, str], status: int, version: str
) -> None:
    method = "ping" if version < "2026" else "server/discover"
    names = {"protocolVersion": version, "clientCapabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    meta = {f"io.modelcontextprotocol/{name}": value for name, value in names.items()}
    message = {**PING, "method": method, "params": {"_meta": meta}}
    got = post(address, message, **{"MCP-Protocol-Version": version, "Mcp-Method": method} | headers)
    assert got.status_code == status, got.text
    assert "access-control-allow-origin" not in got.headers


@pytest.mark.parametrize("path", ["", "sparql", "mcp/", "mcp/../etc/passwd"])
def test_nothing_else_is_there(address: str, path: str) -> None:
    got = httpx.get(re.sub("mcp$", path, address))
    assert got.status_code in (307, 404)


def test_a_body_without_end_is_refused(address: str) -> None:
    assert httpx.post(address, content=b"a" * 1_000_001, headers=HEADERS).status_code == 413


def test_an_address_that_is_taken_is_told_in_one_line(address: str, data: Path) -> None:
    port = re.findall(r":(\d+)/", address)[0]
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", "--data", str(data), "--http", "--port", port],
        env=CLEAN, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2 and f"cannot listen at 127.0.0.1, port {port}" in done.stderr


@pytest.mark.parametrize(
    "host, allowed", [("graph.example", "graph.example"), ("Graph.Example", "graph.example"), ("fe80::1", "[fe80::1]")]
)
def test_a_host_is_allowed_with_and_without_a_port(host: str, allowed: str) -> None:
    security = allow_hosts([host])
    assert {allowed, f"{allowed}:*"} <= set(security.allowed_hosts)
    assert {f"https://{allowed}", f"http://{allowed}:*"} <= set(security.allowed_origins)


@pytest.mark.parametrize("host", ["https://graph.example", "graph.example/mcp", "a b", "", "*", "graph.example:443"])
def test_what_is_no_host_is_told_in_one_line(host: str) -> None:
    with pytest.raises(SettingError, match="no name of a host"):
        allow_hosts([host])
