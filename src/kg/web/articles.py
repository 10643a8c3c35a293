"""`POST /articles`: one article in, validated and durable before the answer. Needs the token."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.types import Document, Format, Hints
from kg.web.access import BearerDep, give_access
from kg.web.accounting import account_of
from kg.web.body import read_body, read_content_type
from kg.web.errors import to_problem
from kg.web.reports import to_json
from kg.web.service import Ingester, Outcome, Service, ServiceDep

router = APIRouter(tags=["articles"])

FORMATS = {
    "application/json": Format.JSON,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
}


def require_ingester(request: Request, service: ServiceDep, _: BearerDep) -> Ingester:
    """The way in, for a client with the token."""
    return give_access(request, service, service.ingester)


IngesterDep = Annotated[Ingester, Depends(require_ingester)]


@router.post("/articles", status_code=HTTPStatus.CREATED)
async def post_article(
    request: Request,
    service: ServiceDep,
    ingester: IngesterDep,
    url: Annotated[str | None, Query(description="Where the article was published, if it does not say.")] = None,
    published: Annotated[dt.date | None, Query(description="The day it was published, if it does not say.")] = None,
    title: Annotated[str | None, Query(description="Its headline, if it has none.")] = None,
    section: Annotated[str | None, Query(description="The section it stands in, if it does not say.")] = None,
    publisher: Annotated[str | None, Query(description="Who published it, if it does not say.")] = None,
) -> Response:
    """Take in one article, as JSON, plain text or HTML."""
    format = _read_format(request)
    content = await read_body(request, max_bytes=service.max_body_bytes)
    document = Document("request body", format, content, Hints(url, published, title, section, publisher))
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
        members["report"] = to_json(outcome.report)
    return to_problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, reason, members=members)
