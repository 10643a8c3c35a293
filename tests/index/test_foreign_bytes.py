"""Queries and graphs that strangers send: read as the engine reads them, or refused; no process hangs or goes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import GraphError, QueryError, QueryRefusedError, QueryRowsError
from kg.index import grammar
from kg.index.answer import GRAPH_TYPES, RESULT_TYPES
from kg.index.nesting import refuse_depth
from kg.index.parser import Parser, ParserLimits
from kg.index.parsing import refuse_service
from kg.index.rows import RowCounter

WORDS = st.sampled_from(
    [
        "SELECT * {",
        "ASK {",
        "}",
        "{",
        "(",
        ")",
        "SERVICE",
        "service",
        "SILENT",
        "<x:y>",
        "?service",
        "$s",
        "x:service",
        ":",
        "PREFIX x: <x:>",
        "'SERVICE <x:> {'",
        '"""service"""',
        "# SERVICE <x:> {\n",
        "#",
        "\n",
        " ",
        "\\u0053ERVICE",
        ".",
        ";",
        "\\",
        '"',
        "'",
        '"""',
        "?s ?p ?o",
        "[",
        "]",
        "UNION",
        "FILTER",
        "EXISTS",
        "GRAPH ?g",
        "<",
        ">",
        "<service>",
        "xervice",
    ]
)
QUERIES = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=14).map("".join), st.text(max_size=60)
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
# A port where nobody listens: what would be evaluated could not go far.
NOWHERE = "http://127.0.0.1:9/"


@given(QUERIES)
@example("SELECT * { SERVICE <x:y> {} }")
@example("SELECT * { \\u0053ERVICE <x:y> {} }")
@example("SELECT ?service { ?service ?p 'SERVICE <x:y> {}' }")
def test_service_is_refused_wherever_the_engine_sees_one(text: str) -> None:
    """What is let through has no SERVICE clause: with the keyword broken the engine takes it all the same."""
    try:
        refuse_service(text, NOWHERE, {})
    except QueryError:
        return
    parsed = _parses(text)
    assert parsed == _parses(re.sub("service", "xervice", text, flags=re.IGNORECASE))


@given(QUERIES)
def test_what_has_no_service_is_not_refused_for_it(text: str) -> None:
    plain = re.sub("service", "xervice", text, flags=re.IGNORECASE)
    try:
        refuse_service(text, NOWHERE, {})
    except QueryRefusedError:
        assert not _parses(plain)
    except QueryError:
        assert not _parses(plain)


def _parses(text: str) -> bool:
    try:
        ox.Store().query(text, base_iri=NOWHERE)
    except (SyntaxError, ValueError):
        return False
    except (OSError, RuntimeError):  # it parses, and calls
        return True
    return True


@given(QUERIES)
def test_the_grammar_reads_anything(text: str) -> None:
    grammar.query_kind(text)
    assert grammar.is_update(text) in (True, False)
    for refuse in (grammar.refuse_service, grammar.refuse_update):
        try:
            refuse(text)
        except QueryRefusedError as error:
            assert str(error)


@given(st.integers(0, 60), st.sampled_from(["{}", "()", "[]"]), TEXTS, st.integers(1, 40))
def test_depth_is_that_of_the_brackets(depth: int, pair: str, text: str, most: int) -> None:
    plain = re.sub(r'["\\\r\n]', "", text)
    strings = f'"{plain}" # {plain}\n'
    query = strings + pair[0] * depth + strings + pair[1] * depth
    try:
        refuse_depth(query, most)
    except QueryError:
        assert depth > most
    else:
        assert depth <= most


@given(QUERIES)
def test_depth_of_anything_is_found(text: str) -> None:
    try:
        refuse_depth(text, 3)
    except QueryError as error:
        assert "3 levels" in str(error)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    limits = ParserLimits(timeout=5, memory_mb=256, max_nesting=20, max_expanded_bytes=1_000_000)
    with Parser(limits) as parser:
        yield parser


