"""Every instance IRI answers, as a page for people, else as RDF, by Accept or suffix.

Cool URIs for the Semantic Web, W3C 2008.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import NotAcceptableError
from kg.web import negotiation, questions, resource_pages
from kg.web.body import respond_with
from kg.web.negotiation import GRAPHS, HTML, Format
from kg.web.querier import ask
from kg.web.service import Service, ServiceDep

router = APIRouter(tags=["linked data"])

KINDS = (
    "article", "state", "organization", "person", "group", "post",
    "statement", "event", "evidence", "activity", "software", "graph",
)  # fmt: skip
OFFERS = (HTML, *GRAPHS)
_NAME = re.compile(r"[\w.~-]{1,500}")


def show_resource(request: Request, service: ServiceDep, name: str) -> Response:
    """What the graph says of one thing."""
    kind = str(request.scope["path"]).rsplit("/", 2)[1]
    own_name, suffix_format = negotiation.split_suffix(name, OFFERS)
    iri = f"{service.settings.base_iri}{kind}/{own_name}"
    if kind == "article" and service.curator and service.curator.was_removed(iri):
        raise HTTPException(HTTPStatus.GONE, f"{iri} was removed")
    if not _NAME.fullmatch(own_name) or not ask(service.querier, questions.exists(iri)):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"the graph says nothing of {iri}")
    format = suffix_format or choose_format(request)
    headers = describe_formats(own_name, format)
    if format is HTML:
        return resource_pages.show(request, service, kind, iri, headers=headers)
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


def describe_formats(name: str, format: Format) -> dict[str, str]:
    """Headers that say which address has this very format, and where the others are (RFC 9110, RFC 8288)."""
    name = quote(name, safe="")
    others = [f'<{name}{other.suffix}>; rel="alternate"; type="{other.media_type}"' for other in OFFERS]
    return {"Content-Location": name + format.suffix, "Vary": "Accept", "Link": ", ".join(others)}


def _construct(service: Service, kind: str, iri: str, format: Format, headers: dict[str, str]) -> Response:
    whole = kind in ("article", "graph")
    query = questions.construct_graph(iri) if whole else questions.construct_description(iri)
    answer = service.querier.query(query, results=None, graphs=format.media_type, union=True)
    return respond_with(answer, service=service, headers=headers)


for _kind in KINDS:
    router.add_api_route(f"/{_kind}/{{name}}", show_resource, methods=["GET"], name=f"show {_kind}")
