"""The server over Streamable HTTP, at `/mcp`: each request is answered by itself, and no session is kept.

A page on the web must not reach it through the browser of whoever runs it: only known hosts are answered, and only
pages of these (DNS rebinding). https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_MOST_BODY = 1_000_000
_MOST_CONNECTIONS = 200
_PATIENCE_SECONDS = 3


def serve_http(server: Server[Any], listening: socket.socket, hosts: Iterable[str]) -> None:
    """Serve clients that address it by one of `hosts`, or on this machine, until a signal, which then takes its course.

    What is under way then has some seconds to end.
    """
    service = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_MOST_BODY,
        transport_security=_allow(hosts),
    )
    config = uvicorn.Config(
        service,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _allow(hosts: Iterable[str]) -> TransportSecuritySettings:
    names = tuple(dict.fromkeys((*_LOCAL, *map(_bracketed, hosts))))
    origins = [f"{scheme}://{name}" for scheme in ("http", "https") for name in _with_ports(names)]
    return TransportSecuritySettings(allowed_hosts=list(_with_ports(names)), allowed_origins=origins)


def _with_ports(names: Iterable[str]) -> Iterator[str]:
    """Each name as it may stand in a header: without a port, or with any."""
    for name in names:
        yield name
        yield f"{name}:*"


def _bracketed(host: str) -> str:
    """As in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
