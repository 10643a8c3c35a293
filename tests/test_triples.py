from __future__ import annotations

import datetime as dt
import json
import tracemalloc

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from invented import ACTIVITY, BASE, invent
from kg.examples import load_examples
from kg.reference import load_organizations, load_states
from kg.shacl import validate_articles
from kg.triples import (
    RdfFormat,
    examples_graph,
    from_ntriples,
    reference_graph,
    to_graph,
    to_ntriples,
    vocabulary_graph,
    write_graphs,
)
from kg.triples.examples import form_of
from kg.types import (
    Activity,
    Article,
    EventFact,
    Facts,
    GroupFact,
    OrganizationFact,
    PersonFact,
    Post,
    Span,
    StateFact,
    StatementFact,
)
from kg.vocab import KG, PLOVER, PREFIXES, SCHEMA

TEXT = "Talks\n“Chile 🙂 agreed”, Ada Berg told envoys."
ARTICLE = Article("a1", TEXT, "en", "Talks", "https://example.org/a b", dt.date(2024, 1, 9), "World", "The Example")
ENDED = dt.datetime(2024, 1, 10, 9, 0, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
MINISTER = Post("post/dnk-minister", "Minister", "state/DNK", "organization/danish-navy")
FACTS = Facts(
    states=(StateFact("state/DNK", "DNK", "Denmark"), StateFact("state/CHL", "CHL", "Chile")),
    organizations=(OrganizationFact("organization/danish-navy", "Danish Navy", "military", "state/DNK"),),
    people=(
        PersonFact("person/ada-berg", "Ada Berg", True, ("Berg",), (MINISTER,), ("state/DNK",), 0.87654),
        PersonFact("person/eva-holm", "Eva Holm", False),
    ),
    groups=(GroupFact("group/a1-37-43", "envoys", True, "envoy", 47, "state/CHL"),),
    events=(
        EventFact(
            "event/a1-15-agree", "AGREE", "future", Span(6, 44), Span(15, 21), ("state/CHL",), ("person/ada-berg",),
            ("state/CHL",), ("state/DNK",), (Span(7, 12),), (Span(24, 32),), None, ("diplomatic", "military"),
            "2024-02", "state/CHL", 1.0,
        ),
    ),
    statements=(
        StatementFact(
            "statement/a1-33", ("person/ada-berg",), "announces", Span(6, 44), "Chile 🙂 agreed", ("group/a1-37-43",),
            ("state/CHL",), "2024-01-08", ("event/a1-15-agree",), ("event/a1-15-agree",), ("event/a1-15-agree",), 0.5,
        ),
    ),
)  # fmt: skip
EXPECTED = """
@base <http://localhost:8000/> .
<article/a1> a kg:Article ;
    kg:text "Talks\\n“Chile 🙂 agreed”, Ada Berg told envoys." ; schema:headline "Talks" ; schema:inLanguage "en" ;
    schema:url "https://example.org/a b"^^xsd:anyURI ; schema:datePublished "2024-01-09"^^xsd:date ;
    schema:articleSection "World" ; schema:publisher "The Example" ; prov:wasGeneratedBy <activity/a1> .
<activity/a1> a prov:Activity ; prov:endedAtTime "2024-01-10T00:00:00+00:00"^^xsd:dateTime ;
    prov:wasAssociatedWith <software/geokg-0-0-0> ; kg:modelVersion "rules 0" .
<software/geokg-0-0-0> a prov:SoftwareAgent ; rdfs:label "geokg 0.0.0" .
<state/DNK> a kg:State, kg:Agent ; rdfs:label "Denmark" ; kg:iso3 "DNK" .
<state/CHL> a kg:State, kg:Agent ; rdfs:label "Chile" ; kg:iso3 "CHL" .
<organization/danish-navy> a kg:Organization, kg:Agent ;
    rdfs:label "Danish Navy" ; kg:kind kind:military ; kg:partOfState <state/DNK> .
<person/ada-berg> a kg:Official, kg:Person, kg:Agent ; rdfs:label "Ada Berg" ; skos:altLabel "Berg" ;
    kg:holds <post/dnk-minister> ; kg:represents <state/DNK> ; kg:confidence 0.877 .
<post/dnk-minister> a kg:Post ;
    kg:role "Minister" ; kg:ofState <state/DNK> ; kg:ofOrganization <organization/danish-navy> .
<person/eva-holm> a kg:Person, kg:Agent ; rdfs:label "Eva Holm" .
<group/a1-37-43> a kg:OfficialGroup, kg:Group, kg:Agent ;
    rdfs:label "envoys" ; kg:role "envoy" ; kg:count 47 ; kg:ofState <state/CHL> .
<event/a1-15-agree> a kg:Event ; kg:article <article/a1> ;
    kg:category plover:AGREE ; kg:factuality factuality:future ;
    kg:context plover:context-diplomatic, plover:context-military ;
    kg:actor <state/CHL> ; kg:recipient <person/ada-berg> ; kg:actorState <state/CHL> ; kg:recipientState <state/DNK> ;
    kg:date "2024-02"^^xsd:gYearMonth ; kg:location <state/CHL> ; kg:confidence 1.0 ;
    kg:evidence <evidence/a1-6-44> ; kg:trigger "agreed" ; kg:triggerSpan <evidence/a1-15-21> ;
    kg:actorSpan <evidence/a1-7-12> ; kg:recipientSpan <evidence/a1-24-32> .
<statement/a1-33> a kg:Statement ; kg:article <article/a1> ;
    kg:speaker <person/ada-berg> ; kg:stance stance:announces ; kg:evidence <evidence/a1-6-44> ;
    kg:quote "Chile 🙂 agreed" ; kg:addressee <group/a1-37-43> ; kg:about <state/CHL> ;
    kg:saidOn "2024-01-08"^^xsd:date ; kg:confidence 0.5 ;
    kg:reports <event/a1-15-agree> ; kg:enacts <event/a1-15-agree> ; kg:disputes <event/a1-15-agree> .
""" + "".join(
    f"""
<evidence/a1-{start}-{end}> a kg:Evidence, oa:TextPositionSelector, oa:TextQuoteSelector ; kg:article <article/a1> ;
    oa:start "{start}"^^xsd:nonNegativeInteger ; oa:end "{end}"^^xsd:nonNegativeInteger ; oa:exact "{words}" ."""
    for start, end, words in [
        (6, 44, "“Chile 🙂 agreed”, Ada Berg told envoys"), (15, 21, "agreed"), (7, 12, "Chile"), (24, 32, "Ada Berg"),
    ]
)  # fmt: skip


def graph_of(turtle: str) -> Graph:
    return Graph().parse(data="".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items()) + turtle, format="turtle")


