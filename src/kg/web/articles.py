"""`POST /articles`: one article in, validated and durable before the answer. Needs the token."""

from __future__ import annotations

import datetime as dt
import hmac
from http import HTTPStatus
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.types import Document, Format, Hints, Report
from kg.web.accounting import account_of
from kg.web.body import read_body, read_content_type
from kg.web.errors import to_problem
from kg.web.service import Ingester, Outcome, Service, ServiceDep

router = APIRouter(tags=["articles"])

FORMATS = {
    "application/json": Format.JSON,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
}


def require_ingester(request: Request, service: ServiceDep) -> Ingester:
    """The way in, for a client with the token (RFC 6750).

    Raises:
        HTTPException: 403 where nobody may write, 401 where this client may not.
    """
    token = service.settings.write_token
    if token is None or not token.get_secret_value():
        raise HTTPException(HTTPStatus.FORBIDDEN, "writing is off: start the service with KG_WRITE_TOKEN set")
    if service.ingester is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "this service only reads")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matches = hmac.compare_digest(given.strip().encode("latin-1"), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not matches:
        challenge = {"WWW-Authenticate": 'Bearer realm="kg"'}
        raise HTTPException(HTTPStatus.UNAUTHORIZED, "send the token: Authorization: Bearer …", challenge)
    return service.ingester


IngesterDep = Annotated[Ingester, Depends(require_ingester)]


@router.post("/articles", status_code=HTTPStatus.CREATED)
async def post_article(
    request: Request,
    service: ServiceDep,
    ingester: IngesterDep,
    url: Annotated[str | None, Query(description="Where the article was published, if it does not say.")] = None,
    published: Annotated[dt.date | None, Query(description="The day it was published, if it does not say.")] = None,
) -> Response:
    """Take in one article, as JSON, plain text or HTML."""
    format = _read_format(request)
    content = await read_body(request, max_bytes=service.max_body_bytes)
    document = Document("request body", format, content, Hints(url, published))
    outcome = await anyio.to_thread.run_sync(ingester.ingest, document, limiter=service.writing)
    account = account_of(request.scope)
    account.stored, account.refused = (1, 0) if outcome.article_iri is not None else (0, 1)
    return _answer(request, service, outcome)


def _read_format(request: Request) -> Format:
    media_type, _ = read_content_type(request)
    if media_type not in FORMATS:
        detail = f"send {', '.join(FORMATS)}, not {media_type or 'a body without Content-Type'}"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    return FORMATS[media_type]


def _answer(request: Request, service: Service, outcome: Outcome) -> Response:
    if outcome.article_iri is not None:
        location = outcome.article_iri.removeprefix(service.settings.base_iri)
        return JSONResponse({"iri": outcome.article_iri}, HTTPStatus.CREATED, {"Location": location})
    reason = outcome.refusal.reason if outcome.refusal else "the article was not stored"
    members: dict[str, object] = {}
    if outcome.refusal:
        members["stage"] = outcome.refusal.stage
    if outcome.report:
        members["report"] = _to_json(outcome.report)
    return to_problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, reason, members=members)


def _to_json(report: Report) -> dict[str, object]:
    """A validation report, in the terms of SHACL."""
    results = [
        {
            "focusNode": violation.focus,
            "resultPath": violation.path,
            "value": violation.value,
            "sourceConstraintComponent": violation.component,
            "resultMessage": violation.message,
        }
        for violation in report.violations
    ]
    return {"conforms": report.conforms, "results": results}
