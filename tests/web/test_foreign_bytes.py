"""What strangers send is read, or refused in the words of HTTP; nothing else comes of it."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zlib
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.sparql_text import to_iri, to_literal
from kg.web import protocol
from kg.web.admission import _client_of
from kg.web.graph_names import read_target
from kg.web.media_type import parse_media_type
from kg.web.multipart import read_parts
from kg.web.negotiation import GRAPHS, HTML, RESULTS, choose, find_by_name, parse_accept, split_suffix
from kg.web.payloads import TYPES, read_payloads
from kg.web.response_cache import _digest
from kg.web.table import Kind, Term, read_table, read_term
from kg.web.unpacking import unpack

HEADERS = st.text(st.characters(max_codepoint=255), max_size=200)
PIECES = st.sampled_from(
    [
        b"query=",
        b"update=",
        b"&",
        b"=",
        b"%",
        b"%41",
        b"%ff",
        b"%00",
        b"+",
        b"ASK{}",
        b"default-graph-uri=",
        b"x:y",
        b"named-graph-uri=",
        b"format=",
        b"\xff",
        b"\xed\xa0\x80",
        b";",
        b"default",
        b"graph=",
    ]
)
QUERY_STRINGS = st.one_of(st.lists(PIECES, max_size=12).map(b"".join), st.binary(max_size=60))
IRIS = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
MEDIA_TYPES = st.one_of(
    HEADERS,
    st.sampled_from([protocol.FORM, protocol.QUERY, protocol.UPDATE, *TYPES, "multipart/form-data; boundary=b"]),
)


@contextlib.contextmanager
def refused_at_most() -> Any:
    """Lets a refusal pass that blames whoever asked, and nothing else."""
    try:
        yield
    except HTTPException as error:
        assert 400 <= error.status_code < 500
        assert error.detail.encode()


@given(QUERY_STRINGS)
def test_any_query_string_is_read_or_refused(raw: bytes) -> None:
    with refused_at_most():
        asked = protocol.read_get(raw)
        assert asked.query is None or asked.query.encode().decode() == asked.query


@given(QUERY_STRINGS, QUERY_STRINGS, MEDIA_TYPES)
def test_any_post_is_read_or_refused(raw: bytes, body: bytes, content_type: str) -> None:
    given_type = parse_media_type(content_type)
    with refused_at_most():
        asked = protocol.read_post(raw, body, given_type.name, given_type.charset)
        assert asked.query is not None
        assert asked.query.encode().decode() == asked.query


@given(st.lists(st.tuples(st.sampled_from(["query", "format"]), IRIS)))
def test_what_is_encoded_comes_out(pairs: list[tuple[str, str]]) -> None:
    raw = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs).encode()
    assert protocol.parse_parameters(raw) == pairs


def test_a_form_of_escapes_alone_takes_no_more_memory_than_a_few_copies_of_it() -> None:
    raw = b"query=" + b"%41" * 1_000_000
    tracemalloc.start()
    try:
        assert protocol.parse_parameters(raw) == [("query", "A" * 1_000_000)]
        assert tracemalloc.get_traced_memory()[1] < 5 * len(raw)
    finally:
        tracemalloc.stop()


@given(
    st.one_of(
        HEADERS, st.lists(st.sampled_from(["text/html", "*/*", ";", "q=", "0.5", ",", "1", "text/*", "x"])).map("".join)
    )
)
def test_any_accept_header_has_an_answer(header: str) -> None:
    assert all(0 <= range_.quality <= 1 for range_ in parse_accept(header))
    for offers in ((*RESULTS, HTML), (*GRAPHS, HTML)):
        assert choose(header, offers) in (*offers, None)
        assert find_by_name([header], offers) in (*offers, None)
        name, format = split_suffix(header, offers)
        assert header == name + (format.suffix if format else "")


@given(
    st.binary(max_size=300),
    st.lists(st.sampled_from(["gzip", "deflate", "zstd", "identity", "br", "x", ""]), max_size=3),
)
def test_any_body_is_unpacked_or_refused(body: bytes, codings: list[str]) -> None:
    with refused_at_most():
        assert len(unpack(body, ",".join(codings), max_bytes=1000)) <= 1000


PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstandard.compress}


@given(st.lists(st.binary(max_size=100_000), min_size=1, max_size=4), st.sampled_from(["gzip", "zstd"]), st.data())
def test_what_is_packed_comes_out_and_what_is_cut_does_not(
    parts: list[bytes], coding: str, data: st.DataObject
) -> None:
    packed, whole = b"".join(map(PACKERS[coding], parts)), b"".join(parts)
    assert unpack(packed, coding, max_bytes=len(whole)) == whole
    cut = packed[: data.draw(st.integers(0, len(packed) - 1))]
    with refused_at_most():
        assert whole.startswith(unpack(cut, coding, max_bytes=len(whole)))


@given(
    MEDIA_TYPES,
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    b"--b",
                    b"--",
                    b"\r\n",
                    b"Content-Type: ",
                    b"text/turtle",
                    b"Content-Disposition: form-data; filename*=x''y",
                    b'"',
                    b";",
                ]
            ),
            max_size=15,
        ).map(b"".join),
    ),
)
@example("multipart/form-data; boundary=" + "b" * 300, b"")
@example("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; filename="\\\r\n\r\n\r\n--b--\r\n')
def test_any_payload_is_taken_apart_or_refused(content_type: str, body: bytes) -> None:
    with refused_at_most():
        assert all(payload.format in GRAPHS for payload in read_payloads(body, content_type, form=True))
    with refused_at_most():
        read_parts(body, content_type)


@given(QUERY_STRINGS, st.binary(max_size=30), HEADERS, st.sampled_from(["/graphs", "/graphs/", "/graphs/x"]))
def test_any_request_means_a_graph_or_is_refused(raw: bytes, rest: bytes, host: str, path: str) -> None:
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "server": ("127.0.0.1", 80), "root_path": "",
        "path": path + rest.decode("utf-8", "replace"), "raw_path": path.encode() + quote(rest).encode(),
        "query_string": quote(raw, safe=bytes(range(128))).encode(), "headers": [(b"host", host.encode("latin-1"))],
    }  # fmt: skip
    with refused_at_most():
        target = read_target(Request(scope), "http://localhost:8000/")
        assert target.iri is None or ox.NamedNode(target.iri)


TERMS = st.one_of(
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.sampled_from(["en", "de-CH", "zh-Hant-TW"]),
    ),
    st.builds(
        lambda text: ox.Literal(text, datatype=ox.NamedNode("http://x/t")),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    st.builds(ox.Literal, st.one_of(st.integers(), st.booleans(), st.floats())),
    st.text(st.characters(categories=["L", "N", "P"], exclude_characters='<>"{}|^`\\[]%#'), max_size=20).map(
        lambda text: ox.NamedNode("http://x/" + text)
    ),
    st.just(ox.BlankNode("b1")),
)


@given(st.lists(st.tuples(TERMS, TERMS), max_size=8), st.integers(1, 50))
def test_any_solution_of_the_engine_is_read(rows: list[tuple[Any, Any]], size: int) -> None:
    values = " ".join(
        "(" + " ".join("UNDEF" if isinstance(t, ox.BlankNode) else str(t) for t in row) + ")" for row in rows
    )
    solutions = ox.Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}")
    content = solutions.serialize(format=ox.QueryResultsFormat.TSV)  # type: ignore[union-attr]
    assert content is not None
    table = read_table(content[i : i + size] for i in range(0, len(content), size))
    assert table.columns == ("a", "b")
    assert [tuple(_show(term) for term in row) for row in table.rows] == [
        tuple(_expect(t) for t in row) for row in rows
    ]


def _show(term: Term | None) -> tuple[str, str] | None:
    return (term.value, term.kind.value) if term else None


def _expect(term: Any) -> tuple[str, str] | None:
    if isinstance(term, ox.BlankNode):
        return None
    return (term.value, (Kind.IRI if isinstance(term, ox.NamedNode) else Kind.LITERAL).value)


@given(st.text(max_size=40))
def test_any_cell_is_a_term(cell: str) -> None:
    assert read_term(cell).kind in Kind


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_go_into_a_query_as_they_are(words: str) -> None:
    solutions = ox.Store().query(f"SELECT ({to_literal(words)} AS ?x) {{}}")
    assert next(iter(solutions))["x"].value == words  # type: ignore[union-attr, arg-type, call-overload]


@given(st.text())
def test_no_words_leave_an_iri(words: str) -> None:
    with contextlib.suppress(ValueError):
        iri = to_iri(words)
        assert iri.count("<") == iri.count(">") == 1
        assert not set(iri) & set(' \n"{}')


@given(st.one_of(st.none(), st.tuples(st.one_of(st.text(max_size=40), st.ip_addresses().map(str)), st.integers())))
def test_any_client_is_one_client(client: tuple[str, int] | None) -> None:
    assert _client_of({"client": client}) == _client_of({"client": client})


REQUESTS = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["GET", "POST"]),
        "path": st.text(max_size=5),
        "query_string": st.binary(max_size=5),
        "headers": st.lists(
            st.tuples(st.sampled_from([b"accept", b"host", b"origin", b"content-type"]), st.binary(max_size=4)),
            max_size=3,
        ),
    }
)


@given(REQUESTS, REQUESTS, st.binary(max_size=4), st.binary(max_size=4))
def test_different_requests_have_different_keys(one: Any, other: Any, body: bytes, other_body: bytes) -> None:
    from_one, from_other = _key(one, body), _key(other, other_body)
    assert (from_one == from_other) == (_meaning(one, body) == _meaning(other, other_body))


def _key(scope: Any, body: bytes) -> bytes:
    return _digest(1, scope, Request({"type": "http", **scope}).headers, body)


def _meaning(scope: Any, body: bytes) -> Any:
    """All that an answer may depend on, several headers of a name as the one that they mean."""
    names = ("accept", "host", "origin", "content-type", "accept-encoding")
    headers = [b",".join(value for own, value in scope["headers"] if own == name.encode()) for name in names]
    return scope["method"], scope["path"], scope["query_string"], headers, body