def write(facts: Facts = FACTS, article: Article = ARTICLE) -> Graph:
    return to_graph(article, facts, Activity("geokg 0.0.0", "rules 0", ENDED), base=BASE)


def test_facts_become_the_graph_that_the_ontology_describes() -> None:
    graph, expected = write(), graph_of(EXPECTED)
    assert set(graph) - set(expected) == set() == set(expected) - set(graph)
    assert to_isomorphic(graph) == to_isomorphic(expected)
    assert graph.identifier == URIRef(BASE + "article/a1")


def test_the_graph_conforms() -> None:
    assert validate_articles({"a1": write()})["a1"].violations == ()


def test_an_unknown_is_left_out() -> None:
    graph = write(Facts(), Article("a1", TEXT, "en"))
    node = URIRef(BASE + "article/a1")
    assert set(graph.predicates(node)) == {
        RDF.type,
        KG.text,
        SCHEMA.inLanguage,
        URIRef(PREFIXES["prov"] + "wasGeneratedBy"),
    }


def test_a_mode_is_a_concept() -> None:
    event = EventFact("event/a1-0-consult", "CONSULT", "actual", Span(0, 5), Span(0, 5), mode="third-party")
    assert (URIRef(BASE + event.key), KG.mode, PLOVER["mode-third-party"]) in write(Facts(events=(event,)))


@pytest.mark.parametrize(
    "date, datatype", [("2018", XSD.gYear), ("2023-11", XSD.gYearMonth), ("2024-01-04", XSD.date), (None, None)]
)
def test_a_date_is_as_precise_as_the_fact(date: str | None, datatype: URIRef | None) -> None:
    event = EventFact("event/a1-0-aid", "AID", "actual", Span(0, 5), Span(0, 5), date=date)
    dates = [(str(o), o.datatype) for o in write(Facts(events=(event,))).objects(None, KG.date)]
    assert dates == ([(date, datatype)] if date else [])


