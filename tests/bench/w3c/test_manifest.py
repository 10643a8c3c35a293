"""Manifests, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from w3c.manifest import WEB, Copy
from w3c.types import Expected, GraphData

HEAD = """
@prefix : <http://example.org/manifest#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix dawgt: <http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
@prefix cnt: <http://www.w3.org/2011/content#> .
"""


def write(root: Path, **files: str) -> Copy:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Copy(root)


def test_a_query_test_has_its_graphs_and_those_that_the_query_names(tmp_path: Path) -> None:
    manifest = """<> mf:entries ( :one ) .
        :one a mf:QueryEvaluationTest ; mf:name "One" ; mf:result <one.srx> ; mf:resultCardinality mf:LaxCardinality ;
          mf:action [ qt:query <one.rq> ; qt:data <d.ttl> ; qt:graphData <g.ttl> ,
            [ qt:graph <h.ttl> ; rdfs:label "http://example.org/h" ] ] ."""
    query = "SELECT * FROM <d.ttl> from named <g.ttl> FROM NAMED <http://example.org/elsewhere> FROM <none.ttl> {}"
    copy = write(tmp_path, a__m_ttl=HEAD + manifest, a__one_rq=query, a__d_ttl="", a__g_ttl="", a__h_ttl="")
    (test,) = copy.query_tests("a/m.ttl")
    assert (test.iri, test.name, test.lax) == ("http://example.org/manifest#one", "One", True)
    assert (test.query, test.result) == (f"{WEB}a/one.rq", f"{WEB}a/one.srx")
    assert set(test.data) == {
        GraphData(f"{WEB}a/d.ttl"),
        GraphData(f"{WEB}a/g.ttl", f"{WEB}a/g.ttl"),
        GraphData(f"{WEB}a/h.ttl", "http://example.org/h"),
        GraphData(f"{WEB}a/d.ttl", f"{WEB}a/d.ttl"),
    }
    assert copy.read(test.query).decode() == query


@pytest.mark.parametrize(
    ("kind", "approval", "count"),
    [
        ("mf:QueryEvaluationTest", "dawgt:Approved", 1),
        ("mf:CSVResultFormatTest", "dawgt:Proposed", 1),
        ("mf:QueryEvaluationTest", "dawgt:Withdrawn", 0),
        ("mf:PositiveSyntaxTest11", "dawgt:Approved", 0),
    ],
)
def test_only_evaluation_that_still_stands(tmp_path: Path, kind: str, approval: str, count: int) -> None:
    entry = f":one a {kind} ; dawgt:approval {approval} ; mf:action [ qt:query <one.rq> ] ; mf:result <one.srx> ."
    copy = write(tmp_path, m_ttl=f"{HEAD}<> mf:entries ( :one ) . {entry}", one_rq="ASK {}")
    assert len(copy.query_tests("m.ttl")) == count


def test_what_a_manifest_includes_but_for_a_folder(tmp_path: Path) -> None:
    entry = HEAD + "<> mf:entries ( :one ) . :one a mf:QueryEvaluationTest ; mf:action <one.rq> ."
    files = {f"{folder}__m_ttl": entry.replace(":one", f":{folder}") for folder in ("old", "new")}
    files |= {f"{folder}__one_rq": "ASK {}" for folder in ("old", "new")}
    copy = write(tmp_path, m_ttl=HEAD + "<> mf:include ( <old/m.ttl> <new/m.ttl> ) .", **files)
    assert [test.query for test in copy.query_tests("m.ttl")] == [f"{WEB}old/one.rq", f"{WEB}new/one.rq"]
    assert [test.query for test in copy.query_tests("m.ttl", without="old/")] == [f"{WEB}new/one.rq"]


def test_requests_in_order_with_what_is_expected(tmp_path: Path) -> None:
    manifest = """<> mf:entries ( :one ) .
        :one a mf:ProtocolTest ; mf:name "One" ;
          ut:graphData [ ut:graph <d.nt> ; rdfs:label "http://example.org/d" ] ;
          mf:action [ a ht:Connection ; ht:requests (
            [ ht:methodName "POST" ; ht:absolutePath "/sparql/" ;
              ht:headers ( [ ht:fieldName "Content-Type" ; ht:fieldValue "text/plain" ] ) ;
              ht:body [ cnt:characterEncoding "UTF-16" ; cnt:chars "A" ] ;
              ht:resp [ mf:expectedStatus ht:StatusCode4xx ] ]
            [ ht:methodName "GET" ; ht:absolutePath "/gsp?graph=$L$" ;
              ht:resp [ mf:expectedStatus hts:OK, hts:NoContent ; mf:expectedFormat "boolean" ;
                mf:expectedBoolean false ; mf:expectedLocation "$L$" ; mf:expectation "in words" ;
                ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue "text/turtle; charset=utf-8" ] ) ;
                ht:body [ cnt:characterEncoding "UTF-8" ; cnt:chars "<a> <b> <c> ." ] ] ] ) ] ."""
    (test,) = write(tmp_path, m_ttl=HEAD + manifest).request_tests("m.ttl")
    first, second = test.requests
    assert test.data == (GraphData(f"{WEB}d.nt", "http://example.org/d"),)
    assert (first.method, first.path, first.headers) == ("POST", "/sparql/", (("content-type", "text/plain"),))
    assert first.body == "A".encode("utf-16") and first.body[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert first.expected == Expected(statuses=("4xx",))
    assert (second.path, second.headers, second.body) == ("/gsp?graph=$L$", (), None)
    assert second.expected == Expected(
        statuses=("NoContent", "OK"),
        form="boolean",
        boolean=False,
        remark="in words",
        media_type="text/turtle",
        body="<a> <b> <c> .",
        location="$L$",
    )
