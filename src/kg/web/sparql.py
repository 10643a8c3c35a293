"""`/sparql`: SPARQL 1.1 Protocol, query operation. Evaluation runs in reader processes, waiting in worker threads."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import NotAcceptableError, QueryError
from kg.sparql_text import PREFIX_LINES
from kg.web import negotiation, protocol
from kg.web.accounting import account_of, ending_of, hash_query
from kg.web.body import read_body, read_content_type, respond_with
from kg.web.derived import AGEING
from kg.web.editor import has_editor
from kg.web.errors import get_headers, get_status
from kg.web.examples import load_examples
from kg.web.negotiation import GRAPHS, HTML, RESULTS, Format
from kg.web.querier import Answer
from kg.web.service import Service, ServiceDep
from kg.web.service_description import describe_service
from kg.web.table import Table, read_table

router = APIRouter(tags=["sparql"])

MAX_ROWS_SHOWN = 1000
MAX_BYTES_SHOWN = 500_000
_FIRST_QUERY = PREFIX_LINES + "\nSELECT ?state ?label WHERE { ?state a kg:State ; rdfs:label ?label } LIMIT 20\n"
_VARY = {"Vary": "Accept"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The formats a client likes best, by what the query turns out to be; None where it likes none of ours."""

    results: Format | None
    graphs: Format | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of an answer: one of the four."""

    table: Table | None = None
    boolean: bool | None = None
    graph: str | None = None
    error: str | None = None
    truncated: bool = False


@router.get("/sparql")
async def query_by_get(request: Request, service: ServiceDep) -> Response:
    """Answer a query given as the parameter `query`; without one, the query form or the service description."""
    asked = protocol.read_get(request.scope["query_string"])
    return await run_in_threadpool(respond, request, service, asked)


@router.post("/sparql")
async def query_by_post(request: Request, service: ServiceDep) -> Response:
    """Answer a query given by form or as the body."""
    media_type, charset = read_content_type(request)
    body = await read_body(request, max_bytes=service.max_body_bytes)

    def read_and_respond() -> Response:
        return respond(request, service, protocol.read_post(request.scope["query_string"], body, media_type, charset))

    return await run_in_threadpool(read_and_respond)


@router.options("/sparql", include_in_schema=False)
async def list_methods() -> Response:
    """Say which methods there are."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=protocol.ALLOW)


@router.api_route("/sparql", methods=["DELETE", "PATCH", "PUT"], include_in_schema=False)
async def refuse_method() -> Response:
    """Refuse any other method."""
    raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, "query with GET or POST", protocol.ALLOW)


def respond(request: Request, service: Service, asked: protocol.Asked) -> Response:
    """The answer to what is `asked`; blocking.

    Raises:
        QueryError: it cannot be answered, or in no format the client takes.
    """
    accept = negotiation.get_accept(request)
    if asked.query is None:
        return _describe(request, service, _choose(accept, asked.formats, (*GRAPHS, HTML)))
    wanted = choose_formats(accept, asked.formats)
    if wanted.results is HTML:
        return _show_safely(request, service, asked, wanted)
    answer = _evaluate(request, service, asked, wanted)
    if answer.kind == "graph" and wanted.graphs is HTML:
        return _show(request, service, asked.query, _read_answer(answer))
    return _give(service, answer)


def choose_formats(accept: str | None, names: Sequence[str]) -> Wanted:
    """The formats that `names`, then the Accept header, ask for.

    Raises:
        NotAcceptableError: we have none of them.
    """
    offers = ((*RESULTS, HTML), (*GRAPHS, HTML))
    named = [negotiation.find_by_name(names, some) for some in offers]
    if not names or any(named):
        chosen = [name or negotiation.choose(accept, some) for name, some in zip(named, offers, strict=True)]
        if any(chosen):
            return Wanted(*chosen)
    raise NotAcceptableError(f"answers come as {negotiation.list_formats((*RESULTS, *GRAPHS, HTML))}")


def _choose(accept: str | None, names: Sequence[str], offers: Sequence[Format]) -> Format:
    chosen = negotiation.find_by_name(names, offers) or negotiation.choose(accept, offers)
    if not chosen:
        raise NotAcceptableError(f"the service description comes as {negotiation.list_formats(offers)}")
    return chosen


def _describe(request: Request, service: Service, format: Format) -> Response:
    if format is HTML:
        return _show(request, service, _FIRST_QUERY, Shown())
    content = describe_service(request, service, format)
    return Response(content, headers={**_VARY, **AGEING}, media_type=format.media_type)


def _give(service: Service, answer: Answer) -> Response:
    return respond_with(answer, service=service, headers=_VARY)


def _evaluate(request: Request, service: Service, asked: protocol.Asked, wanted: Wanted) -> Answer:
    assert asked.query is not None
    account = account_of(request.scope)
    account.query = hash_query(asked.query)
    started = time.monotonic()
    try:
        answer = _ask(service, asked, asked.query, wanted)
    finally:
        account.seconds = time.monotonic() - started
    account.generation, account.rows = answer.generation, answer.rows
    return answer


def _ask(service: Service, asked: protocol.Asked, query: str, wanted: Wanted) -> Answer:
    results = negotiation.TSV if wanted.results is HTML else wanted.results
    graphs = negotiation.TURTLE if wanted.graphs is HTML else wanted.graphs
    return service.querier.query(
        query,
        results=results.media_type if results else None,
        graphs=graphs.media_type if graphs else None,
        base_iri=service.settings.base_iri,
        dataset=asked.dataset,
    )


def _show_safely(request: Request, service: Service, asked: protocol.Asked, wanted: Wanted) -> Response:
    """The page with the answer, or with what is wrong above the query."""
    query = asked.query or ""
    try:
        answer = _evaluate(request, service, asked, wanted)
        if answer.kind == "graph" and wanted.graphs is not HTML:
            return _give(service, answer)
        return _show(request, service, query, _read_answer(answer))
    except QueryError as error:
        account_of(request.scope).ending = ending_of(error)
        shown = Shown(error=str(error))
        return _show(request, service, query, shown, status=get_status(error), headers=get_headers(error))


def _read_answer(answer: Answer) -> Shown:
    """As much of an answer as a page shows."""
    try:
        if answer.kind == "solutions":
            table = read_table(answer, limit=MAX_ROWS_SHOWN)
            return Shown(table=table, truncated=table.truncated)
        if answer.kind == "boolean":
            return Shown(boolean=b"".join(answer).strip() == b"true")
        shown = bytearray()
        for chunk in answer:
            shown += chunk
            if len(shown) > MAX_BYTES_SHOWN:
                break
        text = shown[:MAX_BYTES_SHOWN].decode(errors="ignore")
        return Shown(graph=text, truncated=len(shown) > MAX_BYTES_SHOWN)
    finally:
        answer.close()


def _show(
    request: Request,
    service: Service,
    query: str,
    shown: Shown,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    downloads = GRAPHS if shown.graph is not None else RESULTS
    context = {
        "query": query,
        "shown": shown,
        "examples": load_examples(),
        "downloads": downloads,
        "has_editor": has_editor(),
        "all_downloads": {"graph": GRAPHS, "results": RESULTS},
    }
    return service.render(request, "sparql.html", context, status=status, headers={**_VARY, **(headers or {})})
