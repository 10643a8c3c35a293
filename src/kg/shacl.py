"""graph -> Report: SHACL (https://www.w3.org/TR/shacl/) with pySHACL, arranged to be quick on many small graphs.

pySHACL as it comes takes about a second for the graph of one article, most of it to parse the SPARQL constraints again
for every focus node. `validate_articles` gives the same reports seventy times faster, each article alone in its graph:
the shapes are read once; both graphs are `IndexedGraph`s; pySHACL checks all but the SPARQL constraints; and each of
those, parsed once, is asked once of the whole graph, which finds what asking it for each focus node would find, since
our queries bind `$this` in their outermost pattern. `tests/test_shacl.py` holds the two ways together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from rdflib import BNode, Graph, Literal, Variable
from rdflib.exceptions import ParserError
from rdflib.namespace import RDF, RDFS, SH
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from kg.resources import resource
from kg.types import Report, Violation

Triple = tuple[Node, Node, Node]
Pattern = tuple[Node | None, Node | Path | None, Node | None]

# https://www.w3.org/TR/n-triples/#grammar-production-ECHAR
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})

# What pySHACL and rdflib were seen to raise where an offset is no number ("one", NaN, a blank node).
_BREAKS = (ReportableRuntimeError, ArithmeticError, RecursionError, TypeError)


class IndexedGraph(Graph):
    """A small graph that finds the triples of any pattern by one look into a dictionary."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Hold `triples`."""
        super().__init__(bind_namespaces="none")
        self._index: dict[Pattern, list[Triple]] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> IndexedGraph:
        """Add `triple` under each of the eight patterns that it matches."""
        if triple in self._index:
            return self
        s, p, o = triple
        for pattern in (
            (s, p, o), (s, p, None), (s, None, o), (None, p, o),
            (s, None, None), (None, p, None), (None, None, o), (None, None, None),
        ):  # fmt: skip
            self._index.setdefault(pattern, []).append(triple)
        return self

    def triples(self, pattern: Pattern) -> Iterator[tuple[Node, Node | Path, Node]]:  # type: ignore[override]
        """The triples that match `pattern`, where None matches all and the predicate may be a SPARQL path."""
        if isinstance(pattern[1], Path):
            return super().triples(pattern)
        return iter(self._index.get(pattern, ()))

    def __len__(self) -> int:
        """How many triples there are."""
        return len(self._index.get((None, None, None), ()))


@dataclass(frozen=True, slots=True)
class _Constraint:
    """One SPARQL constraint: the shape that has it, that shape's path if any, the query, what it tells a person."""

    shape: pyshacl.Shape
    path: Node | None
    query: Query
    message: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The shapes as they are (`source`), and ready to validate with: those for pySHACL, and the SPARQL constraints."""

    source: pyshacl.ShapesGraph
    validator: pyshacl.Validator
    core: tuple[pyshacl.Shape, ...]
    constraints: tuple[_Constraint, ...]


def shapes_graph() -> Graph:
    """The shapes as they ship.

    Each call reads them anew.
    """
    graph = Graph()
    for path in sorted(resource("shapes").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def validate_articles(graphs: Mapping[str, Graph]) -> dict[str, Report]:
    """The report of each article's graph, by the same keys."""
    return {key: _guard(_validate, graph) for key, graph in graphs.items()}


def validate_any(graph: Graph) -> Report:
    """The report of any graph, by pySHACL as it comes: slow, and what `validate_articles` is held to."""
    return _guard(_validate_plainly, graph)


def validate_triples(triples: bytes) -> Report:
    """The report of a graph of any origin, alone, given in N-Triples as the engine writes them.

    A graph that has none of the classes and properties by which shapes find their focus nodes has no focus node, so
    that there is nothing to check; most graphs that are not ours are of that kind.
    """
    if not _may_have_focus_node(triples):
        return Report()
    try:
        graph = Graph(bind_namespaces="none").parse(data=triples, format="nt")
    except ParserError as error:
        return _unchecked(error)
    return _guard(_validate, graph)


def _may_have_focus_node(triples: bytes) -> bool:
    """False where a shape cannot have a focus node, since the IRI that it would be found by occurs nowhere.

    https://www.w3.org/TR/shacl/#targets: an instance of a class has a type, perhaps by way of subclasses, and the last
    of these is the class itself.
    """
    pattern = _target_pattern()
    return pattern is None or pattern.search(triples) is not None


@functools.cache
def _target_pattern() -> re.Pattern[bytes] | None:
    """What finds the IRIs that targets name; None where a shape has a target of another sort, or is a class itself."""
    graph = _load_shapes().source.graph
    others = ((None, SH.targetNode, None), (None, SH.target, None), (None, RDF.type, RDFS.Class))
    if any(pattern in graph for pattern in others):
        return None
    kinds = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    targets = sorted({str(target) for kind in kinds for target in graph.objects(None, kind)})
    return re.compile(b"<(?:" + b"|".join(re.escape(target.encode()) for target in targets) + b")>")


def _guard(validate: Callable[[Graph], Report], graph: Graph) -> Report:
    """The report on `graph`, also where pySHACL or rdflib breaks off at a term that it cannot compare."""
    try:
        return validate(graph)
    except _BREAKS as error:
        ill_formed = tuple(_ill_formed(graph))
        return _report(ill_formed) if ill_formed else _unchecked(error)


