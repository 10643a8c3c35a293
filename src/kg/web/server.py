"""The service as a process: where it listens, and how it stops."""

from __future__ import annotations

import resource
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from kg.errors import SettingError
from kg.settings import Settings
from kg.web.connections import patient

_BACKLOG = 2048  # connections not yet taken up

_SHUTDOWN_SECONDS = 5
"""For requests under way when the service is stopped."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        SettingError: it cannot, as when another program listens there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = (error.strerror or "it is no address").partition(" (")[0].lower()
        raise SettingError(
            f"cannot listen at {host}, port {port}: {reason}; choose another --port or --host"
        ) from error


def address_of(host: str, port: int) -> str:
    """The web address of a service that listens there."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def run(service: FastAPI, listening: socket.socket, end_queries: Callable[[], None], *, settings: Settings) -> None:
    """Serve until a SIGINT or SIGTERM, which then takes its course; `end_queries` lets go of those under way."""
    _allow_files()
    config = uvicorn.Config(
        service,
        http=patient(seconds=settings.client_timeout, most=settings.max_connections),  # type: ignore[arg-type]
        ws="none",
        loop="uvloop",
        log_level="warning",
        access_log=False,
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=settings.trusted_proxies or "",
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    _Server(config, end_queries).run(sockets=[listening])


def _allow_files() -> None:
    """As many open files as the system lets this process have: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class _Server(uvicorn.Server):
    """A server that, when stopped, ends the queries under way first: nobody shall wait for them."""

    def __init__(self, config: uvicorn.Config, end_queries: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_queries = end_queries

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As it is, once the queries under way have ended."""
        self._end_queries()
        await super().shutdown(sockets)
