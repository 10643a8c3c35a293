"""The query editor of `/sparql`: whether it is there, and what it knows of our terms.

The editor is YASGUI, fetched when the package is built (`hatch_build.py`); `static/editor/` is what we put around it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from fastapi import APIRouter
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, SH, SKOS

from kg.vocab import PREFIXES
from kg.web.pages import VOCABULARIES, VOCABULARY_BASE
from kg.web.service import ServiceDep
from kg.web.vocabularies import Entry, list_entries, load_vocabulary

router = APIRouter(tags=["sparql"])

_BUNDLE = Path(__file__).with_name("static") / "yasgui"
_BESIDES = (RDF.type, OWL.sameAs, SKOS.prefLabel, SKOS.broader)  # in the graphs that no shape is for


@functools.cache
def has_editor() -> bool:
    """Whether the package was built with the editor."""
    return all((_BUNDLE / name).is_file() for name in ("yasgui.min.js", "yasgui.min.css"))


@router.get("/editor.json")
def show_terms(service: ServiceDep) -> dict[str, object]:
    """What the editor completes and shortens: prefixes, and the terms of the graph with what each means."""
    return {
        "base": service.settings.base_iri,
        "vocabularies": {VOCABULARY_BASE + name: name for name in VOCABULARIES},
        "prefixes": PREFIXES,
        **list_terms(),
    }


@functools.cache
def list_terms() -> Mapping[str, Mapping[str, str]]:
    """Classes, properties and concepts by IRI, each with its definition, or with nothing where it is not ours."""
    ours = list_entries("ontology")
    concepts = (entry for name in ("plover", "stance", "factuality", "kind") for entry in list_entries(name))
    return {
        "classes": _define((e for e in ours if str(OWL.Class) in _types(e)), _find_used(SH.targetClass, SH["class"])),
        "properties": _define((e for e in ours if str(OWL.Class) not in _types(e)), {*_find_used(SH.path), *_BESIDES}),
        "concepts": _define((e for e in concepts if str(SKOS.Concept) in _types(e)), ()),
    }


def _types(entry: Entry) -> set[str]:
    return {ref.iri for ref in entry.types}


def _find_used(*predicates: URIRef) -> set[URIRef]:
    """The terms that the shapes speak of."""
    shapes = load_vocabulary("shapes")
    return {term for predicate in predicates for term in shapes.objects(None, predicate) if isinstance(term, URIRef)}


def _define(entries: Iterable[Entry], others: Iterable[URIRef]) -> Mapping[str, str]:
    return {str(term): "" for term in sorted(others)} | {entry.iri: entry.definition or "" for entry in entries}
