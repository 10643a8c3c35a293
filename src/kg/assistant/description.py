"""The tool `describe`: all that the graph says of one thing, and what points to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant.bounds import MAX_EACH, shorten
from kg.assistant.graph import Graph
from kg.assistant.said import Said, is_iri, name_of, read_names, read_said
from kg.assistant.source import Source
from kg.errors import ArgumentError
from kg.sparql_text import to_iri
from kg.vocab import PREFIXES

_MOST_POINTING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """Of what."""

    __pydantic_config__ = given.STRICT

    iri: Annotated[given.Iri, Field(description="Any IRI of the graph.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An IRI with its name, or a text, cut where it is long."""

    value: str
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property, by its prefixed name, and the first of its `count` values."""

    property: str
    count: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of it (`properties`), and what says something of it (`pointed_to_by`, the values are those)."""

    iri: str
    label: str | None = None
    hint: str | None = None
    properties: tuple[Property, ...] = ()
    pointed_to_by: tuple[Property, ...] = ()


def describe(graph: Graph, asked: Describe) -> Description:
    """What the graph says of `asked.iri`; the text of an article is left out.

    Raises:
        KgError: it is no IRI, or the graph cannot be asked.
    """
    iri = asked.iri.removeprefix("<").removesuffix(">")
    if not is_iri(iri):
        raise ArgumentError(f"iri: {shorten(iri, 100)!r} is no IRI; other tools give those of facts")
    source, said = graph.source, Said()
    read_said(source, said, [iri])
    counts, pointing = _read_pointing(source, iri)
    if not said.knows(iri) and not counts:
        return Description(iri=iri, hint="the graph says nothing of this IRI; take one that another tool gave")
    values = {name: said.values(iri, name) for name in said.properties(iri)}
    shown = [value for found in (*values.values(), *pointing.values()) for value in found[:MAX_EACH]]
    names = Said()
    read_names(source, names, [iri, *shown])
    return Description(
        iri=iri,
        label=shorten(name_of(names, iri)),
        properties=tuple(_to_property(names, name, found, len(found)) for name, found in values.items()),
        pointed_to_by=tuple(_to_property(names, name, pointing.get(name, ()), n) for name, n in counts.items()),
    )


def _read_pointing(source: Source, iri: str) -> tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]:
    """How many things have `iri` as each property, and some of them."""
    pattern = source.within(f"?s ?p {to_iri(iri)}")
    rows = source.select(f"SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {pattern} }} GROUP BY ?p ORDER BY ?p")
    counts = {row["p"]: int(row["n"]) for row in rows[:MAX_EACH] if "p" in row}
    some: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        one = source.within(f"?s {to_iri(name)} {to_iri(iri)}")
        found = source.select(f"SELECT DISTINCT ?s WHERE {{ {one} }} LIMIT {_MOST_POINTING}")
        some[name] = [row["s"] for row in found]
    return counts, {name: tuple(found) for name, found in some.items()}


def _to_property(names: Said, name: str, values: tuple[str, ...], count: int) -> Property:
    shown = (
        Value(value=shorten(value), label=shorten(name_of(names, value)) if names.knows(value) else None)
        for value in values[:MAX_EACH]
    )
    return Property(property=to_prefixed(name), count=count, values=tuple(shown))


def to_prefixed(iri: str) -> str:
    """`iri` with one of our prefixes where there is one for it."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
