"""The server on standard input and output, as assistants start it.

Standard output holds nothing but the protocol: the SDK takes it for itself and leads all else to standard error.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server


def serve_stdio(server: Server[Any]) -> NoReturn:
    """Serve one client until it closes standard input, or reads no more; then the process ends, with status 0.

    A signal ends it at once: nothing is ever written, so nothing can be left half done.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    try:
        anyio.run(_serve, server)
    except* BrokenPipeError:
        pass  # nobody is left to be told
    sys.stderr.flush()
    # Clients wait two seconds for the process to end, then kill it. A thread may wait longer for an endpoint, or Python
    # to free all that is loaded. The processes that answer queries end with this one (`kg.index.mortality`).
    os._exit(0)


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())