@pytest.mark.parametrize(
    "confidence, written", [(1.0, "1.0"), (0.0, "0.0"), (0.5, "0.5"), (2 / 3, "0.667"), (0.00004, "0.0"), (None, None)]
)
def test_a_confidence_has_one_form(confidence: float | None, written: str | None) -> None:
    person = PersonFact("person/x", "X", False, confidence=confidence)
    values = [str(o) for o in write(Facts(people=(person,))).objects(None, KG.confidence)]
    assert values == ([written] if written else [])


@pytest.mark.parametrize(
    "location, term", [("state/CHL", URIRef(BASE + "state/CHL")), ("the harbour", Literal("the harbour"))]
)
def test_a_location_is_a_state_described_or_a_name(location: str, term: URIRef | Literal) -> None:
    event = EventFact("event/a1-0-aid", "AID", "actual", Span(0, 5), Span(0, 5), location=location)
    assert list(write(Facts(states=FACTS.states, events=(event,))).objects(None, KG.location)) == [term]


def test_one_post_held_by_two_has_one_role() -> None:
    again = Post(MINISTER.key, "minister", MINISTER.state, MINISTER.organization)
    people = tuple(PersonFact(f"person/{i}", str(i), True, (), (post,)) for i, post in enumerate((MINISTER, again)))
    assert len(list(write(Facts(people=people)).objects(URIRef(BASE + MINISTER.key), KG.role))) == 1


@pytest.mark.parametrize("number", range(3))
def test_ntriples_are_sorted_and_the_same_again(number: int) -> None:
    ntriples = to_ntriples(to_graph(*invent(number), ACTIVITY, base=BASE))
    lines = ntriples.decode().splitlines()
    assert lines == sorted(lines)
    assert ntriples.endswith(b" .\n")
    assert to_ntriples(to_graph(*invent(number), ACTIVITY, base=BASE)) == ntriples
    assert to_ntriples(from_ntriples(ntriples)) == ntriples
    assert not any(isinstance(term, BNode) for triple in from_ntriples(ntriples) for term in triple)


@pytest.mark.parametrize(
    "text", ['a\nb\r\nc "d" \\ e\t', "line\u2028separator\u0085here", "e\u0301 🙂 한국", "'''\"\"\""]
)
def test_any_text_survives_ntriples(text: str) -> None:
    graph = write(Facts(), Article("a1", text, "en"))
    assert [str(o) for o in from_ntriples(to_ntriples(graph)).objects(None, KG.text)] == [text]


def test_no_ntriples_for_no_triples() -> None:
    assert to_ntriples(Graph()) == b""


def test_reference_describes_every_state_and_organization() -> None:
    graph = reference_graph(BASE)
    assert len(set(graph.subjects(RDF.type, KG.State))) == len(load_states())
    assert len(set(graph.subjects(RDF.type, KG.Organization))) == len(load_organizations())
    assert graph.identifier == URIRef(BASE + "graph/reference")
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_reference_knows_a_state() -> None:
    graph, node = reference_graph(BASE), URIRef(BASE + "state/EST")
    expected = graph_of("""<http://localhost:8000/state/EST> a kg:State, kg:Agent ;
        rdfs:label "Estonia" ; kg:iso3 "EST" ; kg:capital "Tallinn" ; owl:sameAs wd:Q191 ;
        schema:latitude 59.0 ; schema:longitude 26.0 ; skos:hiddenLabel "Estonian" .""")
    names = {str(name) for name in graph.objects(node, SKOS.altLabel)}
    assert set(expected) <= set(graph)
    assert "Republic of Estonia" in names and "Estonia" not in names


def test_reference_knows_an_organization() -> None:
    graph, node = reference_graph(BASE), URIRef(BASE + "organization/united-nations")
    assert (node, RDFS.label, Literal("United Nations")) in graph
    assert (node, OWL.sameAs, URIRef("http://www.wikidata.org/entity/Q1065")) in graph
    assert (node, SKOS.altLabel, Literal("UN")) in graph


