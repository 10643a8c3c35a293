from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from damage import DAMAGES, damage
from invented import ACTIVITY, BASE, invent
from kg.pipeline import Pipeline
from kg.resources import resource
from kg.settings import Settings
from kg.shacl import IndexedGraph, shapes_graph, validate_any, validate_articles, validate_triples
from kg.triples import reference_graph, to_graph, vocabulary_graph
from kg.types import Document, Format, Report
from kg.vocab import KG, OA, SCHEMA, SHAPE

# rdflib warns of ill-formed literals, which these tests are about.
pytestmark = pytest.mark.filterwarnings("ignore:.*weird:UserWarning")

FOLDER = Path(__file__).parent / "shapes"
SHAPES = shapes_graph()
TARGETS = (SH.targetClass, SH.targetSubjectsOf)
TARGETED = sorted({shape for target in TARGETS for shape in SHAPES.subjects(target)})
PARAMETERS = {str(parameter).split("#")[1]: component for parameter, component in CONSTRAINT_PARAMETERS_MAP.items()}
CONSTRAINTS = sorted(
    {f"{local}.{name}" for local in (shape.split("#")[1] for shape in TARGETED) for name in PARAMETERS
     if (SHAPE[local], SH[name], None) in SHAPES}
)  # fmt: skip
# Constraints that cannot be violated alone, and the one that is violated with them.
COMPANIONS = dict.fromkeys(
    ("Evidence-start.maxCount", "Evidence-end.maxCount", "Evidence-exact.datatype"), "Evidence-words"
)


@pytest.fixture(autouse=True, scope="module")
def parse_each_query_once() -> Iterator[None]:
    """Plain pySHACL has rdflib parse a constraint again for every focus node, which is most of its time."""
    validate_articles({"": Graph()})
    with pytest.MonkeyPatch.context() as patch:
        prepare = functools.cache(lambda text: translateQuery(parseQuery(text)))
        patch.setattr(processor, "parseQuery", str)
        patch.setattr(processor, "translateQuery", lambda text, base, prefixes: prepare(text))
        yield


def fixture(name: str) -> Graph:
    return Graph().parse(FOLDER / f"{name}.ttl")


def validate(graph: Graph) -> Report:
    return validate_articles({"article": graph})["article"]


def message(shape: str) -> str:
    """What a violation of `shape` tells: its message, or that of its SPARQL constraint."""
    node = SHAPE[shape]
    return str(SHAPES.value(node, SH.message) or SHAPES.value(SHAPES.value(node, SH.sparql), SH.message))


def test_shapes_conform_to_the_shapes_of_shapes() -> None:
    assert pyshacl.validate(Graph(), shacl_graph=shapes_graph(), meta_shacl=True)[0]


def test_each_shape_has_a_message_of_its_own() -> None:
    messages = [message(shape.split("#")[1]) for shape in TARGETED]
    assert "None" not in messages
    assert len(set(messages)) == len(messages)


def test_a_shape_with_a_sparql_constraint_has_no_other() -> None:
    for shape in SHAPES.subjects(SH.sparql):
        assert [name for name in PARAMETERS if (shape, SH[name], None) in SHAPES] == ["sparql"]
        assert len(set(SHAPES.objects(shape, SH.sparql))) == 1


def test_each_constraint_has_a_failing_fixture() -> None:
    assert [path.stem for path in sorted(FOLDER.glob("*.ttl")) if path.stem != "passes"] == CONSTRAINTS


def test_everything_said_well_passes_both_ways() -> None:
    assert validate(fixture("passes")) == validate_any(fixture("passes")) == Report()


@pytest.mark.parametrize("shape", TARGETED)
def test_the_passing_fixture_puts_each_shape_to_work(shape: URIRef) -> None:
    graph = fixture("passes")
    focus = {node for class_ in SHAPES.objects(shape, SH.targetClass) for node in graph.subjects(RDF.type, class_)}
    focus |= {node for predicate in SHAPES.objects(shape, SH.targetSubjectsOf) for node in graph.subjects(predicate)}
    path = SHAPES.value(shape, SH.path)
    assert focus
    assert not isinstance(path, URIRef) or any((node, path, None) in graph for node in focus)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_failing_fixture_fails_only_there_and_both_ways(name: str) -> None:
    shape, parameter = name.split(".")
    graph = fixture("passes") + fixture(name)
    report = validate(graph)
    component = PARAMETERS[parameter].shacl_constraint_component.n3()
    expected = {(component, message(shape))}
    if name in COMPANIONS:
        expected.add((SH.SPARQLConstraintComponent.n3(), message(COMPANIONS[name])))
    assert {(violation.component, violation.message) for violation in report.violations} == expected
    assert report == validate_any(graph)


