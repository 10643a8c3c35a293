"""Tools, documents and prompts by the Model Context Protocol, with the official SDK.

Queries block, so each call has a thread of its own, a few at once; the processes behind them keep to the limits.
"""

from __future__ import annotations

import json
from typing import Any

import anyio
import anyio.to_thread
from mcp import types as protocol
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from kg import __version__
from kg.assistant.graph import Graph
from kg.assistant.instructions import INSTRUCTIONS, PROMPTS, Prompt
from kg.assistant.resources import Document, load_documents
from kg.assistant.tool import Tool
from kg.assistant.toolbox import TOOLS
from kg.errors import KgError

_MOST_CALLS = 8
_READ_ONLY = protocol.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def make_server(graph: Graph) -> Server[Any]:
    """A server that answers over `graph`."""
    assistant = _Assistant(graph)
    return Server(
        "geokg",
        version=__version__,
        title="GeoKG: political news as a graph",
        instructions=INSTRUCTIONS,
        on_list_tools=assistant.list_tools,
        on_call_tool=assistant.call_tool,
        on_list_resources=assistant.list_resources,
        on_list_resource_templates=assistant.list_resource_templates,
        on_read_resource=assistant.read_resource,
        on_list_prompts=assistant.list_prompts,
        on_get_prompt=assistant.get_prompt,
    )


class _Assistant:
    """Answers the requests of clients. What a handler is told of the connection is of no use to it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._calls = anyio.CapacityLimiter(_MOST_CALLS)

    async def list_tools(self, _: object, params: protocol.PaginatedRequestParams | None) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(tools=[_to_tool(tool) for tool in TOOLS.values()])

    async def call_tool(self, _: object, params: protocol.CallToolRequestParams) -> protocol.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise _no_such("tool", params.name, TOOLS)
        try:
            # A client that goes away or cancels does not wait for its query; that ends by its own limits.
            answer = await anyio.to_thread.run_sync(
                tool.run, self._graph, params.arguments or {}, abandon_on_cancel=True, limiter=self._calls
            )
        except KgError as error:
            return protocol.CallToolResult(content=[_to_text(str(error))], is_error=True)
        text = json.dumps(answer, ensure_ascii=False)
        return protocol.CallToolResult(content=[_to_text(text)], structured_content=answer)

    async def list_resources(
        self, _: object, params: protocol.PaginatedRequestParams | None
    ) -> protocol.ListResourcesResult:
        return protocol.ListResourcesResult(resources=[_to_resource(one) for one in load_documents().values()])

    async def list_resource_templates(
        self, _: object, params: protocol.PaginatedRequestParams | None
    ) -> protocol.ListResourceTemplatesResult:
        return protocol.ListResourceTemplatesResult(resource_templates=[])

    async def read_resource(self, _: object, params: protocol.ReadResourceRequestParams) -> protocol.ReadResourceResult:
        document = load_documents().get(str(params.uri))
        if document is None:
            raise _no_such("resource", str(params.uri), load_documents())
        contents = protocol.TextResourceContents(uri=document.uri, mime_type=document.media_type, text=document.read())
        return protocol.ReadResourceResult(contents=[contents])

    async def list_prompts(
        self, _: object, params: protocol.PaginatedRequestParams | None
    ) -> protocol.ListPromptsResult:
        return protocol.ListPromptsResult(prompts=[_to_prompt(prompt) for prompt in PROMPTS.values()])

    async def get_prompt(self, _: object, params: protocol.GetPromptRequestParams) -> protocol.GetPromptResult:
        prompt = PROMPTS.get(params.name)
        if prompt is None:
            raise _no_such("prompt", params.name, PROMPTS)
        given = params.arguments or {}
        missing = [one.name for one in prompt.arguments if one.is_required and not given.get(one.name)]
        if missing:
            raise MCPError(code=protocol.INVALID_PARAMS, message=f"{prompt.name} needs {', '.join(missing)}")
        message = protocol.PromptMessage(role="user", content=_to_text(prompt.fill(given)))
        return protocol.GetPromptResult(description=prompt.description, messages=[message])


def _to_tool(tool: Tool) -> protocol.Tool:
    return protocol.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=_READ_ONLY,
    )


def _to_resource(document: Document) -> protocol.Resource:
    return protocol.Resource(
        uri=document.uri,
        name=document.name,
        description=document.description,
        mime_type=document.media_type,
        size=document.path.stat().st_size,
    )


def _to_prompt(prompt: Prompt) -> protocol.Prompt:
    arguments = [
        protocol.PromptArgument(name=one.name, description=one.description, required=one.is_required)
        for one in prompt.arguments
    ]
    return protocol.Prompt(name=prompt.name, title=prompt.title, description=prompt.description, arguments=arguments)


def _to_text(text: str) -> protocol.TextContent:
    return protocol.TextContent(type="text", text=text)


def _no_such(kind: str, name: str, known: Any) -> MCPError:
    listed = ", ".join(known)
    return MCPError(code=protocol.INVALID_PARAMS, message=f"there is no {kind} {name[:100]!r}; there are: {listed}")
