"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/.

Reading is open to all; writing needs the token. What is written is read by a process that may die of it, checked with
the shapes, and durable and to be found before the answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg import iris
from kg.errors import NotAcceptableError
from kg.types import Written
from kg.web import negotiation, questions
from kg.web.access import BearerDep, give_access
from kg.web.body import read_body, respond_with
from kg.web.errors import to_problem
from kg.web.graph_names import Target, explain_refusal, is_article, read_target
from kg.web.graph_notes import DELETES, DIRECT, GETS, INDIRECT, POSTS, PUTS
from kg.web.negotiation import GRAPHS, HTML, TURTLE, Format
from kg.web.payloads import read_payloads
from kg.web.querier import Answer, ask
from kg.web.rdf import serialize
from kg.web.reports import to_json
from kg.web.service import Curator, Service, ServiceDep
from kg.web.service_description import SD

router = APIRouter(tags=["graphs"])

MAX_LISTED = 1000
_ALLOW = {"Allow": "GET, HEAD, PUT, POST, DELETE"}
_ALLOW_READING = {"Allow": "GET, HEAD"}
_MOST_TRIES = 10
_RETRY = {"Retry-After": "1"}


def require_curator(request: Request, service: ServiceDep, _: BearerDep) -> Curator:
    """The way in, for a client with the token."""
    return give_access(request, service, service.curator)


CuratorDep = Annotated[Curator, Depends(require_curator)]


@router.get("/graphs/{name:path}", openapi_extra=DIRECT | GETS)
@router.get("/graphs", openapi_extra=INDIRECT | GETS)
async def get_graph(request: Request, service: ServiceDep) -> Response:
    """The graph that the address or a parameter names; without either, a list of graphs."""
    target = read_target(request, service.settings.base_iri)
    return await run_in_threadpool(_show, request, service, target)


@router.put("/graphs/{name:path}", status_code=HTTPStatus.CREATED, openapi_extra=DIRECT | PUTS)
@router.put("/graphs", status_code=HTTPStatus.CREATED, openapi_extra=INDIRECT | PUTS)
async def put_graph(request: Request, service: ServiceDep, curator: CuratorDep) -> Response:
    """Make the graph that the address or a parameter names what the body holds, and nothing else."""
    target = _writable(request, service)
    return await _write(request, service, curator, target, curator.put, form=False)


@router.post("/graphs/{name:path}", status_code=HTTPStatus.CREATED, openapi_extra=DIRECT | POSTS)
@router.post("/graphs", status_code=HTTPStatus.CREATED, openapi_extra=INDIRECT | POSTS)
async def post_graph(request: Request, service: ServiceDep, curator: CuratorDep) -> Response:
    """Add what the body holds to the graph that the address or a parameter names; without either, to a new one."""
    target = _writable(request, service, may_be_new=True)
    return await _write(request, service, curator, target, curator.add, form=True)


@router.delete("/graphs/{name:path}", status_code=HTTPStatus.NO_CONTENT, openapi_extra=DIRECT | DELETES)
@router.delete("/graphs", status_code=HTTPStatus.NO_CONTENT, openapi_extra=INDIRECT | DELETES)
async def delete_graph(request: Request, service: ServiceDep, curator: CuratorDep) -> Response:
    """Remove the graph that the address or a parameter names: one that somebody wrote, or that of an article."""
    target = _writable(request, service, may_be_article=True)
    assert target.iri is not None
    is_removed = await anyio.to_thread.run_sync(curator.remove, target.iri, limiter=service.writing)
    if not is_removed and not target.is_default:
        raise _not_found(target)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.api_route("/graphs/{name:path}", methods=["PATCH", "OPTIONS"], include_in_schema=False)
@router.api_route("/graphs", methods=["PATCH", "OPTIONS"], include_in_schema=False)
async def refuse_method() -> Response:
    """Refuse any other method."""
    raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, "use GET, HEAD, PUT, POST or DELETE", _ALLOW)


