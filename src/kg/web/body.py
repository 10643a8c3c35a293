"""Bodies in and out: requests within a limit, answers streamed from a reader."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from email.message import Message
from http import HTTPStatus

import anyio
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from kg.errors import KgError
from kg.web.querier import Answer


async def read_body(request: Request, *, max_bytes: int) -> bytes:
    """The body of `request`, whether or not it says its length.

    Raises:
        HTTPException: 413, as soon as it is known to be longer than `max_bytes`.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_long(max_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise _too_long(max_bytes)
    return bytes(body)


def _too_long(max_bytes: int) -> HTTPException:
    limit = f"{max_bytes / 1_000_000:g} MB (KG_MAX_BODY_MB)"
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the request body is longer than {limit}")


def read_content_type(request: Request) -> tuple[str, str | None]:
    """Media type and charset of the body of `request`, both in lower case; an empty type where it states none."""
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    (media_type, _), *parameters = message.get_params([("", "")])
    charset = next((value for name, value in parameters if name.lower() == "charset"), None)
    return media_type.lower(), charset.lower() if charset else None


class AnswerResponse(StreamingResponse):
    """An answer, streamed as it is evaluated."""

    def __init__(self, answer: Answer, *, headers: Mapping[str, str] | None = None) -> None:
        """Wait for the first bytes, in a worker thread, so that what fails before them can still have its status."""
        self.answer = answer
        chunks = iter(answer)
        try:
            first = next(chunks, b"")
        except KgError:
            answer.close()
            raise
        super().__init__(itertools.chain((first,), chunks), headers=headers, media_type=answer.media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and let go of its reader even where the client has gone."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self.answer.close)
