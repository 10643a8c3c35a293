"""The arguments of a list -> patterns that its facts must match, and what the arguments were taken for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.assistant.articles import find_article
from kg.assistant.concepts import Scheme, iri_of
from kg.assistant.graph import Graph
from kg.assistant.parties import find_party
from kg.assistant.parts import Understood
from kg.assistant.patterns import has

Pattern = Callable[[Iterable[str]], str]


@dataclass(frozen=True, slots=True)
class Filters:
    """Patterns about ?fact. Where there are `hints`, nothing can match, and they say why."""

    patterns: tuple[str, ...]
    understood: tuple[Understood, ...] | None
    hints: tuple[str, ...]


def find_filters(
    graph: Graph, asked: object, parties: Mapping[str, Pattern], concepts: Mapping[str, tuple[Scheme, str]]
) -> Filters:
    """The filters among the arguments `asked`: who takes part, which concepts, and `article`.

    `parties` has the pattern for each argument that names somebody, `concepts` the scheme and the property for each
    that names a concept.

    Raises:
        KgError: the graph cannot be asked.
    """
    patterns, understood, hints = [], [], []
    for argument, pattern in parties.items():
        if given := getattr(asked, argument):
            party = find_party(graph, argument, given)
            patterns.append(pattern(party.iris))
            if party.hint is not None:
                hints.append(party.hint)
            elif party.iris != (given,):  # an IRI is taken for itself
                understood.append(party.understood)
    for argument, (scheme, property_) in concepts.items():
        if value := getattr(asked, argument):
            patterns.append(has(property_, [iri_of(scheme, value)]))
    if given := getattr(asked, "article", None):
        article = find_article(graph.source, given)
        patterns.append(has("kg:article", [article or ""]))
        if article is None:
            hints.append("article: no article has this IRI or address; list_events gives those of articles")
    return Filters(tuple(patterns), tuple(understood) or None, tuple(hints))
