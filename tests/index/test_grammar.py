import time

import pytest

from kg.errors import QueryRefusedError
from kg.index.grammar import is_update, query_kind, refuse_service

PROLOGUE = "# about\nBASE <http://x/#a>PREFIX : <http://x/> prefix select:<http://x/select#>\n# SELECT\n"


@pytest.mark.parametrize("prologue", ["", " \n", PROLOGUE])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {}", "solutions"),
        ("select*{}", "solutions"),
        ("ASK{}", "boolean"),
        ("Construct { ?s ?p ?o } WHERE {}", "graph"),
        ("DESCRIBE<http://x/a>", "graph"),
        ("INSERT DATA {}", None),
        ("", None),
        ("42", None),
    ],
)
def test_kind(prologue, text, kind):
    assert query_kind(prologue + text) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROLOGUE + "INSERT DATA {}", True),
        ("load <http://x/>", True),
        ("WITH <http://x/> DELETE {} WHERE {}", True),
        ("DROP ALL", True),
        ("SELECT (1 AS ?insert) {}", False),
        ("# INSERT\nASK {}", False),
    ],
)
def test_updates(text, expected):
    assert is_update(text) is expected


NO_SERVICES = [
    "SELECT ?service ?x { ?service ?p ?x }",
    "SELECT * { ?s <http://x/service> ?service . ?service ?p 'a service' }",
    "PREFIX x: <http://x/> SELECT * { GRAPH x:service { ?s x:service x:myservice } }",
    "SELECT * { ?s ?p 'civil service'@en } # SERVICE",
    'SELECT * { ?s ?p """the\nSERVICE: it""" }',
    "SELECT * { _:service ?p ?o }",
    "DESCRIBE <http://x/service> <http://x/b>",
]


def test_services_are_found(services):
    for text in services:
        with pytest.raises(QueryRefusedError):
            refuse_service(text)


@pytest.mark.parametrize("text", NO_SERVICES)
def test_the_word_alone_is_no_service(text):
    refuse_service(text)


@pytest.mark.parametrize("part", ["SERVICE<", "SERVICE#", "SERVICE ", "service # \n"])
def test_looking_for_services_stays_quick(part):
    start = time.perf_counter()
    for text in (part * 99 + "#" * 1_000_000, part * 99 + " " * 1_000_000):
        refuse_service(text)
    with pytest.raises(QueryRefusedError):
        refuse_service(part * 100_000)
    assert time.perf_counter() - start < 3