TURTLE = st.sampled_from(
    [
        b"<a>",
        b"<p>",
        b'"x"',
        b"@en",
        b"^^",
        b".",
        b";",
        b",",
        b"[",
        b"]",
        b"(",
        b")",
        b"@prefix : <x:> .",
        b"_:b",
        b"1.0",
        b"true",
        b"'''",
        b"\\u0041",
        b"<<",
        b">>",
        b"{",
        b"}",
        b"#",
        b"\n",
        b"\xff",
        b"\x00",
        b":a",
    ]
)
XML = st.sampled_from(
    [
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='x:'>",
        b"</rdf:RDF>",
        b"<x:a>",
        b"</x:a>",
        b"<!DOCTYPE x [",
        b"<!ENTITY e 'x'>",
        b"<!ENTITY f '&e;&e;'>",
        b"<!ENTITY g SYSTEM 'http://127.0.0.1:9/'>",
        b"]>",
        b"&f;",
        b"&g;",
        b"<![CDATA[",
        b"]]>",
        b"<?x",
        b"?>",
        b"<x:a rdf:resource='y'/>",
        b"rdf:parseType='Literal'",
        b"\xff",
        b"&#0;",
    ]
)
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.sampled_from([NOWHERE, "_:b", "x:y", "@type"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "@id",
                    "@type",
                    "@context",
                    "@graph",
                    "@value",
                    "@list",
                    "@set",
                    "@reverse",
                    "@import",
                    "@language",
                    "@vocab",
                    "@base",
                    "@included",
                    "@nest",
                    "@index",
                    "x:p",
                    "a",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=15,
)
GRAPHS = st.one_of(
    st.tuples(st.sampled_from(["text/turtle", "application/n-triples"]), st.lists(TURTLE, max_size=15).map(b" ".join)),
    st.tuples(st.just("application/rdf+xml"), st.lists(XML, max_size=15).map(b"".join)),
    st.tuples(st.just("application/ld+json"), VALUES.map(lambda value: json.dumps(value).encode())),
    st.tuples(st.sampled_from(GRAPH_TYPES), st.binary(max_size=80)),
)


@given(GRAPHS)
def test_any_document_is_a_graph_or_an_error(parser: Parser, document: tuple[str, bytes]) -> None:
    media_type, content = document
    try:
        triples = parser.parse_graph(content, media_type, "http://x/graphs/1")
    except GraphError as error:
        assert "\n" not in str(error)
        assert "broke the process" not in str(error)
        assert "took longer" not in str(error)
    else:
        lines = triples.splitlines(keepends=True)
        assert lines == sorted(set(lines))
        assert ox.Store().load(triples, format=ox.RdfFormat.N_TRIPLES) is None


CELLS = st.one_of(
    st.none(),
    st.one_of(TEXTS, st.sampled_from(['"}},{', "{},", "<result>", "</result>", "\r\n", "\n", '"bindings":[{', ","])),
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=12), st.sampled_from(RESULT_TYPES), st.integers(1, 40))
def test_rows_are_never_counted_too_low(rows: list[tuple[str | None, str | None]], media_type: str, size: int) -> None:
    content = _solutions(rows, media_type)
    counter = RowCounter(media_type, 10_000)
    for start in range(0, len(content), size):
        counter.pass_on(content[start : start + size])
    assert counter.rows >= len(rows)
    if media_type in ("text/tab-separated-values", "application/sparql-results+xml"):
        assert counter.rows == len(rows)


@given(st.integers(0, 30), st.integers(1, 20), st.sampled_from(RESULT_TYPES))
def test_rows_of_plain_words_are_counted_right(count: int, most: int, media_type: str) -> None:
    counter = RowCounter(media_type, most)
    content = _solutions([(f"v{i}", None) for i in range(count)], media_type)
    if count > most:
        with pytest.raises(QueryRowsError):
            counter.pass_on(content)
    else:
        counter.pass_on(content)
        assert counter.rows == count


def _solutions(rows: list[tuple[str | None, str | None]], media_type: str) -> bytes:
    def write(value: str | None) -> str:
        return "UNDEF" if value is None else str(ox.Literal(value))

    values = " ".join(f"({write(a)} {write(b)})" for a, b in rows)
    found = ox.Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}")
    return found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)) or b""  # type: ignore[union-attr, arg-type]
