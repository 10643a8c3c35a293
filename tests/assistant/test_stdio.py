"""`kg mcp` as assistants start it: a process of its own, on its standard input and output."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from assistant.conftest import BASE
from serving import SLOW, processes

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


class Talk:
    """The server and what is said to it, line by line."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def say(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def ask(self, number: int, method: str, **params: Any) -> None:
        self.say(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())

    def call(self, number: int, tool: str, **arguments: Any) -> None:
        self.ask(number, "tools/call", name=tool, arguments=arguments)

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        return message

    def hang_up(self) -> float:
        """Close standard input; how many seconds the process then takes to end."""
        assert self.process.stdin
        started = time.monotonic()
        self.process.stdin.close()
        self.process.wait(10)
        return time.monotonic() - started


@contextmanager
def talking(*options: str, **settings: str) -> Iterator[Talk]:
    command = [sys.executable, "-m", "kg", "mcp", *options]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=CLEAN | settings, **pipes) as process:  # type: ignore[call-overload]
        try:
            talk = Talk(process)
            talk.ask(1, "initialize", **HELLO)
            assert talk.hear()["result"]["serverInfo"]["name"] == "geokg"
            talk.say(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')
            yield talk
        finally:
            process.kill()


def test_the_client_of_the_sdk_is_answered(data: Path) -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--data", str(data)], env=CLEAN)

    async def main() -> None:
        async with Client(server) as client:
            assert len((await client.list_tools()).tools) == 7
            found = await client.call_tool("find_entity", {"name": "DPRK"})
            assert found.structured_content["entities"][0]["iri"] == f"{BASE}state/PRK"
            wrong = await client.call_tool("query", {"sparql": "SELECT"})
            assert wrong.is_error and "line 1, column 7" in wrong.content[0].text

    anyio.run(main)


def test_it_speaks_nothing_but_the_protocol_and_ends_with_its_input(data: Path) -> None:
    with talking("--data", str(data)) as talk:
        for line in (b"", b"garbage", b"[1, 2]", b"{}", b"\xff\xfe", b"{" * 10_000, b'"\\ud800"'):
            talk.say(line)
        talk.call(2, "query", sparql="SELECT ?t WHERE { ?a kg:text ?t }")
        talk.call(3, "nothing")
        answers = {message["id"]: message for message in (talk.hear(), talk.hear())}
        assert answers[2]["result"]["structuredContent"]["shown"] == 1
        assert "there is no tool 'nothing'" in answers[3]["error"]["message"]
        # The SDK's client waits two seconds, then it kills.
        assert talk.hang_up() < 2
        assert talk.process.returncode == 0
        assert talk.process.stdout and talk.process.stderr
        assert talk.process.stdout.read() == b"" and b"Traceback" not in talk.process.stderr.read()


def test_a_slow_query_stands_in_nobodys_way_and_ends_by_its_limit(data: Path) -> None:
    with talking("--data", str(data), KG_QUERY_TIMEOUT="3") as talk:
        talk.call(2, "query", sparql=SLOW)
        talk.call(3, "list_events", limit=1)
        first, second = talk.hear(), talk.hear()
        assert first["id"] == 3 and first["result"]["structuredContent"]["shown"] == 1
        assert second["id"] == 2 and second["result"]["isError"]
        text = second["result"]["content"][0]["text"]
        assert text.startswith("the query ran past its 3 s") and "count instead of listing" in text
        talk.call(4, "list_events", limit=1)
        assert talk.hear()["result"]["structuredContent"]["shown"] == 1


@pytest.mark.parametrize("gone", ["input", "output", "SIGTERM", "SIGINT"])
def test_a_client_that_goes_away_leaves_nothing_behind(data: Path, gone: str) -> None:
    with talking("--data", str(data)) as talk:
        talk.call(2, "schema")
        talk.hear()
        readers = [pid for pid, parent in processes() if parent == talk.process.pid]
        talk.call(3, "query", sparql=SLOW)
        time.sleep(0.5)
        if gone == "output":
            assert talk.process.stdout
            talk.process.stdout.close()
            talk.call(4, "list_events", since="nothing is read of what this gives")
            time.sleep(0.5)
        if gone in ("input", "output"):
            assert talk.hang_up() < 2
        else:
            talk.process.send_signal(getattr(signal, gone))
        expected = -getattr(signal, gone) if gone.startswith("SIG") else 0
        assert talk.process.wait(10) == expected
        assert talk.process.stderr
        assert b"Traceback" not in talk.process.stderr.read()
        time.sleep(0.2)
        assert readers and not {pid for pid, _ in processes()} & set(readers)


def test_an_endpoint_that_does_not_answer_does_not_hold_it_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        with talking("--endpoint", endpoint) as talk:
            talk.call(2, "query", sparql="ASK {}")
            time.sleep(0.5)
            assert talk.hang_up() < 2 and talk.process.returncode == 0


@pytest.mark.parametrize(
    "options, message",
    [
        (["--data", "nowhere"], "kg: "),
        (["--port", "8001"], "kg: --host, --port and --allowed-host are for --http"),
        (["--endpoint", "ftp://x"], "kg: ftp://x is no http or https address"),
    ],
)
def test_what_keeps_it_from_starting_is_one_line(tmp_path: Path, options: list[str], message: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", *options],
        cwd=tmp_path, env=CLEAN, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=60,
    )  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line]
    assert (done.returncode, done.stdout, len(lines)) == (2, "", 1) and lines[0].startswith(message)
