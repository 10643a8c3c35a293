"""What the PLOVER scheme says of an event beyond its category and mode: quad class and score."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.export import terms
from kg.export.named_graph import NamedGraph


@dataclass(frozen=True, slots=True)
class Scheme:
    """Quad classes and scores by category, and scores by category and mode."""

    quad_classes: dict[str, str]
    scores: dict[str, float]
    mode_scores: dict[tuple[str, str], float]

    def score(self, category: str, mode: str | None) -> float:
        """The score of the mode in its category, else that of the category."""
        return self.mode_scores.get((category, mode or ""), self.scores[category])


@functools.cache
def load_scheme() -> Scheme:
    """The scheme that ships with the ontology."""
    graph = NamedGraph.shipped("plover.ttl")
    classes = {local_name(category): local_name(quad) for category, quad in graph.links(terms.kg.quadClass)}
    scores = dict(graph.links(terms.kg.score))
    modes = {
        (
            local_name(graph.one_of(node, terms.kg.category) or ""),
            mode_name(graph.one_of(node, terms.kg.mode) or ""),
        ): node
        for node in graph.instances_of(terms.kg.ModeScore)
    }
    return Scheme(
        quad_classes=classes,
        scores={local_name(iri): float(score) for iri, score in scores.items() if local_name(iri) in classes},
        mode_scores={pair: float(scores[node]) for pair, node in modes.items()},
    )


def local_name(iri: str) -> str:
    """What stands after the namespace of a concept."""
    return iri.rpartition("#")[2]


def mode_name(iri: str) -> str:
    """The name of a mode, as in `phone`."""
    return local_name(iri).removeprefix("mode-")


def context_name(iri: str) -> str:
    """The name of a context, as in `military`."""
    return local_name(iri).removeprefix("context-")


def quad_code(quad_class: str) -> str:
    """A quad class as event tables write it, as in `VERBAL CONFLICT`."""
    return quad_class.replace("-", " ").upper()