def test_invented_articles_conform() -> None:
    reports = validate_articles({str(number): invented(number) for number in range(10)})
    assert [report.violations for report in reports.values()] == [()] * 10


def invented(number: int, sentences: int = 5) -> Graph:
    return to_graph(*invent(number, sentences), ACTIVITY, base=BASE)


@pytest.mark.parametrize("number", range(len(DAMAGES)))
def test_damage_is_found(number: int) -> None:
    assert not validate(damage(invented(number, 3), number)).conforms


@pytest.mark.parametrize("seed", range(0, 2 * len(DAMAGES), 7))
def test_damaged_articles_get_the_same_report_both_ways(seed: int) -> None:
    graph = damage(invented(seed, 2), seed)
    assert validate(graph) == validate_any(graph)


@pytest.fixture(scope="module")
def sample() -> Graph:
    """The graph of the sample article, as the pipeline makes it."""
    path = resource("data", "samples", "us-korea-ukraine.txt")
    return Pipeline(Settings()).understand(Document(path.name, Format.TEXT, path.read_bytes())).graph


def test_the_sample_article_gets_the_same_report_both_ways(sample: Graph) -> None:
    assert validate(sample) == validate_any(sample) == Report()


@pytest.mark.parametrize("number", [1, 12, 25, 39, 52])
def test_the_damaged_sample_article_gets_the_same_report_both_ways(sample: Graph, number: int) -> None:
    graph = damage(sample, number)
    assert validate(graph).violations == validate_any(graph).violations != ()


def test_one_article_does_not_lend_its_facts_to_another() -> None:
    whole, broken = invented(1), invented(1)
    broken.remove((URIRef(BASE + "state/ALB"), None, None))
    for state in list(broken.subjects(RDF.type, KG.State)):
        broken.remove((state, None, None))
    reports = validate_articles({"whole": whole, "broken": broken})
    assert reports["whole"].conforms
    assert reports["broken"].violations == validate(broken).violations != ()


OFFSETS = (
    Literal("one", datatype=XSD.nonNegativeInteger), Literal("one", datatype=XSD.integer),
    Literal("NaN", datatype=XSD.decimal), Literal("NaN", datatype=XSD.double), BNode("b"),
)  # fmt: skip


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("predicate", [OA.start, OA.end])
def test_an_offset_that_breaks_pyshacl_is_reported(predicate: URIRef, offset: Literal | BNode) -> None:
    graph = invented(1, 1)
    node = sorted(graph.subjects(predicate))[0]
    graph.set((node, predicate, offset))
    reports = validate_articles({"broken": graph, "whole": invented(2)})
    assert not reports["broken"].conforms
    assert reports["whole"].conforms


def test_an_ill_formed_offset_is_named() -> None:
    graph = invented(1, 1)
    node = sorted(graph.subjects(OA.end))[0]
    graph.set((node, OA.end, Literal("one", datatype=XSD.nonNegativeInteger)))
    (violation,) = validate(graph).violations
    assert (violation.focus, violation.path) == (node.n3(), OA.end.n3())
    assert violation.value == '"one"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'


@pytest.mark.parametrize(
    "date, factuality, conforms",
    [
        ("2024-01-09", "actual", True), ("2024-01-10", "actual", False), ("2024-01-10", "future", True),
        ("2024-01-10", "negated", False), ("2024-01", "actual", True), ("2024-02", "actual", False),
        ("2024", "actual", True), ("2025", "actual", False), ("2025", "future", True), ("2023-12-31", "actual", True),
    ],
)  # fmt: skip
def test_an_event_is_not_after_its_article_at_the_precision_given(date: str, factuality: str, conforms: bool) -> None:
    graph = fixture("passes")
    datatype = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(date)]
    event = URIRef(BASE + "event/1")
    graph.set((event, KG.date, Literal(date, datatype=datatype)))
    graph.set((event, KG.factuality, URIRef(f"https://w3id.org/geokg/factuality#{factuality}")))
    assert validate(graph).conforms is conforms


