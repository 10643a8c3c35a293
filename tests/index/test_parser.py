from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError, GraphSizeError, GraphSyntaxError
from kg.index.names import is_graph_name
from kg.index.parser import Parser, ParserLimits
from kg.index.store import GraphStore

BASE = "http://x/graphs/1"
TURTLE, NTRIPLES = "text/turtle", "application/n-triples"
RDFXML, JSONLD = "application/rdf+xml", "application/ld+json"
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">%s</rdf:RDF>'


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    limits = ParserLimits(timeout=10, memory_mb=256, max_nesting=20, max_expanded_bytes=1_000_000)
    with Parser(limits) as parser:
        yield parser


ONE = b"<http://x/graphs/1> <http://x/p> <http://x/graphs/2> .\n"


@pytest.mark.parametrize(
    ("media_type", "content", "expected"),
    [
        (TURTLE, b"<> <../p> <2> .", ONE),
        (TURTLE, b"\xef\xbb\xbf<> <../p> <2> . <> <../p> <2> .", ONE),
        (NTRIPLES, b"# a comment\n" + ONE, ONE),
        (RDFXML, RDF % b'<rdf:Description rdf:about=""><x:p rdf:resource="2"/></rdf:Description>', ONE),
        (JSONLD, b'{"@id": "", "http://x/p": {"@id": "2"}}', ONE),
        (JSONLD, b'{"@context": {"@vocab": "http://x/"}, "@id": "", "p": {"@id": "2"}}', ONE),
        (TURTLE, b"<b> <p> 2, 1 . <a> <p> 3 .", None),
        *[(media_type, content, b"") for media_type in (TURTLE, NTRIPLES, RDFXML, JSONLD) for content in (b"", b" \n")],
        (TURTLE, b"@prefix x: <http://x/> .", b""),
        (JSONLD, b"{}", b""),
    ],
)
def test_a_graph_becomes_sorted_lines(parser: Parser, media_type: str, content: bytes, expected: bytes | None) -> None:
    found = parser.parse_graph(content, media_type, BASE)
    assert found.splitlines() == sorted(found.splitlines())
    assert expected is None or found == expected


def test_no_two_graphs_share_a_blank_node(parser: Parser) -> None:
    graphs = [parser.parse_graph(b"_:a <p> _:b . [] <p> _:a .", TURTLE, BASE) for _ in range(2)]
    labels = [{word for word in graph.split() if word.startswith(b"_:")} for graph in graphs]
    assert [len(one) for one in labels] == [3, 3]
    assert not labels[0] & labels[1]


@pytest.mark.parametrize(
    ("media_type", "content", "message"),
    [
        (TURTLE, b"<a> <b> <c> .\n<a> <b> nonsense .", "no Turtle: line 2, column 9: "),
        (TURTLE, b"<a> <b>\n  'never ends", "line 2, column 3"),
        (TURTLE, b"<a> <b> '\xff' .", "no Turtle: line 1"),
        (TURTLE, RDF % b"", "no Turtle: line 1"),
        (RDFXML, b"<> <b> <c> .", "no RDF/XML"),
        (RDFXML, RDF % b"<rdf:Description>", "no RDF/XML"),
        (RDFXML, b'<?xml version="1.0" encoding="ISO-8859-1"?>' + RDF % b"", "no RDF/XML: Only UTF-8"),
        (NTRIPLES, b"<a> <b> <c> .", "no N-Triples: line 1"),
        (JSONLD, b'{"@id": ', "no JSON-LD: line 1"),
        (JSONLD, b'{"@context": "http://127.0.0.1:1/c", "http://x/p": 1}', "context that lies elsewhere"),
        (JSONLD, b'{"@context": {"@import": "http://127.0.0.1:1/c"}, "http://x/p": 1}', "JSON-LD"),
        (JSONLD, b'{"@id": "http://x/g", "@graph": [{"@id": "", "http://x/p": 1}]}', "names graphs inside"),
        (TURTLE, b"<a> <b> <<( <a> <b> <c> )>> .", "RDF 1.1 has no words for"),
        (TURTLE, b"<< <a> <b> <c> >> <b> <c> .", "RDF 1.1 has no words for"),
        (TURTLE, b'<a> <b> "c"@en--ltr .', "RDF 1.1 has no words for"),
        (RDFXML, b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/"><r/>', "lies elsewhere"),
        (RDFXML, b'<!DOCTYPE r [<!ENTITY a "&a;">]><r>&a;</r>', "stands for itself"),
    ],
)
def test_what_is_no_graph(parser: Parser, media_type: str, content: bytes, message: str) -> None:
    with pytest.raises(GraphSyntaxError) as caught:
        parser.parse_graph(content, media_type, BASE)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("media_type", "content", "message"),
    [
        (JSONLD, b'{"http://x/p":' * 21 + b"1" + b"}" * 21, "deeper than 20 levels"),
        (JSONLD, b"[" * 5_000_000, "deeper than 20 levels"),
        (TURTLE, b"<a> <b> " + b"(" * 3_000_000, "256 MB"),
        (TURTLE, b"<a> <b> '" + b"x" * 200_000_000 + b"' .", "256 MB"),
        (
            RDFXML,
            b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 2000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]><r>&b;</r>',
            "larger than 1 MB once",
        ),
    ],
    ids=["levels", "more levels", "brackets", "words", "entities"],
)
def test_what_is_too_much_and_that_another_one_is_read_then(
    parser: Parser, media_type: str, content: bytes, message: str
) -> None:
    with pytest.raises(GraphSizeError, match=message):
        parser.parse_graph(content, media_type, BASE)
    assert parser.parse_graph(b"<> <../p> <2> .", TURTLE, BASE) == ONE


