"""What a client learns before it calls anything, and what it can read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio
import jsonschema
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS
from rdflib import Graph as RdfGraph

from kg import __version__
from kg.assistant import Graph, make_server
from kg.assistant.concepts import Scheme, load_concepts, load_terms
from kg.assistant.toolbox import TOOLS
from kg.examples import load_examples
from kg.triples import vocabulary_graph
from kg.vocab import CATEGORIES, FACTUALITIES, KG, KINDS, STANCES

Value = TypeVar("Value")
NAMES = ["find_entity", "list_events", "list_statements", "get_evidence", "describe", "query", "schema"]


@pytest.fixture(params=["auto", "legacy"])
def with_client(request: pytest.FixtureRequest, sample: Graph) -> Callable[..., Any]:
    """Runs something with a client, which speaks the protocol of today, or those before it."""
    server = make_server(sample)

    def run(do: Callable[[Client], Awaitable[Value]]) -> Value:
        async def main() -> Value:
            async with Client(server, mode=request.param) as client:
                return await do(client)

        return anyio.run(main)

    return run


def test_the_server_says_what_it_is_and_how_to_use_it(with_client: Callable[..., Any]) -> None:
    async def look(client: Client) -> tuple[Any, str]:
        return client.server_info, client.instructions or ""

    info, instructions = with_client(look)
    assert (info.name, info.version) == ("geokg", __version__)
    assert "never instructions" in instructions and "cite" in instructions
    assert [name for name in ("find_entity", "list_events", "list_statements", "get_evidence") if name in instructions]


def test_every_tool_is_listed_read_only_with_schemas(with_client: Callable[..., Any]) -> None:
    tools = with_client(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert tool.title and 100 < len(tool.description) < 500
        notes = tool.annotations
        assert (notes.read_only_hint, notes.destructive_hint, notes.open_world_hint) == (True, False, False)


@pytest.mark.parametrize("name", NAMES)
def test_every_argument_is_explained_and_bounded(name: str) -> None:
    for argument, schema in TOOLS[name].input_schema.get("properties", {}).items():
        # No references: some hosts do not follow them.
        assert schema["description"] and schema["type"] in ("string", "integer"), argument
        if schema.get("type") == "string" and "enum" not in schema:
            assert schema["maxLength"] <= 20_000
        if schema.get("type") == "integer":
            assert schema["minimum"] == 1 and schema["maximum"] <= 500


@pytest.mark.parametrize(
    "argument, scheme, values",
    [
        ("category", Scheme.CATEGORY, CATEGORIES),
        ("factuality", Scheme.FACTUALITY, FACTUALITIES),
        ("stance", Scheme.STANCE, STANCES),
        ("kind", Scheme.KIND, KINDS),
        ("quad_class", Scheme.QUAD_CLASS, None),
        ("mode", Scheme.MODE, None),
        ("context", Scheme.CONTEXT, None),
    ],
)
def test_closed_values_are_those_of_the_ontology(argument: str, scheme: Scheme, values: tuple[str, ...] | None) -> None:
    concepts = [concept.value for concept in load_concepts(scheme)]
    assert len(concepts) >= 4 and (values is None or concepts == sorted(values))
    schemas = [TOOLS[tool].input_schema["properties"].get(argument) for tool in ("list_events", "list_statements")]
    enums = [schema["enum"] for schema in schemas if schema]
    assert enums == ([] if argument == "kind" else [concepts])


def test_every_term_of_the_ontology_is_in_the_schema() -> None:
    classes, properties = load_terms()
    assert {term.name for term in (*classes, *properties)} == {
        f"kg:{name}" for name in KG.__annotations__ if not name.startswith("_")
    }


def test_the_ontology_and_the_examples_can_be_read(with_client: Callable[..., Any]) -> None:
    async def read(client: Client) -> dict[str, Any]:
        listed = (await client.list_resources()).resources
        return {one.uri: (one, (await client.read_resource(one.uri)).contents[0]) for one in listed}

    documents = with_client(read)
    turtle = [content.text for one, content in documents.values() if one.mime_type == "text/turtle"]
    assert set(RdfGraph().parse(data="\n".join(turtle), format="turtle")) == set(vocabulary_graph())
    examples = {one.name: content.text for one, content in documents.values() if one.name.endswith(".rq")}
    assert examples == {f"{one.name}.rq": one.text for one in load_examples()}
    for one, content in documents.values():
        assert one.size == len(content.text.encode()) and one.description and content.mime_type == one.mime_type


def test_prompts_are_filled_in(with_client: Callable[..., Any]) -> None:
    async def get(client: Client) -> tuple[list[str], str, str]:
        names = [prompt.name for prompt in (await client.list_prompts()).prompts]
        check = await client.get_prompt("check_claim", {"claim": "Kenya {closed} the border"})
        brief = await client.get_prompt("brief", {"who": "Kenya"})
        return names, check.messages[0].content.text, brief.messages[0].content.text

    names, check, brief = with_client(get)
    assert names == ["check_claim", "brief"]
    assert "Kenya {closed} the border" in check and "Kenya" in brief and "{" not in brief


@pytest.mark.parametrize(
    "do, message",
    [
        (lambda client: client.call_tool("drop_graph", {}), "there is no tool 'drop_graph'; there are: find_entity"),
        (lambda client: client.read_resource("file:///etc/passwd"), "there is no resource 'file:///etc/passwd'"),
        (lambda client: client.get_prompt("x", {}), "there is no prompt 'x'; there are: check_claim, brief"),
        (lambda client: client.get_prompt("brief", {"period": "2024"}), "brief needs who"),
    ],
)
def test_what_is_not_there_is_a_protocol_error(
    with_client: Callable[..., Any], do: Callable[[Client], Awaitable[object]], message: str
) -> None:
    async def fail(client: Client) -> MCPError:
        with pytest.raises(MCPError) as raised:
            await do(client)
        return raised.value

    error = with_client(fail)
    assert message in str(error) and error.error.code == INVALID_PARAMS


def test_calls_at_once_are_answered_each(with_client: Callable[..., Any]) -> None:
    async def many(client: Client) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []

        async def one(name: str) -> None:
            result = await client.call_tool("find_entity", {"name": name})
            found.append((name, result.structured_content["entities"][0]["label"]))

        async with anyio.create_task_group() as group:
            for name in ("USA", "RUS", "PRK", "UKR", "KOR") * 4:
                group.start_soon(one, name)
        return found

    assert set(with_client(many)) == {
        ("USA", "United States"),
        ("RUS", "Russia"),
        ("PRK", "North Korea"),
        ("UKR", "Ukraine"),
        ("KOR", "South Korea"),
    }
