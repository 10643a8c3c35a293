"""An answer that breaks off while it is sent, of which the client has nothing yet: it gets the error instead.

What is sent in pieces is held back by the compression until a block is full, and megabytes of like rows fit into one.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError
from kg.web.errors import get_headers, get_status, to_problem

_KEY = "kg.cut_short"


def note_cut_short(scope: Scope, error: KgError) -> None:
    """Leave word of what broke the answer to this request off."""
    scope.setdefault("state", {})[_KEY] = error


class CutShort:
    """Answers with the error that was noted, where nothing of a body was sent; else the connection is closed."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`, which compresses."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        held: Message | None = None
        has_begun = False

        async def send_with_body(message: Message) -> None:
            nonlocal held, has_begun
            if message["type"] == "http.response.start":
                held = message
                return
            start, held = held, None
            has_begun = True
            if start is not None:
                await send(start)
            await send(message)

        await self.app(scope, receive, send_with_body)
        error = scope.get("state", {}).get(_KEY)
        if error is not None and not has_begun:
            problem = to_problem(Request(scope), get_status(error), str(error), headers=get_headers(error))
            await problem(scope, receive, send)
