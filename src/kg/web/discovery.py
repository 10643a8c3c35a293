"""`/.well-known/void` and `/examples`: what there is, and what can be asked, for machines and people."""

from __future__ import annotations

import functools

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from kg import iris
from kg.triples import examples_graph
from kg.web import negotiation
from kg.web.dataset_description import DESCRIPTION, RIGHTS, TITLE, describe_dataset
from kg.web.derived import AGEING
from kg.web.examples import load_examples
from kg.web.negotiation import GRAPHS, HTML, Format
from kg.web.origin import root_of
from kg.web.rdf import serialize
from kg.web.resources import choose_format, describe_formats
from kg.web.service import Service, ServiceDep
from kg.web.signposts import OFFERS, signs_of_document, signs_of_formats

router = APIRouter(tags=["discovery"])

VOID_PATH = "/.well-known/void"
EXAMPLES_PATH = f"/{iris.EXAMPLES}"


def show_description(request: Request, service: ServiceDep) -> Response:
    """How much there is, of what, and where to get it."""
    format = _read_format(request)
    signposts = signs_of_formats("void", format)
    headers = {**describe_formats("void", format, signposts), **AGEING}
    root = root_of(request, service.settings.base_iri)
    if format is HTML:
        context = {
            "title": TITLE,
            "description": DESCRIPTION,
            "rights": RIGHTS,
            "root": root,
            "statistics": service.statistics.peek(),
            "name": "void",
            "formats": GRAPHS,
            "signposts": signposts,
        }
        return service.render(request, "description.html", context, headers=headers)
    return Response(_write_description(service, root, format), headers=headers, media_type=format.media_type)


def _write_description(service: Service, root: str, format: Format) -> bytes:
    statistics = service.statistics.peek()

    def write() -> bytes:
        return serialize(describe_dataset(root, service.settings.base_iri, statistics), format)

    return service.documents.get(("void", root, format), statistics, write)


def show_examples(request: Request, service: ServiceDep) -> Response:
    """Example queries, each with what it asks in words."""
    format = _read_format(request)
    base_iri = service.settings.base_iri
    signposts = (*signs_of_formats(iris.EXAMPLES, format), *signs_of_document(base_iri + iris.EXAMPLES))
    headers = describe_formats(iris.EXAMPLES, format, signposts)
    if format is HTML:
        context = {"examples": load_examples(), "name": iris.EXAMPLES, "formats": GRAPHS, "signposts": signposts}
        return service.render(request, "examples.html", context, headers=headers)
    return Response(_write_examples(base_iri, format), headers=headers, media_type=format.media_type)


@functools.lru_cache(maxsize=16)
def _write_examples(base_iri: str, format: Format) -> bytes:
    return serialize(examples_graph(base_iri), format)


def _read_format(request: Request) -> Format:
    """The format that the suffix of the address names, or else the one that the client likes best."""
    _, by_suffix = negotiation.split_suffix(str(request.scope["path"]), OFFERS)
    return by_suffix or choose_format(request)


for _path, _show in ((VOID_PATH, show_description), (EXAMPLES_PATH, show_examples)):
    for _address in (_path, *(f"{_path}{_offer.suffix}" for _offer in OFFERS)):
        router.add_api_route(_address, _show, methods=["GET"], name=f"show {_address}")