def _unchecked(error: Exception) -> Report:
    message = f"The graph cannot be checked to its end: {error or type(error).__name__}."
    return Report((Violation("_:graph", None, None, _syntax(SH.ValidationReport), message),))


def _ill_formed(graph: Graph) -> Iterator[Violation]:
    for s, p, o in graph:
        if isinstance(o, Literal) and o.ill_typed:
            message = f"{str(o)!r} is not written as its datatype demands."
            yield Violation(_syntax(s), _syntax(p), _syntax(o), _syntax(SH.DatatypeConstraintComponent), message)


def _validate_plainly(graph: Graph) -> Report:
    source = _load_shapes().source
    _, results, text = pyshacl.validate(graph, shacl_graph=source.graph)
    if not isinstance(results, Graph):
        raise ReportableRuntimeError(text)
    nodes = results.objects(None, SH.result)
    return _report(_violation(list(results.predicate_objects(node)), source) for node in nodes)


def _validate(graph: Graph) -> Report:
    shapes = _load_shapes()
    data = IndexedGraph(graph)
    return _report((*_core_violations(shapes, data), *_sparql_violations(shapes, data)))


@functools.cache
def _load_shapes() -> _Shapes:
    graph = shapes_graph()
    core = IndexedGraph(triple for triple in graph if triple[1] != SH.sparql)
    validator = pyshacl.Validator(DataGraph.from_rdflib(Graph()), shacl_graph=core)
    shapes = {shape.node: shape for shape in validator.shacl_graph.shapes}
    # For each graph pySHACL goes through all that a shape says. It has read this by now.
    validator.shacl_graph.graph = IndexedGraph(t for t in core if t[1] not in (RDF.type, SH.path, SH.message))
    return _Shapes(
        pyshacl.ShapesGraph(graph),
        validator,
        # A shape with a SPARQL constraint has no other, so pySHACL has nothing to do with it.
        tuple(shape for node, shape in shapes.items() if (node, SH.sparql, None) not in graph),
        tuple(_constraint(shapes[node], query, graph) for node, query in graph.subject_objects(SH.sparql)),
    )


def _constraint(shape: pyshacl.Shape, constraint: Node, graph: Graph) -> _Constraint:
    """`constraint` of `shape`, both described in `graph`."""
    prefixes = {
        str(graph.value(n, SH.prefix)): str(graph.value(n, SH.namespace)) for n in graph.objects(None, SH.declare)
    }
    query = prepareQuery(str(graph.value(constraint, SH.select)), initNs=prefixes)
    return _Constraint(shape, graph.value(shape.node, SH.path), query, str(graph.value(constraint, SH.message)))


def _core_violations(shapes: _Shapes, data: Graph) -> Iterator[Violation]:
    executor = shapes.validator.make_executor()
    for shape in shapes.core:
        _, results = shape.validate(executor, data)
        for _, _, triples in results:
            # pySHACL gives most objects together with the graph they are from.
            pairs = [(p, o[1] if isinstance(o, tuple) else o) for _, p, o in triples]
            yield _violation(pairs, shapes.source)


def _sparql_violations(shapes: _Shapes, data: Graph) -> Iterator[Violation]:
    for constraint in shapes.constraints:
        rows = data.query(constraint.query).bindings
        targets: set[Node] = constraint.shape.focus_nodes(data) if rows else set()  # type: ignore[no-untyped-call]
        for row in rows:
            focus, value = row[Variable("this")], row[Variable("value")]
            if focus in targets:
                yield Violation(
                    focus=_syntax(focus),
                    path=_path(constraint.path, constraint.shape.node, shapes.source),
                    value=_syntax(value),
                    component=_syntax(SH.SPARQLConstraintComponent),
                    message=constraint.message,
                )


def _violation(result: list[tuple[Node, Node]], shapes: pyshacl.ShapesGraph) -> Violation:
    """A validation result, given as its predicates and objects, as a value."""
    values = dict(result)
    path, value = values.get(SH.resultPath), values.get(SH.value)
    return Violation(
        focus=_syntax(values[SH.focusNode]),
        path=_path(path, values[SH.sourceShape], shapes),
        value=None if value is None else _syntax(value),
        component=_syntax(values[SH.sourceConstraintComponent]),
        message=" ".join(sorted(str(o) for p, o in result if p == SH.resultMessage)),
    )


def _path(path: Node | None, shape: Node, shapes: pyshacl.ShapesGraph) -> str | None:
    """`path` in SPARQL syntax. Of a path that is no IRI a report has a copy, so its `shape` is asked."""
    if isinstance(path, BNode):
        path = shapes.graph.value(shape, SH.path)
    return None if path is None else str(shacl_path_to_sparql_path(shapes, path))


def _report(violations: Iterable[Violation]) -> Report:
    """`violations` without repetitions, in one order."""
    return Report(tuple(sorted(set(violations), key=repr)))


def _syntax(node: Node) -> str:
    """`node` in N-Triples syntax."""
    if not isinstance(node, Literal):
        return node.n3()
    text = str(node).translate(_ESCAPES)
    if node.language:
        return f'"{text}"@{node.language}'
    return f'"{text}"^^<{node.datatype}>' if node.datatype else f'"{text}"'
