"""Errors -> responses: RFC 9457 problem details for machines, a plain page for people.

SPARQL 1.1 Protocol 2.1.4 asks for 400 where the query is malformed and 500 where the service refuses it; we say more
precisely whose turn it is: 403 for what is never done here and for more than is given, 504 for a query past its time,
503 past its memory or while too many others run.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from kg.errors import (
    ArticleError,
    BusyError,
    ExportError,
    GraphError,
    GraphSizeError,
    IndexStoreError,
    JournalError,
    KgError,
    NotAcceptableError,
    QueryMemoryError,
    QueryRefusedError,
    QueryRowsError,
    QuerySyntaxError,
    QueryTimeoutError,
    SettingError,
)
from kg.web import negotiation
from kg.web.accounting import account_of, ending_of
from kg.web.service import get_service

STATUS: Mapping[type[KgError], HTTPStatus] = {
    QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    QueryRefusedError: HTTPStatus.FORBIDDEN,
    NotAcceptableError: HTTPStatus.NOT_ACCEPTABLE,
    GraphError: HTTPStatus.BAD_REQUEST,
    GraphSizeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ExportError: HTTPStatus.BAD_REQUEST,
    ArticleError: HTTPStatus.UNPROCESSABLE_ENTITY,
    QueryRowsError: HTTPStatus.FORBIDDEN,
    QueryTimeoutError: HTTPStatus.GATEWAY_TIMEOUT,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    QueryMemoryError: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexStoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    JournalError: HTTPStatus.SERVICE_UNAVAILABLE,
    SettingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    KgError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

PROBLEM = negotiation.Format("Problem details", "application/problem+json", ("json",), ("application/json",))


# https://www.rfc-editor.org/rfc/rfc9110#name-retry-after, in seconds, for what may go well later.
RETRY_AFTER: Mapping[type[KgError], int] = {BusyError: 2, JournalError: 5, IndexStoreError: 5}


def get_status(error: KgError) -> HTTPStatus:
    """The status of an error: that of its class, or else of the nearest class above it."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def get_headers(error: KgError) -> dict[str, str]:
    """The headers that go with an error: when to try again, where that may help."""
    seconds = next((RETRY_AFTER[kind] for kind in type(error).__mro__ if kind in RETRY_AFTER), None)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def to_problem(
    request: Request,
    status: int,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, object] | None = None,
) -> Response:
    """The response that says what is wrong, as HTML where `request` prefers that; `members` are extra JSON members."""
    title = HTTPStatus(status).phrase
    headers = {"Vary": "Accept", **(headers or {})}
    if negotiation.choose(negotiation.get_accept(request), (PROBLEM, negotiation.HTML)) is negotiation.HTML:
        context = {"status": status, "title": title, "detail": detail}
        return get_service(request).render(request, "error.html", context, status=status, headers=headers)
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **(members or {})}
    return JSONResponse(content, status, headers, media_type=PROBLEM.media_type)


async def answer_kg_error(request: Request, error: Exception) -> Response:
    """The response to an error of our own."""
    assert isinstance(error, KgError)
    account = account_of(request.scope)
    account.ending = account.ending or ending_of(error)
    return to_problem(request, get_status(error), str(error), headers=get_headers(error))


async def answer_http_error(request: Request, error: Exception) -> Response:
    """The response to an error that a route or the router states in terms of HTTP."""
    assert isinstance(error, HTTPException)
    return to_problem(request, error.status_code, error.detail, headers=error.headers)


async def answer_nobody(request: Request, error: Exception) -> Response:
    """The response to a client that went before its request was whole; it will not see it."""
    assert isinstance(error, ClientDisconnect)
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def answer_invalid_request(request: Request, error: Exception) -> Response:
    """The response to a parameter that does not have the form it must have."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return to_problem(request, HTTPStatus.BAD_REQUEST, f"parameter {first['loc'][-1]}: {first['msg']}")


def add_error_handlers(app: FastAPI) -> None:
    """Let `app` answer every error made on purpose; any other is a bug and goes to the log."""
    app.add_exception_handler(KgError, answer_kg_error)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(RequestValidationError, answer_invalid_request)
    app.add_exception_handler(ClientDisconnect, answer_nobody)