def _show(request: Request, service: Service, target: Target) -> Response:
    """The graph in the format that the client likes best; a browser gets Turtle to look at."""
    format = _choose_format(request, target)
    shown = TURTLE if format is HTML else format
    media_type = "text/plain" if format is HTML else format.media_type
    headers = {"Vary": "Accept"}
    if target.iri is None:
        content = serialize(_list_graphs(service, target), shown)
        return Response(content, headers=headers, media_type=media_type)
    answer = _construct(service, target, target.iri, shown)
    response = respond_with(answer, service=service, headers=headers)
    if format is HTML:
        response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def _construct(service: Service, target: Target, iri: str, format: Format) -> Answer:
    """The graph, of a moment at which it was there: the two questions are asked again where it changed in between."""
    query = questions.CONSTRUCT_DEFAULT if target.is_default else questions.construct_graph(iri)
    for _ in range(_MOST_TRIES):
        generation = service.querier.generation
        if not target.is_default and not _exists(service, iri):
            raise _not_found(target)
        answer = service.querier.query(query, results=None, graphs=format.media_type)
        if service.querier.generation == generation:
            return answer
        answer.close()
    raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, f"{target.name} changes too fast: try again", _RETRY)


def _choose_format(request: Request, target: Target) -> Format:
    if target.formats:
        format = negotiation.find_by_name(target.formats, GRAPHS)
    else:
        format = negotiation.choose(negotiation.get_accept(request), (*GRAPHS, HTML))
    if format is None:
        raise NotAcceptableError(f"graphs come as {negotiation.list_formats(GRAPHS)}")
    return format


def _exists(service: Service, iri: str) -> bool:
    """True where there is such a graph; that of an empty one not every engine knows."""
    if ask(service.querier, questions.holds_triples(iri)):
        return True
    return service.curator is not None and service.curator.is_empty(iri)


def _list_graphs(service: Service, target: Target) -> Graph:
    """Some of the graphs there are. SPARQL 1.1 Service Description, section 3.2.5."""
    graph = Graph()
    graph.bind("sd", SD)
    collection = URIRef(target.store)
    graph.add((collection, RDF.type, SD.GraphCollection))
    for iri in service.curator.list_graphs(limit=MAX_LISTED) if service.curator else ():
        if iri != iris.DEFAULT_GRAPH:
            named = BNode()
            graph.add((collection, SD.namedGraph, named))
            graph.add((named, RDF.type, SD.NamedGraph))
            graph.add((named, SD.name, URIRef(iri)))
    return graph


def _writable(request: Request, service: Service, *, may_be_new: bool = False, may_be_article: bool = False) -> Target:
    """What a request writes to.

    Raises:
        HTTPException: 400 where it names nothing, 405 and 409 where that cannot be written.
    """
    base_iri = service.settings.base_iri
    target = read_target(request, base_iri)
    if target.iri is None:
        if not may_be_new:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "say which graph: by the parameter graph or default")
        iri = f"{target.store.rstrip('/')}/{uuid.uuid4()}"
        return Target(target.store, iri, iri, iri)
    if target.is_default:
        if service.shows_union:
            detail = (
                "the default graph is the union of all others: write to a named graph, "
                "or start the service with KG_UNION_DEFAULT_GRAPH=false"
            )
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, detail, _ALLOW_READING)
        return target
    reason = explain_refusal(request, target.iri, base_iri)
    if reason and not (may_be_article and is_article(target.iri, base_iri)):
        raise HTTPException(HTTPStatus.CONFLICT, reason)
    return target


async def _write(
    request: Request,
    service: Service,
    curator: Curator,
    target: Target,
    write: Callable[[str, bytes], Written],
    *,
    form: bool,
) -> Response:
    """Read what the body holds, and write it to `target`."""
    assert target.iri is not None
    body = await read_body(request, max_bytes=service.max_body_bytes)
    payloads = read_payloads(body, request.headers.get("content-type", ""), form=form)
    triples = b""
    for payload in payloads:
        triples += await run_in_threadpool(curator.parse, payload.content, payload.format.media_type, target.base_iri)
    if len(payloads) > 1:
        triples = b"".join(sorted(set(triples.splitlines(keepends=True))))
    written = await anyio.to_thread.run_sync(write, target.iri, triples, limiter=service.writing)
    return _answer(request, target, written)


def _answer(request: Request, target: Target, written: Written) -> Response:
    if not written.report.conforms:
        first = written.report.violations[0]
        detail = f"{target.name} would not conform: {first.message} (at {first.focus})"
        members = {"stage": "shacl", "report": to_json(written.report)}
        return to_problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, members=members)
    if not written.is_new:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    headers = {"Location": target.location}
    content = {} if target.is_default else {"iri": target.iri}
    return JSONResponse(content, HTTPStatus.CREATED, headers)


def _not_found(target: Target) -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, f"there is no graph {target.iri}")