def test_vocabulary_holds_ontology_and_schemes() -> None:
    graph = vocabulary_graph()
    assert {KG.Statement, PLOVER.AGREE, URIRef("https://w3id.org/geokg/kind#party")} <= set(graph.subjects())


def test_the_examples_are_found_as_editors_look_for_them() -> None:
    # What the SIB's editor asks of an endpoint.
    found = examples_graph(BASE).query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?sq ?comment ?query WHERE {
          ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query
        } ORDER BY ?sq"""
    )
    expected = [(f"{BASE}examples#{e.name}", e.title, e.text) for e in load_examples()]
    assert [tuple(map(str, row)) for row in found] == expected


def test_the_examples_declare_the_prefixes() -> None:
    found = examples_graph(BASE).query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?p ?n WHERE { [] sh:prefix ?p ; sh:namespace ?n }"
    )
    assert {str(prefix): str(namespace) for prefix, namespace in found} == PREFIXES


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT *", "select"),
        ("# ASK\nPREFIX a: <b>\nconstruct { }", "construct"),
        ("ASK{}", "ask"),
        ("DESCRIBE <x>", "describe"),
    ],
)
def test_form_of(query: str, form: str) -> None:
    assert form_of(query) == form


CURATED: tuple[str | None, bytes] = (
    "urn:x:g",
    b"<urn:x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/geokg/ontology#Event> .\n"
    b'<urn:x:s> <https://w3id.org/geokg/ontology#confidence> "0.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    b'<urn:x:s> <https://w3id.org/geokg/ontology#date> "2024-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .\n'
    b'<urn:x:s> <https://w3id.org/geokg/ontology#text> "a\\nb" .\n'
    b'<urn:x:s> <https://w3id.org/geokg/ontology#text> "c"@fr .\n'
    b"<urn:x:t> <https://w3id.org/geokg/ontology#actor> <urn:x:s> .\n"
    b"<urn:x:t> <urn:x:p> _:b .\n",
)


def test_jsonld_has_the_names_of_the_context() -> None:
    document = json.loads(b"".join(write_graphs([CURATED], RdfFormat.JSONLD)))
    assert document["@context"]["kg"] == str(KG)
    assert document["@graph"] == [
        {
            "id": "urn:x:g",
            "@graph": [
                {
                    "id": "urn:x:s",
                    "type": "Event",
                    "confidence": "0.50",
                    "date": {"@value": "2024-02", "type": "xsd:gYearMonth"},
                    "text": ["a\nb", {"@value": "c", "@language": "fr"}],
                },
                {"id": "urn:x:t", "actor": "urn:x:s", "urn:x:p": {"id": "_:b"}},
            ],
        }
    ]


def test_trig_has_a_block_per_graph_and_subject() -> None:
    written = b"".join(write_graphs([CURATED, (None, b"<urn:x:a> <urn:x:b> <urn:x:c> .\n")], RdfFormat.TRIG)).decode()
    prefixes, _, blocks = written.partition("\n\n")
    assert [line.split()[1].rstrip(":") for line in prefixes.splitlines()] == sorted(PREFIXES)
    assert blocks == (
        "<urn:x:g> {\n"
        "<urn:x:s> a kg:Event ;\n"
        "    kg:confidence 0.50 ;\n"
        '    kg:date "2024-02"^^xsd:gYearMonth ;\n'
        '    kg:text "a\\nb" , "c"@fr .\n'
        "\n"
        "<urn:x:t> kg:actor <urn:x:s> ;\n"
        "    <urn:x:p> _:b .\n"
        "}\n"
        "\n"
        "{\n"
        "<urn:x:a> <urn:x:b> <urn:x:c> .\n"
        "}\n"
    )


@pytest.mark.parametrize("format", RdfFormat)
def test_no_more_than_one_graph_is_held(format: RdfFormat) -> None:
    graph = b"".join(f'<urn:x:s{n}> <urn:x:p> "{"x" * 1000}" .\n'.encode() for n in range(50))
    graphs = ((f"urn:x:{n}", graph) for n in range(100))
    tracemalloc.start()
    size = sum(map(len, write_graphs(graphs, format)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 5_000_000 and peak < 1_000_000
