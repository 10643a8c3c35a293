"""docs/assistants.md: its commands run, its configurations start a server, and its conversation takes place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from docs.pages import ROOT, blocks, codes, read, rows, section
from docs.test_readme import KG, matches, run, steps
from kg.asking import Asked
from kg.assistant import Graph, Source, make_server
from kg.assistant.bounds import MAX_ANSWER, MAX_EACH, MAX_TEXT
from kg.assistant.instructions import PROMPTS
from kg.assistant.toolbox import TOOLS

PAGE = read("docs/assistants.md")
JSON = [json.loads(block) for block in blocks(PAGE, "json")]
CONFIGURATIONS = [one["mcpServers"]["geokg"] for one in JSON if isinstance(one, dict) and "mcpServers" in one]
TALK = [one for one in JSON if not (isinstance(one, dict) and "mcpServers" in one)]


def holds(real: Any, shown: Any) -> bool:
    """True where all that is shown is so: of objects and lists a part may be shown, and of texts, before an …."""
    match shown:
        case dict():
            return isinstance(real, dict) and all(name in real and holds(real[name], shown[name]) for name in shown)
        case list():
            return isinstance(real, list) and len(real) >= len(shown) and all(map(holds, real, shown))
        case str() if shown.endswith(" …"):
            return isinstance(real, str) and real.startswith(shown.removesuffix(" …"))
    return bool(real == shown)


@pytest.fixture(scope="module")
def call(sample: Asked) -> Iterator[Callable[..., Any]]:
    with Graph(Source(sample)) as graph:
        server = make_server(graph)

        def call(tool: str, arguments: dict[str, Any]) -> Any:
            async def main() -> Any:
                async with Client(server) as client:
                    return await client.call_tool(tool, arguments)

            result = anyio.run(main)
            return result.content[0].text if result.is_error else result.structured_content

        yield call


@pytest.mark.parametrize("asked, answer", list(zip(TALK[::2], TALK[1::2], strict=True)), ids=str)
def test_the_conversation_takes_place(call: Callable[..., Any], asked: dict[str, Any], answer: Any) -> None:
    real = call(asked["tool"], asked["arguments"])
    assert holds(real, answer), json.dumps(real, ensure_ascii=False, indent=2)


def test_the_conversation_shows_a_call_of_most_tools() -> None:
    assert {asked["tool"] for asked in TALK[::2]} >= set(TOOLS) - {"schema", "describe"}


def test_its_commands_give_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "samples", tmp_path / "data" / "samples")
    ran = []
    for command, shown in steps(PAGE):
        if command.startswith("cat "):
            (tmp_path / command.split()[1]).write_text(shown, "utf-8")
            continue
        real = run(command, tmp_path)
        assert matches(shown, real), f"$ {command}{real}"
        ran.append(command.split()[0])
    assert ran == ["kg", "python"]
    started = [one for one in CONFIGURATIONS if "--data" in one.get("args", ())]
    assert started
    for configuration in started:
        assert configuration["command"] == "kg"
        anyio.run(list_tools, StdioServerParameters(command=str(KG), args=configuration["args"], cwd=tmp_path))


async def list_tools(server: StdioServerParameters) -> None:
    async with Client(server) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == list(TOOLS)


def test_every_tool_and_prompt_is_listed_and_nothing_else() -> None:
    listed = [name for row in rows(PAGE.split("## How to add it")[0]) for name in codes(row[0])]
    assert listed == list(TOOLS)
    assert all(f"`{name}`" in PAGE for name in PROMPTS)


def test_its_limits_are_those_of_the_tools() -> None:
    limits = section(PAGE, "Limits")
    for tool, name in (("list_events", "facts of one page"), ("query", "rows or triples of `query`")):
        schema = TOOLS[tool].input_schema["properties"]["limit"]
        assert f"| {name} | {schema['default']}, at most {schema['maximum']} |" in limits
    for number in (MAX_ANSWER, MAX_TEXT, MAX_EACH):
        assert re.search(rf"\b{number:,}\b", limits)
