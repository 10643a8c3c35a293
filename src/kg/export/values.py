"""The closed lists that cells take their values from: the concept schemes of the ontology, as tables write them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.export.named_graph import NamedGraph
from kg.export.scheme import context_name, load_scheme, local_name, mode_name, quad_code
from kg.reference import load_sectors
from kg.vocab import PREFIXES

_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_DEFINITION = PREFIXES["skos"] + "definition"
# Scheme, as `data/columns.csv` names it -> the file that has it, its IRI, and how a concept's IRI becomes a value.
_SCHEMES = {
    "categories": ("plover.ttl", "https://w3id.org/geokg/plover#categories", local_name),
    "modes": ("plover.ttl", "https://w3id.org/geokg/plover#modes", mode_name),
    "contexts": ("plover.ttl", "https://w3id.org/geokg/plover#contexts", context_name),
    "quad-classes": (
        "plover.ttl",
        "https://w3id.org/geokg/plover#quad-classes",
        lambda iri: quad_code(local_name(iri)),
    ),
    "factuality": ("factuality.ttl", "https://w3id.org/geokg/factuality", local_name),
    "stance": ("stance.ttl", "https://w3id.org/geokg/stance", local_name),
}
SCHEMES = (*_SCHEMES, "sectors")


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a cell may have, and what it means."""

    name: str
    meaning: str


@functools.cache
def load_values(scheme: str) -> tuple[Value, ...]:
    """The values of one of `SCHEMES`, by name; categories, modes and classes say their scores."""
    if scheme == "sectors":
        meanings = {sector.code: sector.meaning for sector in load_sectors().values()}
        return tuple(Value(code, _sentence(meaning)) for code, meaning in sorted(meanings.items()))
    file, iri, name = _SCHEMES[scheme]
    graph = NamedGraph.shipped(file)
    concepts = sorted(concept for concept, found in graph.links(_IN_SCHEME) if found == iri)
    return tuple(
        Value(name(concept), f"{graph.one_of(concept, _DEFINITION) or ''}{_scores(scheme, name(concept))}")
        for concept in concepts
    )


def _scores(scheme: str, name: str) -> str:
    known = load_scheme()
    if scheme == "categories":
        return f" {quad_code(known.quad_classes[name])}, score {known.scores[name]:g}."
    if scheme == "modes":
        pairs = sorted((category, score) for (category, mode), score in known.mode_scores.items() if mode == name)
        return f" Of {', '.join(f'{category} (score {score:g})' for category, score in pairs)}."
    return ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
