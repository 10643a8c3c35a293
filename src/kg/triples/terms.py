"""Values -> RDF terms and triples, in one lexical form each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from kg.vocab import KG

Triple = tuple[Node, Node, Node]

_DATE_TYPES = {len("2018"): XSD.gYear, len("2023-11"): XSD.gYearMonth, len("2024-01-04"): XSD.date}


def types(node: URIRef, *classes: URIRef) -> Iterator[Triple]:
    """`node` is of each of `classes`."""
    return ((node, RDF.type, class_) for class_ in classes)


def literals(node: URIRef, predicate: URIRef, *values: str | None) -> Iterator[Triple]:
    """One string for each of `values` that is there."""
    return ((node, predicate, Literal(value)) for value in values if value)


def date(node: URIRef, predicate: URIRef, value: str | None) -> Iterator[Triple]:
    """An ISO date, if any, typed by its precision, which its length tells."""
    if value:
        yield node, predicate, Literal(value, datatype=_DATE_TYPES[len(value)])


def confidence(node: URIRef, value: float | None) -> Iterator[Triple]:
    """A confidence, if any, to three decimals."""
    if value is not None:
        yield node, KG.confidence, decimal(round(value, 3))


def decimal(number: float) -> Literal:
    """An xsd:decimal in the canonical form of XSD 1.0, which Turtle's short form keeps too: `1.0`, `-0.35`."""
    return Literal(f"{Decimal(repr(float(number))):f}", datatype=XSD.decimal)
