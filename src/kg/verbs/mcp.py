"""`kg mcp`: tools for assistants."""

from __future__ import annotations

import importlib
import sys
from contextlib import ExitStack, suppress
from typing import Annotated

import typer

from kg import terminal
from kg.errors import SettingError
from kg.verbs.endpoint import open_endpoint
from kg.verbs.options import DataOption, settings_for
from kg.verbs.stopped import Stopped
from kg.web.server import address_of, listen

_LATE_ROOMS = {"mcp": "kg.assistant"}
"""What takes long to import and one verb alone needs: it is imported when that verb runs."""


def mcp(
    data: DataOption = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Answer from the SPARQL endpoint at this address instead.")
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP, not on standard input and output.")] = False,
    host: Annotated[str | None, typer.Option(help="With --http: address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="With --http: port to listen on.  [default: 8001]")
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(help="With --http: another name by which clients may address it; may be repeated."),
    ] = None,
) -> None:
    """Give assistants the graph as tools, by the Model Context Protocol."""
    if not http and (host or port or allowed_host):
        raise SettingError("--host, --port and --allowed-host are for --http: add that, or leave them out")
    if not http and (sys.stdin is None or sys.stdout is None):
        raise SettingError("standard input or output is closed: start kg mcp from an assistant, or add --http")
    settings = settings_for(data)
    assistant = importlib.import_module(_LATE_ROOMS["mcp"])
    is_remote = endpoint is not None or settings.sparql_url is not None
    with ExitStack() as stack:
        address = host or "127.0.0.1", port or 8001
        listening = stack.enter_context(listen(*address)) if http else None
        asked = stack.enter_context(open_endpoint(endpoint, settings, alone=False))
        graph = stack.enter_context(assistant.Graph(assistant.Source(asked, is_remote=is_remote)))
        graph.prepare()
        server = assistant.make_server(graph)
        if listening is None:
            if sys.stdin.isatty():
                terminal.tell("Waiting for an assistant on standard input (Ctrl-C stops)")
            assistant.serve_stdio(server)  # ends the process
        service = assistant.make_service(server, [address[0], *(allowed_host or [])])
        terminal.tell(f"Serving assistants at {address_of(*address)}mcp (Ctrl-C stops)")
        with suppress(Stopped):
            assistant.serve_http(service, listening)