def test_what_takes_too_long() -> None:
    with Parser(ParserLimits(timeout=0.2, memory_mb=1024, max_nesting=9, max_expanded_bytes=10)) as parser:
        with pytest.raises(GraphSizeError, match=r"longer than 0\.2 s"):
            parser.parse_graph(b"".join(b"<a> <b> %d .\n" % i for i in range(500_000)), TURTLE, BASE)
        assert parser.parse_graph(b"<> <../p> <2> .", TURTLE, BASE) == ONE


def test_a_process_that_is_killed_is_replaced(parser: Parser) -> None:
    assert parser.parse_graph(b"", TURTLE, BASE) == b""
    assert parser._process
    os.kill(parser._process._child.process.pid, signal.SIGKILL)
    with pytest.raises(GraphSizeError, match="broke the process"):
        parser.parse_graph(b"", TURTLE, BASE)
    assert parser.parse_graph(b"<> <../p> <2> .", TURTLE, BASE) == ONE


def test_closed_twice() -> None:
    parser = Parser(ParserLimits(timeout=1, memory_mb=128, max_nesting=9, max_expanded_bytes=10))
    parser.close()
    assert parser.parse_graph(b"", TURTLE, BASE) == b""
    parser.close()
    parser.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://x/a", True),
        ("urn:x", True),
        ("http://x/%C3%A9?a=b#c", True),
        ("http://x/é", True),
        ("a", False),
        ("/a", False),
        ("", False),
        ("http://x/a b", False),
        ("http://x/%zz", False),
        ("http://x/\ue000", False),
        ("http://x/<", False),
        ("http://x/\ud800", False),
    ],
)
def test_names_of_graphs(text: str, expected: bool) -> None:
    assert is_graph_name(text) is expected


TOKENS = (
    b"<a>", b"<http://x/\xc3\xa9>", b"_:b", b"[", b"]", b"(", b")", b"a", b"1", b'"\\u0000"', b"'x'@en", b"'y'^^<d>",
    b".", b";", b",", b"true", b"<http://x/%zz>", b"<\\u0020>", b"# c\n", b"@prefix : <x#> .", b":a", b"'''\r\n'''",
    b"\xff",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TOKENS), max_size=12))
def test_what_is_read_the_index_takes(parser: Parser, tokens: list[bytes]) -> None:
    try:
        triples = parser.parse_graph(b"<s> <p> " + b" ".join(tokens) + b" .", TURTLE, BASE)
    except GraphError:
        return
    store = ox.Store()
    GraphStore(store).replace({BASE: triples})
    assert len(store) == 2 * len(triples.splitlines())


STRINGS = (
    "@id", "@type", "@value", "@language", "@list", "http://x/p", "a b", "_:b", "<", "http://x/ ", "en", "\u0000", "",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.sampled_from(STRINGS) | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(STRINGS), inner, max_size=3),
        max_leaves=8,
    )
)
def test_what_is_read_of_json_the_index_takes(parser: Parser, value: object) -> None:
    try:
        triples = parser.parse_graph(json.dumps({"@id": "s", "http://x/p": value}).encode(), JSONLD, BASE)
    except GraphError:
        return
    store = ox.Store()
    GraphStore(store).replace({BASE: triples})
    assert len(store) == 2 * len(triples.splitlines())
