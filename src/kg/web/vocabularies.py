"""The vocabularies at their addresses: what the terms in the graph mean, as a page or as RDF."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS
from rdflib.term import Node
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.resources import resource
from kg.web import negotiation
from kg.web.description import Ref, name_of
from kg.web.negotiation import GRAPHS, HTML, Format
from kg.web.pages import VOCABULARIES, VOCABULARY_BASE
from kg.web.rdf import serialize
from kg.web.resources import choose_format, describe_formats
from kg.web.service import ServiceDep
from kg.web.signposts import OFFERS, signs_of_document, signs_of_formats

router = APIRouter(tags=["vocabularies"])

_DEFINITIONS = (SKOS.definition, RDFS.comment, SKOS.scopeNote, SH.message, SH.description)
_LABELS = (SKOS.prefLabel, RDFS.label, SH.name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of a vocabulary: `types` and the values of `relations` are IRIs with their names."""

    iri: str
    name: str
    label: str
    definition: str | None
    types: tuple[Ref, ...]
    relations: tuple[tuple[str, tuple[Ref, ...]], ...]


def show_vocabulary(request: Request, service: ServiceDep) -> Response:
    """A whole vocabulary."""
    name, suffix_format = negotiation.split_suffix(str(request.scope["path"]).rsplit("/", 1)[1], OFFERS)
    graph = load_vocabulary(name)
    if not len(graph):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"the vocabulary {name} is not installed")
    format = suffix_format or choose_format(request)
    signposts = (*signs_of_formats(name, format), *signs_of_document(VOCABULARY_BASE + name))
    headers = describe_formats(name, format, signposts)
    if format is HTML:
        context = {"name": name, "title": _find_title(graph, name), "entries": list_entries(name), "formats": GRAPHS}
        context["signposts"] = signposts
        return service.render(request, "vocabulary.html", context, headers=headers)
    return Response(serialize_vocabulary(name, format), headers=headers, media_type=format.media_type)


@router.get("/context.jsonld", response_class=FileResponse)
def show_context() -> FileResponse:
    """The JSON-LD context."""
    path = resource("ontology", "context.jsonld")
    if not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND, "the JSON-LD context is not installed")
    return FileResponse(path, media_type="application/ld+json")


@functools.cache
def load_vocabulary(name: str) -> Graph:
    """The triples of a vocabulary, none where its file is missing. Not to be altered."""
    graph = Graph()
    file = resource("ontology", f"{name}.ttl")
    for path in sorted(resource("shapes").glob("*.ttl")) if name == "shapes" else [file][: file.is_file()]:
        graph.parse(path, format="turtle")
    return graph


@functools.cache
def serialize_vocabulary(name: str, format: Format) -> bytes:
    """A vocabulary in one format."""
    return serialize(load_vocabulary(name), format)


@functools.cache
def list_entries(name: str) -> tuple[Entry, ...]:
    """The terms a vocabulary defines under its own namespace, classes first, each kind by name."""
    graph = load_vocabulary(name)
    namespace = f"{VOCABULARY_BASE}{name}#"
    terms = {term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(namespace)}
    entries = (_read_entry(graph, term, namespace) for term in terms)
    return tuple(sorted(entries, key=lambda entry: (entry.types[0].label if entry.types else "", entry.name)))


def _read_entry(graph: Graph, term: URIRef, namespace: str) -> Entry:
    values: dict[str, list[Ref]] = {}
    for predicate, value in sorted((str(p), str(v)) for p, v in graph.predicate_objects(term) if isinstance(v, URIRef)):
        if predicate != str(RDF.type):
            values.setdefault(predicate, []).append(Ref(value, _shorten(graph, value)))
    return Entry(
        iri=str(term),
        name=term.removeprefix(namespace),
        label=_first_literal(graph, term, _LABELS) or name_of(term),
        definition=_first_literal(graph, term, _DEFINITIONS),
        types=tuple(Ref(t, name_of(t)) for t in sorted(map(str, graph.objects(term, RDF.type)))),
        relations=tuple((predicate, tuple(refs)) for predicate, refs in values.items()),
    )


def _shorten(graph: Graph, iri: str) -> str:
    """The prefixed name of `iri`, or else its last part."""
    try:
        return graph.namespace_manager.curie(iri, generate=False)
    except (KeyError, ValueError):
        return name_of(iri)


def _find_title(graph: Graph, name: str) -> str:
    title = graph.value(URIRef(VOCABULARY_BASE + name), DCTERMS.title)
    return str(title) if title else name.capitalize()


def _first_literal(graph: Graph, term: Node, predicates: tuple[URIRef, ...]) -> str | None:
    """The first literal any of `predicates` gives, in English where there is a choice."""
    for predicate in predicates:
        found = [value for value in graph.objects(term, predicate) if isinstance(value, Literal)]
        if found:
            return str(min(found, key=lambda value: (value.language not in (None, "en"), str(value))))
    return None


for _name in VOCABULARIES:
    for _path in (f"/{_name}", *(f"/{_name}{_offer.suffix}" for _offer in OFFERS)):
        router.add_api_route(_path, show_vocabulary, methods=["GET"], name=f"show {_path}")
