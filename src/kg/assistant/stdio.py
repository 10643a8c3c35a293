"""The server on standard input and output, as assistants start it.

Standard output holds nothing but the protocol: the SDK takes it for itself and leads all else to standard error.
"""

from __future__ import annotations

import gc
import signal
from typing import Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server


def serve_stdio(server: Server[Any]) -> None:
    """Serve one client until it closes standard input, or reads no more.

    A signal ends the process at once: nothing is ever written, so nothing can be left half done.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    try:
        anyio.run(_serve, server)
    except* BrokenPipeError:
        pass  # nobody is left to be told
    # Clients wait two seconds for the process to end, then kill it. To go through all that is loaded, to see what could
    # be freed, may take as long.
    gc.freeze()


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())
