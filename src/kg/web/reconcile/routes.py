"""The addresses of the reconciliation service, for both versions of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import BusyError
from kg.web.body import read_body, read_content_type
from kg.web.derived import AGEING
from kg.web.origin import root_of
from kg.web.protocol import FORM, parse_parameters
from kg.web.reconcile import queries, reading, writing
from kg.web.reconcile.extension import extend, read_extension, rows_to_1_0
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.jsonp import respond
from kg.web.reconcile.manifest import Version, make_manifest
from kg.web.reconcile.matching import find_candidates
from kg.web.reconcile.previews import POLICY, read_preview, write_flyout, write_flyout_of_term
from kg.web.reconcile.register import Listed
from kg.web.reconcile.suggestions import propose_properties, suggest_agents, suggest_properties, suggest_types
from kg.web.service import Service, ServiceDep

Key = TypeVar("Key", str, int)

router = APIRouter(tags=["reconciliation"])

JSON = "application/json"
_FLYOUTS = ("entity", "type", "property")

Prefix = Annotated[str, Query(description="How the name begins; or an identifier.", max_length=200)]
Limit = Annotated[int, Query(description="Most suggestions.", ge=1, le=100)]
Offset = Annotated[int, Query(description="How many suggestions to pass over.", ge=0, le=1_000_000)]
Cursor = Annotated[int, Query(description="The same, as 0.2 calls it.", ge=0, le=1_000_000)]
Callback = Annotated[str | None, Query(description="A function that a script is to call with the answer.")]
Type = Annotated[str, Query(description="A type, by its identifier.", max_length=200)]
Id = Annotated[str, Query(description="The identifier of an entity, such as state/USA.", max_length=2000)]


@router.get("/reconcile")
async def reconcile_by_get(request: Request, service: ServiceDep) -> Response:
    """The manifest; with `queries` or `extend`, what 0.2 answers to these."""
    parameters = parse_parameters(request.scope["query_string"])
    return await _answer(request, service, parameters)


@router.post("/reconcile")
async def reconcile_by_post(request: Request, service: ServiceDep) -> Response:
    """What 0.2 answers to a form with `queries` or `extend`."""
    media_type, charset = read_content_type(request)
    body = await read_body(request, max_bytes=service.max_body_bytes)
    _check_type(media_type, charset, FORM)

    parameters = [
        *parse_parameters(request.scope["query_string"]),
        *(await run_in_threadpool(parse_parameters, body)),
    ]
    return await _answer(request, service, parameters)


@router.post("/reconcile/match")
async def match(request: Request, service: ServiceDep) -> Response:
    """Candidates for the queries of a batch, by 1.0-draft."""
    body = await _read_json(request, service)

    def read_and_match() -> Response:
        batch = reading.read_batch_1_0(body)
        return respond(writing.batch_1_0(_match(service, dict(enumerate(batch))).values()), None)

    return await _in_turn(service, read_and_match)


@router.post("/reconcile/extend")
async def extend_data(request: Request, service: ServiceDep) -> Response:
    """The values of properties of entities, by 1.0-draft."""
    body = await _read_json(request, service)

    def read_and_extend() -> Response:
        extension = read_extension(body, "the body")
        meta, rows = extend(service.register.get(), service.querier, _identifiers(service), extension)
        return respond({"meta": meta, "rows": rows_to_1_0(rows)}, None)

    return await run_in_threadpool(read_and_extend)


@router.get("/reconcile/extend/propose")
def propose(
    service: ServiceDep,
    type: Type = "",
    limit: Annotated[int | None, Query(description="Most properties.", ge=1, le=100)] = None,
    callback: Callback = None,
) -> Response:
    """The properties that can be fetched of entities of a type."""
    return respond(propose_properties(type, limit), callback)


@router.get("/reconcile/suggest/entity")
async def suggest_entity(
    service: ServiceDep,
    prefix: Prefix = "",
    type: Type = "",
    limit: Limit = 10,
    offset: Offset = 0,
    cursor: Cursor = 0,
    callback: Callback = None,
) -> Response:
    """Entities a name of which begins so."""

    def suggest() -> Response:
        register, identifiers = service.register.get(), _identifiers(service)
        found = suggest_agents(register, identifiers, prefix, type or None, limit=limit, offset=offset or cursor)
        return respond({"result": found}, callback)

    return await _in_turn(service, suggest)


@router.get("/reconcile/suggest/type")
def suggest_type(
    prefix: Prefix = "", limit: Limit = 10, offset: Offset = 0, cursor: Cursor = 0, callback: Callback = None
) -> Response:
    """Types whose name begins so."""
    return respond({"result": suggest_types(prefix, limit=limit, offset=offset or cursor)}, callback)


@router.get("/reconcile/suggest/property")
def suggest_property(
    prefix: Prefix = "",
    type: Type = "",
    limit: Limit = 20,
    offset: Offset = 0,
    cursor: Cursor = 0,
    callback: Callback = None,
) -> Response:
    """Properties whose name begins so."""
    found = suggest_properties(prefix, type or None, limit=limit, offset=offset or cursor)
    return respond({"result": found}, callback)


@router.get("/reconcile/flyout/{shelf}")
def show_flyout(
    service: ServiceDep,
    shelf: Annotated[str, Path(description="One of entity, type, property.")],
    id: Id,
    callback: Callback = None,
) -> Response:
    """An entity, type or property in a few words of HTML, by 0.2."""
    if shelf not in _FLYOUTS:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no such flyout: there are {', '.join(_FLYOUTS)}")
    if shelf == "entity":
        agent = _find(service, id)
        described = writing.describe(agent, service.register.get().facts_of(agent))
        return respond({"id": id, "html": write_flyout(agent.label, described)}, callback)
    written = write_flyout_of_term(shelf, id)
    if written is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no {shelf} {id[:200]!r}")
    return respond({"id": id, "html": written}, callback)


@router.get("/reconcile/preview")
def show_preview(request: Request, service: ServiceDep, id: Id) -> HTMLResponse:
    """A small page about an entity, to be shown in a frame."""
    agent = _find(service, id)
    preview = read_preview(service.register.get(), service.querier, agent)
    address = root_of(request, service.settings.base_iri) + _identifiers(service).to_id(agent.iri)
    headers = {"Content-Security-Policy": POLICY, **AGEING}
    return service.render(request, "preview.html", {"preview": preview, "address": address}, headers=headers)


async def _answer(request: Request, service: Service, parameters: Sequence[tuple[str, str]]) -> Response:
    """What 0.2 answers to these parameters."""
    given = dict(parameters)
    callback = given.get("callback")

    def match() -> Response:
        results = _match(service, reading.read_batch_0_2(given["queries"]))
        return respond(writing.batch_0_2(results), callback)

    def extend_data() -> Response:
        extension = read_extension(given["extend"], "extend")
        meta, rows = extend(service.register.get(), service.querier, _identifiers(service), extension)
        return respond({"meta": meta, "rows": rows}, callback)

    if "queries" in given:
        return await _in_turn(service, match)
    if "extend" in given:
        return await run_in_threadpool(extend_data)
    if request.method == "POST":
        raise reading.refuse("give the parameter queries or extend")
    version = given.get("version", Version.V0_2)
    if version not in list(Version):
        raise reading.refuse(f"there is no such version: there are {', '.join(Version)}")
    base_iri = service.settings.base_iri
    return respond(make_manifest(root_of(request, base_iri), base_iri, Version(version)), callback)


async def _in_turn(service: Service, work: Callable[[], Response]) -> Response:
    """What `work` gives. Names are compared in this process: one batch at a time leaves it time for everything else.

    Raises:
        BusyError: too many others wait for their turn.
    """
    matching = service.matching
    if matching.available_tokens < 1 and matching.statistics().tasks_waiting >= service.settings.max_waiting:
        raise BusyError("too many names are being matched already: try again in some seconds")
    return await anyio.to_thread.run_sync(work, limiter=matching)


def _match(service: Service, batch: Mapping[Key, queries.Query]) -> dict[Key, list[writing.Json]]:
    register, identifiers = service.register.get(), _identifiers(service)
    return {
        key: writing.candidates_to_json(register, identifiers, find_candidates(register, identifiers, query))
        for key, query in batch.items()
    }


def _find(service: Service, id: str) -> Listed:
    agent = service.register.get().get(_identifiers(service).to_iri(id))
    if agent is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no entity {id[:200]!r}")
    return agent


def _identifiers(service: Service) -> Identifiers:
    return Identifiers(service.settings.base_iri)


async def _read_json(request: Request, service: Service) -> bytes:
    media_type, charset = read_content_type(request)
    body = await read_body(request, max_bytes=service.max_body_bytes)
    _check_type(media_type, charset, JSON)
    return body


def _check_type(media_type: str, charset: str | None, wanted: str) -> None:
    if media_type != wanted or charset not in (None, "utf-8", "utf8", "us-ascii"):
        given = f"{media_type} {charset or ''}".strip() or "none"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {wanted} in UTF-8, not {given}")
