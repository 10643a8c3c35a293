"""Bodies in and out: requests within limits, answers as they come from a reader."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus

import anyio
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from kg.errors import KgError
from kg.web.accounting import account_of, ending_of
from kg.web.cut_short import note_cut_short
from kg.web.held import hold, unpack_one
from kg.web.media_type import parse_media_type
from kg.web.querier import Answer
from kg.web.service import Service, get_service
from kg.web.spool import Spool
from kg.web.unpacking import unpack


async def read_body(request: Request, *, max_bytes: int) -> bytes:
    """The body of `request`, unpacked, whether or not it says its length.

    Raises:
        HTTPException: 413, as soon as it is known to be longer than `max_bytes`, or unpacked than KG_MAX_UNPACKED_MB;
            408 where it does not come in time; 400 or 415 where it cannot be unpacked.
        BusyError: other requests hold too much already.
    """
    settings = get_service(request).settings
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_long(max_bytes)
    body = bytearray()
    try:
        with anyio.fail_after(settings.client_timeout):
            async for chunk in request.stream():
                hold(request, len(chunk))
                body += chunk
                if len(body) > max_bytes:
                    raise _too_long(max_bytes)
    except TimeoutError as error:
        detail = f"the body did not come within {settings.client_timeout:g} s (KG_CLIENT_TIMEOUT)"
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, detail, {"Connection": "close"}) from error
    if encoding := request.headers.get("content-encoding"):
        unpacked = await unpack_one(
            request, partial(unpack, max_bytes=settings.max_unpacked_bytes), bytes(body), encoding
        )
        hold(request, len(unpacked))
        return unpacked
    return bytes(body)


def _too_long(max_bytes: int) -> HTTPException:
    limit = f"{max_bytes / 1_000_000:g} MB (KG_MAX_BODY_MB)"
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the request body is longer than {limit}")


def read_content_type(request: Request) -> tuple[str, str | None]:
    """Media type and charset of the body of `request`, both in lower case; an empty type where it states none."""
    content_type = parse_media_type(request.headers.get("content-type", ""))
    return content_type.name, content_type.charset


def respond_with(answer: Answer, *, service: Service, headers: Mapping[str, str] | None = None) -> Response:
    """The response that gives `answer`, as a whole where it is whole, within the limits of `service`."""
    if answer.is_whole:
        return Response(b"".join(answer), headers=headers, media_type=answer.media_type)
    spool = Spool(answer, most_bytes=service.settings.max_answer_bytes, room=service.spools)
    return SpooledResponse(spool, headers=headers, media_type=answer.media_type)


_log = logging.getLogger(__name__)


class SpooledResponse(StreamingResponse):
    """A response that gives an answer while it is being worked out."""

    def __init__(self, spool: Spool, *, headers: Mapping[str, str] | None, media_type: str) -> None:
        """A response that gives what `spool` holds, and then closes it."""
        self._spool = spool
        super().__init__(spool.pieces(), headers=headers, media_type=media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and let go of its reader even where the client has gone.

        Where the rest cannot be had, the connection is closed before its end: that is how HTTP says so. Where nothing
        of it has gone out yet, `CutShort` answers with the error.
        """
        try:
            await super().__call__(scope, receive, send)
        except* KgError as errors:
            error = errors.exceptions[0]
            if isinstance(error, KgError):
                account_of(scope).ending = ending_of(error)
                note_cut_short(scope, error)
            _log.warning("an answer was cut short: %s", error)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._spool.close)
