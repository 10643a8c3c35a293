from __future__ import annotations

import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.shacl import shapes_graph
from kg.triples import vocabulary_graph
from kg.vocab import CATEGORIES, FACTUALITIES, KG, KIND, KINDS, PLOVER, PREFIXES, STANCE, STANCES

VOCABULARY = vocabulary_graph()
TERMS = {KG[name] for name in KG.__annotations__ if not name.startswith("_")}
STANCE_SCHEME, FACTUALITY_SCHEME, KIND_SCHEME = (
    URIRef(f"https://w3id.org/geokg/{name}") for name in ("stance", "factuality", "kind")
)


def names_in(scheme: URIRef) -> set[str]:
    return {str(concept).split("#")[1] for concept in VOCABULARY.subjects(SKOS.inScheme, scheme)}


def test_the_ontology_defines_the_terms_of_the_code_and_no_others() -> None:
    defined = {term for term in VOCABULARY.subjects() if str(term).startswith(str(KG._NS))}
    assert defined == TERMS


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_term_is_explained(term: URIRef) -> None:
    (kind,) = VOCABULARY.objects(term, RDF.type)
    assert kind in {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}
    assert (kind == OWL.Class) is str(term).split("#")[1][0].isupper()
    (label,) = VOCABULARY.objects(term, RDFS.label)
    (definition,) = VOCABULARY.objects(term, SKOS.definition)
    assert label.language == definition.language == "en"
    assert str(definition).endswith(".")


@pytest.mark.parametrize(
    "scheme, names",
    [
        (PLOVER.categories, CATEGORIES),
        (STANCE_SCHEME, STANCES),
        (FACTUALITY_SCHEME, FACTUALITIES),
        (KIND_SCHEME, KINDS),
    ],
)
def test_a_scheme_holds_the_concepts_of_the_code(scheme: URIRef, names: tuple[str, ...]) -> None:
    assert names_in(scheme) == set(names)
    assert len(set(names)) == len(names)


def test_shapes_use_no_term_that_is_not_defined() -> None:
    ours = str(KG._NS).removesuffix("ontology#")
    used = {term for triple in shapes_graph() for term in triple if isinstance(term, URIRef) and ours in term}
    own = {term for term in used if term.startswith(f"{ours}shapes")}
    assert used - own <= set(VOCABULARY.subjects())
    assert KG.speaker in used and STANCE.denies in used and KIND.party in used


def test_prefixes_are_those_of_the_documents() -> None:
    graph = shapes_graph()
    for prefix, namespace in (*VOCABULARY.namespaces(), *graph.namespaces()):
        assert PREFIXES.get(prefix, str(namespace)) == str(namespace)


@pytest.mark.parametrize("name", ["ontology", "plover", "stance", "factuality", "kind"])
def test_a_document_has_a_header(name: str) -> None:
    node = URIRef(f"https://w3id.org/geokg/{name}")
    assert (node, RDF.type, OWL.Ontology) in VOCABULARY
    assert all(VOCABULARY.value(node, p) for p in (DCTERMS.title, DCTERMS.license, OWL.versionInfo))
