from __future__ import annotations

import json
import re

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD

from invented import ACTIVITY, BASE, invent
from kg.resources import resource
from kg.shacl import shapes_graph
from kg.triples import to_graph, vocabulary_graph
from kg.vocab import CATEGORIES, KG, PLOVER, SHAPE

VOCABULARY = vocabulary_graph()
CONCEPTS = sorted(VOCABULARY.subjects(RDF.type, SKOS.Concept))
CONTEXT = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]


# rdflib's reader of JSON-LD uses a class of its own that it calls deprecated.
READS_JSON_LD = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def scores() -> dict[tuple[str, str], float]:
    """Score by category and mode."""
    query = (
        "SELECT ?category ?mode ?score { ?x a kg:ModeScore ; kg:category ?category ; kg:mode ?mode ; kg:score ?score }"
    )
    rows = VOCABULARY.query(query)
    return {(local(row.category), local(row.mode).removeprefix("mode-")): float(row.score) for row in rows}


def local(iri: URIRef) -> str:
    return iri.split("#")[1]


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_is_explained(concept: URIRef) -> None:
    (label,) = VOCABULARY.objects(concept, SKOS.prefLabel)
    (definition,) = VOCABULARY.objects(concept, SKOS.definition)
    (scheme,) = VOCABULARY.objects(concept, SKOS.inScheme)
    assert (concept, RDFS.label, label) in VOCABULARY
    assert str(definition).endswith(".")
    assert (scheme, RDF.type, SKOS.ConceptScheme) in VOCABULARY


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_has_a_quad_class_and_a_score_on_its_side(category: str) -> None:
    (quad,) = VOCABULARY.objects(PLOVER[category], KG.quadClass)
    (score,) = VOCABULARY.objects(PLOVER[category], KG.score)
    assert (quad, SKOS.inScheme, PLOVER["quad-classes"]) in VOCABULARY
    assert score.datatype == XSD.decimal
    assert float(score) > 0 if local(quad).endswith("cooperation") else float(score) <= 0


def test_scores_are_those_of_the_manual() -> None:
    expected = {
        ("CONSULT", "phone"): 1.5, ("RETREAT", "withdraw"): 8, ("SANCTION", "withdraw"): -6, ("REJECT", "assist"): -1.5,
        ("THREATEN", "arrest"): -3.5, ("COERCE", "arrest"): -7, ("ASSAULT", "unconventional"): -10,
    }  # fmt: skip
    assert expected.items() <= scores().items()
    assert len(scores()) == 66


def test_a_mode_is_narrower_than_each_category_that_scores_it() -> None:
    broader = {(local(c), local(m).removeprefix("mode-")) for m, c in VOCABULARY.subject_objects(SKOS.broader)}
    assert broader == set(scores())
    assert {m for _, m in broader} == {
        local(c).removeprefix("mode-") for c in VOCABULARY.subjects(SKOS.inScheme, PLOVER.modes)
    }


def test_shapes_know_the_modes_of_each_category() -> None:
    select = str(shapes_graph().value(SHAPE["mode-of-category"], SH.select))
    assert {tuple(pair.split()) for pair in re.findall(r"'(\S+ \S+)'", select)} == set(scores())


@pytest.mark.parametrize(
    "shape, scheme",
    [
        ("Event-category", PLOVER.categories), ("Event-context", PLOVER.contexts),
        ("Event-factuality", URIRef("https://w3id.org/geokg/factuality")),
        ("Statement-stance", URIRef("https://w3id.org/geokg/stance")),
        ("Organization-kind", URIRef("https://w3id.org/geokg/kind")),
    ],
)  # fmt: skip
def test_a_closed_list_is_its_scheme(shape: str, scheme: URIRef) -> None:
    graph = shapes_graph()
    assert set(graph.items(graph.value(SHAPE[shape], SH["in"]))) == set(VOCABULARY.subjects(SKOS.inScheme, scheme))


def test_domains_and_ranges_of_our_own_are_classes() -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf):
        for class_ in VOCABULARY.objects(None, predicate):
            assert str(KG._NS) not in class_ or (class_, RDF.type, OWL.Class) in VOCABULARY


def test_the_context_names_every_term() -> None:
    named = {entry if isinstance(entry, str) else entry["@id"] for name, entry in CONTEXT.items() if name[0] != "@"}
    assert {f"kg:{name}" for name in KG.__annotations__ if name[0] != "_"} <= named


@pytest.mark.parametrize("name", [name for name, entry in CONTEXT.items() if isinstance(entry, dict)])
def test_the_context_types_a_property_as_the_ontology_does(name: str) -> None:
    prefix, term = CONTEXT[name]["@id"].split(":")
    if prefix == "kg":
        kind = VOCABULARY.value(KG[term], RDF.type)
        assert (CONTEXT[name]["@type"] == "@id") is (kind == OWL.ObjectProperty)


def test_the_context_types_every_property_that_points_to_a_node() -> None:
    for term in VOCABULARY.subjects(RDF.type, OWL.ObjectProperty):
        assert CONTEXT[local(term)] == {"@id": f"kg:{local(term)}", "@type": "@id"}


@READS_JSON_LD
def test_a_graph_survives_json_ld_with_the_context() -> None:
    graph = to_graph(*invent(1), ACTIVITY, base=BASE)
    document = graph.serialize(format="json-ld", context=CONTEXT, auto_compact=False)
    assert '"speaker": {' in document
    assert '"kg:speaker": {' not in document
    assert set(Graph().parse(data=document, format="json-ld")) == set(graph)


@READS_JSON_LD
def test_json_ld_with_the_context_reads_as_meant() -> None:
    document = {
        "@context": CONTEXT, "id": "http://e/s", "type": "Statement", "stance": "stances:denies", "confidence": "0.5",
    }  # fmt: skip
    graph, node = Graph().parse(data=json.dumps(document), format="json-ld"), URIRef("http://e/s")
    assert (node, KG.stance, URIRef("https://w3id.org/geokg/stance#denies")) in graph
    assert (node, KG.confidence, Literal("0.5", datatype=XSD.decimal)) in graph