def test_without_a_publication_date_no_event_is_too_late() -> None:
    graph = fixture("passes") + fixture("Event-order.sparql")
    graph.remove((None, SCHEMA.datePublished, None))
    assert validate(graph).conforms


def test_values_of_a_report_are_in_ntriples_syntax() -> None:
    graph = fixture("passes")
    node = URIRef(BASE + "evidence/1")
    graph.set((node, OA.exact, Literal('a "b"\nc\\')))
    (violation,) = validate(graph).violations
    assert violation.value == '"a \\"b\\"\\nc\\\\"'


def test_a_path_that_is_no_iri_is_given_in_sparql_syntax() -> None:
    (violation,) = validate(fixture("passes") + fixture("Event-participant.minCount")).violations
    assert violation.path == f"{KG.actor.n3()} | {KG.recipient.n3()}"


def test_reference_and_vocabulary_conform() -> None:
    reports = validate_articles({"reference": reference_graph(BASE), "vocabulary": vocabulary_graph()})
    assert [report.violations for report in reports.values()] == [(), ()]


def test_an_indexed_graph_finds_what_a_graph_finds() -> None:
    plain, node = invented(1, 1), URIRef(BASE + "state/DNK")
    indexed = IndexedGraph((*plain, *plain))
    assert len(indexed) == len(plain)
    first = next(iter(plain))
    for mask in range(8):
        pattern = tuple(term if mask & 1 << place else None for place, term in enumerate(first))
        assert sorted(indexed.triples(pattern)) == sorted(plain.triples(pattern))
    assert list(indexed.triples((node, OWL.sameAs, None))) == []
    path = KG.evidence / OA.start | KG.triggerSpan
    assert sorted(indexed.subject_objects(path)) == sorted(plain.subject_objects(path)) != []


RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
ONTOLOGY = "https://w3id.org/geokg/ontology#"


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "shapes").rglob("*.ttl")), ids=lambda path: path.name)
def test_triples_get_the_report_of_their_graph(path: Path) -> None:
    triples = "".join(f"{quad.triple} .\n" for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)).encode()
    graph = Graph().parse(data=triples, format="nt")
    reports = (validate_triples(triples), validate_articles({"": graph})[""])
    assert len({re.sub(r"_:\w+", "_:b", repr(report)) for report in reports}) == 1


@pytest.mark.parametrize(
    "triples",
    [
        f"<http://x/a> {RDF_TYPE} <{ONTOLOGY}Event> .\n",
        f"<http://x/a> {RDF_TYPE} <http://x/E> .\n<http://x/E> {SUBCLASS} <http://x/F> .\n"
        f"<http://x/F> {SUBCLASS} <{ONTOLOGY}Event> .\n",
        f'_:a <{ONTOLOGY}iso3> "X" .\n',
    ],
)
def test_foreign_triples_that_reach_a_target_are_checked(triples: str) -> None:
    assert not validate_triples(triples.encode()).conforms
    assert not validate_any(Graph().parse(data=triples, format="nt")).conforms


@pytest.mark.parametrize(
    "triples",
    [
        "",
        '<http://x/a> <http://x/p> _:b .\n_:b <http://x/q> "x"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        f"<http://x/a> {RDF_TYPE} <{ONTOLOGY}EventOfAnotherKind> .\n",
        f'<http://x/a> <http://x/says> "{ONTOLOGY}Event" .\n',
        f"<http://x/a> <{ONTOLOGY}quadClass> <http://x/b> .\n",
    ],
)
def test_triples_without_a_target_conform_and_pyshacl_says_so_too(triples: str) -> None:
    assert validate_triples(triples.encode()).conforms
    assert validate_any(Graph().parse(data=triples, format="nt")).conforms


def test_every_target_is_of_a_kind_that_an_iri_in_the_graph_gives_away() -> None:
    shapes = shapes_graph()
    others = {SH.targetNode, SH.target} & set(shapes.predicates())
    assert not others
    assert (None, RDF.type, RDFS.Class) not in shapes


def test_what_rdflib_cannot_read_does_not_conform() -> None:
    triples = f"<http://x/a> <{ONTOLOGY}text> <<( <http://x/a> <http://x/b> <http://x/c> )>> .\n"
    assert "cannot be checked" in str(validate_triples(triples.encode()))
