"""Every instance IRI answers, as a page for people, else as RDF, by Accept or suffix.

Cool URIs for the Semantic Web, W3C 2008.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import NotAcceptableError
from kg.web import negotiation, questions, resource_pages
from kg.web.agent_page import Part
from kg.web.body import respond_with
from kg.web.negotiation import GRAPHS, HTML, Format
from kg.web.querier import ask
from kg.web.resource_pages import AGENTS, View
from kg.web.service import Service, ServiceDep
from kg.web.signposts import OFFERS, Signpost, signs_of_formats, signs_of_instance, to_header

router = APIRouter(tags=["linked data"])

KINDS = (
    "article", "state", "organization", "person", "group", "post",
    "statement", "event", "evidence", "activity", "software", "graph",
)  # fmt: skip
_NAME = re.compile(r"[\w.~-]{1,500}")


def show_resource(request: Request, service: ServiceDep, name: str) -> Response:
    """What the graph says of one thing."""
    return _respond(request, service, name, None)


def show_agent(
    request: Request,
    service: ServiceDep,
    name: str,
    part: Annotated[Part | None, Query(description="Of the page, only this list, whole.")] = None,
    page: Annotated[int, Query(description="Which page of that list.", ge=1, le=1_000_000)] = 1,
) -> Response:
    """What the graph says of someone who can speak, act or be acted upon."""
    return _respond(request, service, name, View(part, page) if part else None)


def _respond(request: Request, service: Service, name: str, view: View | None) -> Response:
    kind = str(request.scope["path"]).rsplit("/", 2)[1]
    own_name, suffix_format = negotiation.split_suffix(name, OFFERS)
    iri = f"{service.settings.base_iri}{kind}/{own_name}"
    if kind == "article" and service.curator and service.curator.was_removed(iri):
        raise HTTPException(HTTPStatus.GONE, f"{iri} was removed")
    if not _NAME.fullmatch(own_name) or not ask(service.querier, questions.exists(iri)):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"the graph says nothing of {iri}")
    format = suffix_format or choose_format(request)
    signposts = (*signs_of_formats(own_name, format), *signs_of_instance(kind, iri, format, root="../"))
    headers = describe_formats(own_name, format, signposts)
    if view is not None and format is HTML:
        headers["Content-Location"] += f"?part={view.part}&page={view.page}"
    if format is HTML:
        return resource_pages.show(request, service, kind, iri, view=view, signposts=signposts, headers=headers)
    return _construct(service, kind, iri, format, headers)


def choose_format(request: Request) -> Format:
    """The format that the Accept header likes best. Machines that accept anything get Turtle.

    Raises:
        NotAcceptableError: it likes none of ours.
    """
    format = negotiation.choose(negotiation.get_accept(request), (*GRAPHS, HTML))
    if format is None:
        raise NotAcceptableError(f"this comes as {negotiation.list_formats(OFFERS)}")
    return format


def describe_formats(name: str, format: Format, signposts: Iterable[Signpost]) -> dict[str, str]:
    """Headers that say which address has this very format, and where the others are (RFC 9110, RFC 8288)."""
    return {"Content-Location": quote(name, safe="") + format.suffix, "Vary": "Accept", "Link": to_header(signposts)}


def _construct(service: Service, kind: str, iri: str, format: Format, headers: dict[str, str]) -> Response:
    whole = kind in ("article", "graph")
    query = questions.construct_graph(iri) if whole else questions.construct_description(iri)
    answer = service.querier.query(query, results=None, graphs=format.media_type, union=True)
    return respond_with(answer, service=service, headers=headers)


for _kind in KINDS:
    _show = show_agent if _kind in AGENTS else show_resource
    router.add_api_route(f"/{_kind}/{{name}}", _show, methods=["GET"], name=f"show {_kind}")
