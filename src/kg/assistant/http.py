"""The server over Streamable HTTP, at `/mcp`: each request is answered by itself, and no session is kept.

A page on the web must not reach it through the browser of whoever runs it: only known hosts are answered, and only
pages of these (DNS rebinding). https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from kg.errors import SettingError

PATH = "/mcp"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]")
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_MOST_BODY = 1_000_000
_MOST_CONNECTIONS = 200
_PATIENCE_SECONDS = 3


def make_service(server: Server[Any], hosts: Iterable[str]) -> Starlette:
    """What answers clients that address it by one of `hosts`, or on this machine.

    Raises:
        SettingError: one of `hosts` is no name of a host.
    """
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_MOST_BODY,
        transport_security=allow_hosts(hosts),
    )


def serve_http(service: Starlette, listening: socket.socket) -> None:
    """Serve until a signal, which then takes its course; what is under way has some seconds to end."""
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


def allow_hosts(hosts: Iterable[str]) -> TransportSecuritySettings:
    """What `Host` and `Origin` of a request may be: this machine or one of `hosts`, with any port or none.

    Raises:
        SettingError: one of `hosts` is no name of a host.
    """
    names = tuple(dict.fromkeys((*_LOCAL, *map(_as_in_address, hosts))))
    origins = [f"{scheme}://{name}" for scheme in ("http", "https") for name in _with_ports(names)]
    return TransportSecuritySettings(allowed_hosts=list(_with_ports(names)), allowed_origins=origins)


def _with_ports(names: Iterable[str]) -> Iterator[str]:
    """Each name as it may stand in a header: without a port, or with any."""
    for name in names:
        yield name
        yield f"{name}:*"


def _as_in_address(host: str) -> str:
    """`host` as it stands in an address: an IPv6 address in brackets."""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        pass
    if not _HOST.fullmatch(host):
        raise SettingError(f"--allowed-host {host} is no name of a host: write it as graph.example.org")
    return host.lower()
