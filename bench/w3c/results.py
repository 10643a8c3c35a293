"""Documents -> answers to queries: booleans, solutions, graphs.

Formats: SPARQL 1.1 query results in XML, JSON, CSV and TSV; RDF graphs; and result sets that are themselves graphs, in
the vocabulary http://www.w3.org/2001/sw/DataAccess/tests/result-set. Numbers, booleans and the zone of a date come
written in one way, by what they say: an engine may write 1.0 as 1, but not a decimal as a double. "x" and
"x"^^xsd:string are one string, and the case of a language tag does not matter.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {"integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger"}
_WHOLE |= {"long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")

RESULTS = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/n3": ox.RdfFormat.N3,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
CSV = "text/csv"
SUFFIXES = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "tsv": "text/tab-separated-values",
    "csv": CSV,
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "n3": "text/n3",
    "rdf": "application/rdf+xml",
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Term]]


@dataclass(frozen=True, slots=True)
class Solutions:
    """Solutions of a SELECT query; a row has the variables that are bound. `ordered` where their order is an answer."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    ordered: bool = False


Answer = bool | Solutions | ox.Dataset


def read_answer(data: bytes, media_type: str, base: str | None = None) -> Answer:
    """What a document says.

    Raises:
        ValueError: it is of no known type, or not well-formed.
    """
    if media_type == CSV:
        return _read_csv(data.decode("utf-8"))
    if media_type in RESULTS:
        return _read_results(data, RESULTS[media_type])
    if media_type in GRAPHS:
        return _read_graph(data, GRAPHS[media_type], base)
    raise ValueError(f"{media_type or 'no media type'} is no format of an answer")


def _read_results(data: bytes, kind: ox.QueryResultsFormat) -> Answer:
    # A SyntaxError is no ValueError in Python, and it is one of the document here.
    try:
        results = ox.parse_query_results(data, kind)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        names = [variable.value for variable in results.variables]
        return Solutions(frozenset(names), tuple(_row(names, solution) for solution in results))
    except SyntaxError as error:
        raise ValueError(f"not well-formed: {error}") from error


def _row(names: list[str], solution: Iterable[object]) -> Row:
    return frozenset((name, _plain(term)) for name, term in zip(names, solution, strict=True) if term is not None)


def _plain(term: object) -> Term:
    """The term, written in the one way that stands for all ways to write it."""
    if not isinstance(term, ox.Literal):
        assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Triple)
        return term
    if term.language is not None:
        return ox.Literal(term.value, language=term.language.lower())
    return ox.Literal(_written(term.value, term.datatype.value.removeprefix(_XSD)), datatype=term.datatype)


def _written(value: str, datatype: str) -> str:
    try:
        if datatype in _WHOLE:
            return str(int(value))
        if datatype == "decimal":
            return format(Decimal(value).normalize(), "f")
        if datatype in ("double", "float"):
            return repr(float(value))
    except (ValueError, ArithmeticError):
        return value
    if datatype == "boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    return re.sub(r"[+-]00:00$", "Z", value) if datatype in ("date", "dateTime", "time") else value


def _read_csv(text: str) -> Solutions:
    """CSV says of a term no more than its text, so literals stand for all but blank nodes, and numbers look it."""
    head, *rows = csv.reader(io.StringIO(text))
    return Solutions(
        frozenset(head),
        tuple(
            frozenset((name, _cell(cell)) for name, cell in zip(head, row, strict=True) if cell)
            for row in rows
            if row or not head
        ),
    )


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text.removeprefix("_:"))
    return ox.Literal(_written(text, "decimal") if _NUMBER.fullmatch(text) else text)


def _read_graph(data: bytes, kind: ox.RdfFormat, base: str | None) -> Answer:
    try:
        quads = [
            ox.Quad(quad.subject, quad.predicate, _plain(quad.object))
            for quad in ox.parse(data, kind, base_iri=base, without_named_graphs=True)
        ]
    except SyntaxError as error:
        raise ValueError(f"not well-formed: {error}") from error
    graph = ox.Dataset(quads)
    sets = [quad.subject for quad in graph.quads_for_object(ox.NamedNode(_RS + "ResultSet"))]
    return _read_result_set(graph, sets[0]) if sets else graph


def _read_result_set(graph: ox.Dataset, node: Term) -> Answer:
    for boolean in _texts(graph, node, "boolean"):
        return boolean == "true"
    solutions = list(_objects(graph, node, "solution"))
    places = [int(index) for solution in solutions for index in _texts(graph, solution, "index")]
    ordered = bool(places)
    if ordered:
        solutions = [solution for _, solution in sorted(zip(places, solutions, strict=True), key=lambda pair: pair[0])]
    return Solutions(
        frozenset(_texts(graph, node, "resultVariable")),
        tuple(_bindings(graph, solution) for solution in solutions),
        ordered,
    )


def _bindings(graph: ox.Dataset, solution: Term) -> Row:
    return frozenset(
        (next(_texts(graph, binding, "variable")), next(_objects(graph, binding, "value")))
        for binding in _objects(graph, solution, "binding")
    )


def _objects(graph: ox.Dataset, subject: Term, name: str) -> Iterator[Term]:
    if isinstance(subject, ox.NamedNode | ox.BlankNode):
        yield from (quad.object for quad in graph.quads_for_subject(subject) if quad.predicate.value == _RS + name)


def _texts(graph: ox.Dataset, subject: Term, name: str) -> Iterator[str]:
    return (term.value for term in _objects(graph, subject, name) if isinstance(term, ox.Literal))
