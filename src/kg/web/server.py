"""The service as a process: where it listens, and how it stops."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
from collections.abc import Callable
from types import FrameType

import anyio
import uvicorn
from fastapi import FastAPI

from kg.errors import SettingError
from kg.settings import Settings
from kg.web.connections import patient

_BACKLOG = 2048  # connections not yet taken up

STOP_SECONDS = 3.0
"""For requests under way when the service is stopped, besides what a query may take."""

_LOOK_SECONDS = 0.1
_LAST_WORDS_SECONDS = 0.5


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


def run(
    service: FastAPI,
    listening: socket.socket,
    end_queries: Callable[[], None],
    *,
    settings: Settings,
    reopen_log: Callable[[], None] | None = None,
) -> None:
    """Serve until a SIGINT or SIGTERM, which then takes its course; a second one ends the process at once.

    At the first, no more connections are taken, and what is under way is finished: anything within the time of a query
    and `STOP_SECONDS`, articles however long they take. `end_queries` then lets go of the queries that are left. With
    `reopen_log`, a SIGHUP calls it.
    """
    _allow_files()
    if reopen_log is not None:
        signal.signal(signal.SIGHUP, lambda *_: reopen_log())
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
    )
    _Server(config, end_queries, settings.query_timeout + STOP_SECONDS).run(sockets=[listening])


def _allow_files() -> None:
    """As many open files as the system lets this process have: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class _Server(uvicorn.Server):
    """A server that, when stopped, finishes what it has begun."""

    def __init__(self, config: uvicorn.Config, end_queries: Callable[[], None], patience: float) -> None:
        super().__init__(config)
        self._end_queries = end_queries
        self._patience = patience

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal asks to stop; the second is not waited for."""
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As it is, but with an end to the waiting."""
        waiting = asyncio.create_task(self._lose_patience())
        await super().shutdown(sockets)
        waiting.cancel()

    async def _lose_patience(self) -> None:
        """In the end, hang up on all whose request is not to be finished by us: slow clients, queries without end."""
        await asyncio.sleep(self._patience)
        await asyncio.to_thread(self._end_queries)
        while (writing := _get_writing(self.config.app).statistics()).borrowed_tokens or writing.tasks_waiting:
            await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.sleep(_LAST_WORDS_SECONDS)
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(_LAST_WORDS_SECONDS)
        for task in list(self.server_state.tasks):
            task.cancel()


def _get_writing(service: object) -> anyio.CapacityLimiter:
    """What lets one ingestion run at a time."""
    assert isinstance(service, FastAPI)
    writing = service.state.service.writing
    assert isinstance(writing, anyio.CapacityLimiter)
    return writing
