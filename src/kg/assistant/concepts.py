"""The closed values that filters take: categories, modes and so on, as the shipped concept schemes have them."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.triples import vocabulary_graph
from kg.vocab import FACTUALITY, KG, KIND, PLOVER, STANCE


class Scheme(StrEnum):
    """A list of concepts of the ontology."""

    CATEGORY = "category"
    QUAD_CLASS = "quad_class"
    MODE = "mode"
    CONTEXT = "context"
    FACTUALITY = "factuality"
    STANCE = "stance"
    KIND = "kind"


_IRIS = {
    Scheme.CATEGORY: PLOVER["categories"],
    Scheme.QUAD_CLASS: PLOVER["quad-classes"],
    Scheme.MODE: PLOVER["modes"],
    Scheme.CONTEXT: PLOVER["contexts"],
    Scheme.FACTUALITY: URIRef(FACTUALITY.removesuffix("#")),
    Scheme.STANCE: URIRef(STANCE.removesuffix("#")),
    Scheme.KIND: URIRef(KIND.removesuffix("#")),
}


@dataclass(frozen=True, slots=True)
class Concept:
    """One value: `of` are the categories of a mode, or the quad class of a category."""

    value: str
    iri: str
    means: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology, in short."""

    name: str
    means: str
    of: str | None = None
    gives: str | None = None


@functools.cache
def load_concepts(scheme: Scheme) -> tuple[Concept, ...]:
    """The concepts of a scheme, in alphabetical order."""
    graph = _vocabulary()
    nodes = graph.subjects(SKOS.inScheme, _IRIS[scheme])
    concepts = (
        Concept(
            str(graph.value(node, SKOS.notation)),
            str(node),
            str(graph.value(node, SKOS.definition)),
            _notations(graph.objects(node, SKOS.broader)) or _notations(graph.objects(node, KG.quadClass)),
        )
        for node in nodes
    )
    return tuple(sorted(concepts, key=lambda concept: concept.value))


def iri_of(scheme: Scheme, value: str) -> str:
    """The IRI of the concept that a filter calls `value`."""
    return next(concept.iri for concept in load_concepts(scheme) if concept.value == value)


def notation_of(iri: str | None) -> str | None:
    """What filters call the concept `iri`; its last part where it is none of ours."""
    if iri is None:
        return None
    return _by_iri().get(iri) or iri.rpartition("#")[2] or iri


def categories_of(quad_class: str) -> tuple[str, ...]:
    """The IRIs of the categories in a quad class."""
    return tuple(concept.iri for concept in load_concepts(Scheme.CATEGORY) if quad_class in concept.of)


def quad_class_of(category: str | None) -> str | None:
    """The quad class of a category, by what filters call both."""
    of = next((concept.of for concept in load_concepts(Scheme.CATEGORY) if concept.value == category), ())
    return of[0] if of else None


@functools.cache
def load_terms() -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The classes and the properties of the ontology, by name."""
    graph = _vocabulary()
    ours = sorted(term for term in set(graph.subjects(RDFS.label)) if str(term).startswith(str(KG._NS)))
    terms = [
        Term(
            f"kg:{str(node).rpartition('#')[2]}",
            str(graph.value(node, SKOS.definition)),
            _short(graph.value(node, RDFS.domain)),
            _short(graph.value(node, RDFS.range)),
        )
        for node in ours
    ]
    is_class = [str(graph.value(node, RDF.type)).endswith("#Class") for node in ours]
    classes = tuple(term for term, yes in zip(terms, is_class, strict=True) if yes)
    return classes, tuple(term for term, yes in zip(terms, is_class, strict=True) if not yes)


class OneOf:
    """Marks a text as the value of a concept of `scheme`, in its schema and when it is checked."""

    def __init__(self, scheme: Scheme) -> None:
        """Marks values of `scheme`."""
        self._scheme = scheme

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Only the notations of the scheme are taken."""
        return core_schema.literal_schema([concept.value for concept in load_concepts(self._scheme)])

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """They are an enumeration."""
        return handler(schema)


@functools.cache
def _vocabulary() -> Any:
    return vocabulary_graph()


@functools.cache
def _by_iri() -> dict[str, str]:
    return {concept.iri: concept.value for scheme in Scheme for concept in load_concepts(scheme)}


def _notations(nodes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(str(_vocabulary().value(node, SKOS.notation)) for node in nodes))


def _short(node: Any) -> str | None:
    return str(_vocabulary().namespace_manager.curie(node, generate=False)) if node is not None else None
