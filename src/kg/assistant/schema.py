"""The tool `schema`: what the graph is written in, what it holds, and queries to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.assistant import arguments as given
from kg.assistant.concepts import Concept, Scheme, Term, load_concepts, load_terms
from kg.assistant.graph import Graph
from kg.assistant.source import Source
from kg.examples import load_examples
from kg.vocab import PREFIXES

_CLASSES = ("kg:Article", "kg:Statement", "kg:Event", "kg:Official", "kg:State", "kg:Organization", "kg:Person")
_CONCEPTS = {
    Scheme.CATEGORY: "kg:category of an Event: plover:VALUE",
    Scheme.QUAD_CLASS: "kg:quadClass of a category: plover:VALUE",
    Scheme.MODE: "kg:mode of an Event: plover:mode-VALUE",
    Scheme.CONTEXT: "kg:context of an Event: plover:context-VALUE",
    Scheme.FACTUALITY: "kg:factuality of an Event: factuality:VALUE",
    Scheme.STANCE: "kg:stance of a Statement: stance:VALUE",
    Scheme.KIND: "kg:kind of an Organization: kind:VALUE",
}
# These speak for themselves, and there are many.
_UNEXPLAINED = (Scheme.MODE, Scheme.CONTEXT)
_UNION = (
    "All graphs are seen as one default graph. What one article says also stands in a named graph with the article's"
    " IRI: GRAPH ?article { ... }."
)
_SPLIT = (
    "What an article says stands in a named graph, and the default graph is not their union: write"
    " GRAPH ?article { ... } around what you ask."
)
_READING = (
    'Names: rdfs:label (fullest) and skos:altLabel. States have kg:iso3 "USA"; kg:actorState and kg:recipientState '
    "give the state behind whoever acts. Superclasses are written out: kg:Official is also kg:Person and kg:Agent. The "
    "sentence of a fact: kg:evidence/oa:exact. Article: kg:article, with schema:headline, schema:url, "
    "schema:datePublished, schema:publisher, kg:text. Dates are xsd:date, xsd:gYearMonth or xsd:gYear: compare "
    "STR(?date). Statement kg:reports Event: somebody claims it; kg:enacts: saying it is the act; kg:disputes: it is "
    "denied, doubted or not confirmed. Concepts have skos:notation, the VALUE below."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSchema:
    """Nothing to choose."""

    __pydantic_config__ = given.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much of a class there is."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The concepts of one list, and how they stand in the graph."""

    scheme: str
    used: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleQuery:
    """A query and what it asks."""

    asks: str
    sparql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Prefixes, how to read the graph, its terms and values, what it holds, and examples.

    `published_from` and `published_until` are the first and the last day on which its articles came out.
    """

    prefixes: dict[str, str]
    graphs: str
    reading: str
    classes: tuple[str, ...]
    properties: tuple[str, ...]
    concepts: tuple[Values, ...]
    examples: tuple[ExampleQuery, ...]
    holds: tuple[Holdings, ...]
    published_from: str | None = None
    published_until: str | None = None


def schema(graph: Graph, asked: AskSchema) -> Schema:
    """What the graph is written in, and what it holds.

    Raises:
        KgError: the graph cannot be asked.
    """
    classes, properties = load_terms()
    first, last = _read_period(graph.source)
    return Schema(
        prefixes=PREFIXES,
        graphs=_UNION if graph.source.has_union else _SPLIT,
        reading=_READING,
        classes=tuple(map(_write_term, classes)),
        properties=tuple(map(_write_term, properties)),
        concepts=tuple(_write_scheme(scheme, used) for scheme, used in _CONCEPTS.items()),
        examples=tuple(ExampleQuery(asks=one.title, sparql=_without_head(one.text)) for one in load_examples()),
        holds=_count_classes(graph.source),
        published_from=first,
        published_until=last,
    )


def _write_term(term: Term) -> str:
    """`kg:iso3 (kg:State -> xsd:string): what it means`."""
    sides = f" ({term.of or 'any'} -> {term.gives or 'any'})" if term.of or term.gives else ""
    return f"{term.name}{sides}: {term.means}"


def _write_scheme(scheme: Scheme, used: str) -> Values:
    explained = scheme not in _UNEXPLAINED
    return Values(scheme=scheme, used=used, values=tuple(_write_concepts(load_concepts(scheme), explained=explained)))


def _write_concepts(concepts: Sequence[Concept], *, explained: bool) -> list[str]:
    values = [f"{one.value} ({', '.join(one.of)})" if one.of else one.value for one in concepts]
    return [f"{value}: {one.means}" for value, one in zip(values, concepts, strict=True)] if explained else values


def _without_head(text: str) -> str:
    """A query without its comment, which says what it asks, and its prefixes, which are declared."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.startswith(("#", "PREFIX")))


def _count_classes(source: Source) -> tuple[Holdings, ...]:
    pattern = source.within(f"VALUES ?class {{ {' '.join(_CLASSES)} }} ?thing a ?class")
    rows = source.select(f"SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {pattern} }} GROUP BY ?class")
    counts = {row["class"].removeprefix(PREFIXES["kg"]): int(row["n"]) for row in rows if "class" in row}
    names = (name.removeprefix("kg:") for name in _CLASSES)
    return tuple(Holdings(name=name, count=counts.get(name, 0)) for name in names)


def _read_period(source: Source) -> tuple[str | None, str | None]:
    pattern = source.within("?article a kg:Article ; schema:datePublished ?published")
    (row,) = source.select(
        f"SELECT (MIN(STR(?published)) AS ?first) (MAX(STR(?published)) AS ?last) WHERE {{ {pattern} }}"
    ) or [{}]
    return row.get("first"), row.get("last")
