"""What is exported as RDF and loaded elsewhere is the same dataset."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Dataset

from invented import ACTIVITY, BASE, invent
from kg.keeper import fixed_graphs
from kg.triples import RdfFormat, to_graph, to_ntriples, write_graphs

Graph = tuple[str | None, bytes]

MEDIA = {
    RdfFormat.NQUADS: ("nquads", ox.RdfFormat.N_QUADS),
    RdfFormat.TRIG: ("trig", ox.RdfFormat.TRIG),
    RdfFormat.JSONLD: ("json-ld", ox.RdfFormat.JSON_LD),
    RdfFormat.TURTLE: ("turtle", ox.RdfFormat.TURTLE),
}
DATASETS = [RdfFormat.NQUADS, RdfFormat.TRIG, RdfFormat.JSONLD]
KG = "https://w3id.org/geokg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"

LITERALS = [
    r'"plain"',
    r'""',
    r'"\"quoted\" and ends with a quote\""',
    r'"ends with a backslash\\"',
    r'"a\\nb: no newline"',
    r'"two\nlines\n"',
    r'"\n@prefix kg: <http://example.org/> .\n}"',
    r'"carriage\r\nreturn\r"',
    r'"tab\t, \u0001, \u007F, \u00A0, \u2028, \uFEFF"',
    r'"\"\"\"three quotes\"\"\" and one more\""',
    '"na\u00efve 🙂 \U00020000 \u202e \u0301"',
    r'"chat"@fr',
    r'"colour"@en-gb',
    r'"简体"@zh-hans-cn',
    f'"one"^^<{XSD}integer>',
    f'"0.500"^^<{XSD}decimal>',
    f'"1."^^<{XSD}decimal>',
    f'"1"^^<{XSD}double>',
    f'"1.0e+01"^^<{XSD}double>',
    f'"INF"^^<{XSD}double>',
    f'"1"^^<{XSD}boolean>',
    f'"true"^^<{XSD}boolean>',
    f'"2024"^^<{XSD}gYear>',
    f'"2024-02"^^<{XSD}gYearMonth>',
    f'"2024-02-30"^^<{XSD}date>',
    f'"2024-01-01Z"^^<{XSD}date>',
    f'"2024-01-01T00:00:00.000Z"^^<{XSD}dateTime>',
    f'"https://example.org/a b"^^<{XSD}anyURI>',
    '"<p>&amp;</p>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>',
    r'"x"^^<http://example.org/type#of%20mine>',
]
# rdflib makes 7 and 1 of these as it reads them from TriG.
NUMBERS = f"""<urn:x:a> <urn:x:b> "007"^^<{XSD}integer> .
<urn:x:a> <urn:x:b> "+1"^^<{XSD}integer> .
""".encode()
IRIS = [
    "http://example.org/a%20b",
    "http://example.org/é/🙂",
    "http://example.org/(a),;.'~!$&*+=@",
    "http://example.org/ends.",
    "http://example.org/-.7",
    f"{KG}Event/part",
    f"{KG}",
    f"{KG}a.b",
    "urn:isbn:0",
    "http://example.org/?q=1#f",
    "mailto:a@example.org",
]


def odd(predicate: str = "http://example.org/p") -> bytes:
    subject = "<http://example.org/s>"
    lines = [f"{subject} <{predicate}> {literal} ." for literal in LITERALS]
    lines += [f"<{iri}> <{iri}> <{iri}> ." for iri in IRIS]
    lines += [f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{iri}> ." for iri in IRIS]
    return ("\n".join(sorted(lines)) + "\n").encode()


def blank(one: str, other: str) -> bytes:
    """A list, a loop, and a node that is nobody's; the curator gives them labels that no other graph has."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return f"""<http://example.org/s> <http://example.org/list> _:{one} .
_:{one} <{rdf}first> "1" .
_:{one} <{rdf}rest> _:{other} .
_:{other} <{rdf}first> _:{other} .
_:{other} <{rdf}rest> <{rdf}nil> .
_:{one}alone <{KG}confidence> "0.5"^^<{XSD}decimal> .
""".encode()


def article(number: int) -> Graph:
    made, facts = invent(number)
    return BASE + f"article/{made.id}", to_ntriples(to_graph(made, facts, ACTIVITY, base=BASE))


CASES: dict[str, list[Graph]] = {
    "articles": [article(1), article(2)],
    "reference": [(graph.iri, graph.triples) for graph in fixed_graphs(BASE)],
    "curated": [("http://example.org/curated?a=(1)#x", odd()), ("urn:x:g", b'<urn:x:g> <urn:x:p> "1" .\n')],
    "terms of ours": [("http://example.org/g", odd(f"{KG}{name}")) for name in ("text",)],
    "terms with a type": [
        (f"http://example.org/{name}", odd(f"{KG}{name}")) for name in ("confidence", "actor", "count", "date")
    ],
    "default graph": [(None, odd()), article(3)],
    "default graph alone": [(None, odd())],
    "blank nodes": [("urn:x:1", blank("a", "b")), ("urn:x:2", blank("c", "d")), (None, blank("e", "f"))],
    "a triple in two graphs": [(name, b"<urn:a> <urn:b> <urn:c> .\n") for name in ("urn:x:1", "urn:x:2")],
    "IRIs that look shortened": [
        ("urn:x:g", b'<schema:name> <kg:text> <xsd:date> .\n<schema:name> <urn:x:p> "1"^^<xsd:date> .\n'),
        ("plover:g", odd()),
        (None, b"<id:a> <type:b> <text:c> .\n<prov:a> <urn:x:p> <oa:> .\n"),
        article(4),
    ],
    "nothing": [],
}  # fmt: skip
each_case = pytest.mark.parametrize("graphs", CASES.values(), ids=CASES)


def quads(graphs: Iterable[Graph]) -> ox.Dataset:
    """The dataset that was exported, read without the code that is tested."""
    dataset = ox.Dataset()
    for iri, triples in graphs:
        name = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
        for triple in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
            dataset.add(ox.Quad(triple.subject, triple.predicate, triple.object, name))
    return canonical(dataset)


def canonical(dataset: ox.Dataset) -> ox.Dataset:
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("format", DATASETS)
@pytest.mark.parametrize("graphs", [*CASES.values(), [("urn:x:g", NUMBERS)]], ids=[*CASES, "numbers"])
def test_oxigraph_reads_the_same_dataset(graphs: list[Graph], format: RdfFormat) -> None:
    written = b"".join(write_graphs(graphs, format))
    assert canonical(ox.Dataset(ox.parse(written, format=MEDIA[format][1]))) == quads(graphs)


@each_case
def test_turtle_holds_the_triples_of_all_graphs(graphs: list[Graph]) -> None:
    written = b"".join(write_graphs(graphs, RdfFormat.TURTLE))
    merged = quads((None, triples) for _, triples in graphs)
    assert canonical(ox.Dataset(ox.parse(written, format=ox.RdfFormat.TURTLE))) == merged


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib calls itself by old names
@pytest.mark.parametrize("format", DATASETS)
@each_case
def test_rdflib_reads_the_same_dataset(graphs: list[Graph], format: RdfFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    written = b"".join(write_graphs(graphs, format))
    dataset = Dataset().parse(data=written, format=MEDIA[format][0])
    again = dataset.serialize(format="nquads", encoding="utf-8")
    assert canonical(ox.Dataset(ox.parse(again, format=ox.RdfFormat.N_QUADS))) == quads(graphs)
