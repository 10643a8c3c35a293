"""What a confused or hostile model may send: it gets one clear line or an empty list, and nothing else happens."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conftest import BASE, Call, answer_of, error_of

TOOLS = ("find_entity", "list_events", "list_statements", "get_evidence", "describe", "query", "schema")


@pytest.mark.parametrize(
    "tool, arguments, message",
    [
        ("find_entity", {}, "name: this argument is needed"),
        ("find_entity", {"name": ""}, "name: string should have at least 1 character"),
        ("find_entity", {"name": " "}, "name: string should have at least 1 character"),
        ("find_entity", {"name": "x" * 501}, "name: string should have at most 500 characters"),
        ("find_entity", {"name": ["x"]}, "name: input should be a valid string"),
        ("find_entity", {"name": "x", "type": "planet"}, "type: input should be 'state', 'organization'"),
        ("find_entity", {"name": "x", "limit": 0}, "limit: input should be greater than or equal to 1"),
        ("list_events", {"limit": 51}, "limit: input should be less than or equal to 50"),
        ("list_events", {"limit": "many"}, "limit: input should be a valid integer"),
        ("list_events", {"category": "WAR"}, "category: input should be 'ACCUSE', 'AGREE'"),
        ("list_events", {"quad_class": "conflict"}, "quad_class: input should be 'material-conflict'"),
        ("list_events", {"from": "2024"}, "from: there is no such argument; there are: actor, recipient"),
        ("list_events", {"since": "last week"}, "since: 'last week' is no date; write it as 2024-01-31"),
        ("list_events", {"since": "2024-02-30"}, "since: '2024-02-30' is no date"),
        ("list_events", {"since": "2024-13"}, "since: '2024-13' is no date"),
        ("list_events", {"since": "2024", "until": "2023-12"}, "since 2024 is after until 2023-12"),
        ("list_events", {"cursor": "next"}, "cursor: this is not what `next` said"),
        ("list_events", {"cursor": "W10="}, "cursor: this is not what `next` said"),
        ("list_events", {"cursor": "IzF9"}, "cursor: this is not what `next` said"),
        ("list_statements", {"stance": "condemned"}, "stance: input should be 'accuses'"),
        ("list_statements", {"actor": "USA"}, "actor: there is no such argument; there are: speaker, stance"),
        ("get_evidence", {"iri": "Sullivan"}, "iri: 'Sullivan' is no IRI"),
        ("get_evidence", {"iri": "http://x/> ?p ?o } #"}, "is no IRI"),
        ("describe", {"iri": "no colon"}, "is no IRI"),
        ("describe", {}, "iri: this argument is needed"),
        ("query", {"sparql": "SELECT ?x WHERE {\n  ?x kg:foo }"}, "line 2, column 13"),
        ("query", {"sparql": "hello"}, "line 1, column"),
        ("query", {"sparql": "SELECT * WHERE { ?a foo:bar ?b }"}, "line 1, column"),
        ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "DELETE is a SPARQL update"),
        ("query", {"sparql": "INSERT DATA { <a:b> <a:b> <a:b> }"}, "INSERT is a SPARQL update"),
        ("query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE is never evaluated"),
        ("query", {"sparql": "SELECT * " + "{" * 200 + "}" * 200}, "nested"),
        ("query", {"sparql": "SELECT * {}", "limit": 501}, "limit: input should be less than or equal to 500"),
        ("query", {"sparql": "x" * 20_001}, "sparql: string should have at most 20000 characters"),
        ("schema", {"part": "all"}, "part: there is no such argument; there are: none"),
    ],
)
def test_what_cannot_be_used_gets_one_clear_line(
    call: Call, tool: str, arguments: dict[str, Any], message: str
) -> None:
    assert message in error_of(call(tool, **arguments))


INJECTIONS = (
    '" } } SELECT * WHERE { ?s ?p ?o } #',
    "\\",
    '\\" ) || true || ("',
    "> . ?s ?p ?o . #",
    "a\nb\r\tc",
    "{}{{%s}}{0}",
    "service <http://127.0.0.1/> { ?s ?p ?o }",
    "\x00",
    "' OR '1'='1",
    "*",
    '"" OR NOT x',
    "NEAR(a b)",
    "\u202e\U0001f600",
)


@pytest.mark.parametrize("words", INJECTIONS)
@pytest.mark.parametrize(
    "tool, argument",
    [
        ("find_entity", "name"),
        ("list_events", "actor"),
        ("list_events", "recipient"),
        ("list_events", "participant"),
        ("list_events", "containing"),
        ("list_events", "article"),
        ("list_statements", "speaker"),
        ("list_statements", "about"),
        ("list_statements", "addressee"),
        ("list_statements", "containing"),
    ],
)
def test_words_of_a_query_language_are_words(call: Call, tool: str, argument: str, words: str) -> None:
    answer = answer_of(call(tool, **{argument: words}))
    assert (answer["shown"], answer["total"]) == (0, 0) and answer["hint"]


@pytest.mark.parametrize("iri", ["http://x/y", "urn:x", "a:b", f"{BASE}state/NOWHERE", "javascript:alert(1)"])
@pytest.mark.parametrize("tool", ["get_evidence", "describe"])
def test_an_unknown_iri_is_told_as_such(call: Call, tool: str, iri: str) -> None:
    assert "says nothing of this IRI" in answer_of(call(tool, iri=iri))["hint"]


def test_an_iri_that_nobody_has_is_nobody(call: Call) -> None:
    answer = answer_of(call("list_events", actor="http://x/y"))
    assert answer["total"] == 0 and answer["hint"]
    assert answer_of(call("find_entity", name="http://x/y"))["total"] == 0
    assert answer_of(call("find_entity", name="http://x/> <y"))["total"] == 0


def test_a_cursor_belongs_to_its_question(call: Call) -> None:
    cursor = answer_of(call("list_events", limit=1))["next"]
    assert answer_of(call("list_events", limit=2, cursor=cursor))["shown"] == 2
    assert "cursor" in error_of(call("list_events", category="AID", cursor=cursor))
    assert "cursor" in error_of(call("list_statements", cursor=cursor))


@given(words=st.text(min_size=1, max_size=60))
def test_any_words_are_looked_up(call: Call, words: str) -> None:
    if words.strip():
        answer_of(call("find_entity", name=words))
        answer_of(call("list_events", actor=words, limit=1))
