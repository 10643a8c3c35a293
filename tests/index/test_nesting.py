from __future__ import annotations

import time
from contextlib import suppress

import pytest

from kg.errors import QueryNestingError
from kg.index.nesting import refuse_depth


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("SELECT * { ?s ?p ?o }", 1),
        ("SELECT * { { { } } { } }", 3),
        ("SELECT (((1)) AS ?x) { }", 3),
        ("SELECT * { ?s ?p [ ?q ( 1 [ ] ) ] }", 4),
        ("SELECT * { ?s ?p '((((((' }", 1),
        (r'SELECT * { ?s ?p "((\"((((" }', 1),
        ("SELECT * { ?s ?p '''(( ' \" '' (( ''' }", 1),
        ("SELECT * { ?s ?p ?o } # ((((((", 1),
        ("SELECT * { ?s <http://x/((((> ?o }", 1),
        (r"SELECT * { ?s x:\(\(\( ?o FILTER(?a<?b) }", 2),
        ("))))) SELECT * { }", 1),
        ("SELECT * { ?s ?p '(((", 4),
    ],
)
def test_depth_is_that_of_brackets_that_are_brackets(text, depth):
    refuse_depth(text, depth)
    with pytest.raises(QueryNestingError, match=f"more than {depth - 1} levels"):
        refuse_depth(text, depth - 1)


@pytest.mark.parametrize(
    "text",
    ["(" * 5_000_000, "()" * 500_000, '"""' * 300_000, "'''\\" * 300_000, "<" * 900_000],
    ids=["open", "pairs", "long strings", "escapes", "less than"],
)
def test_it_takes_no_long_look(text):
    start = time.perf_counter()
    with suppress(QueryNestingError):
        refuse_depth(text, 50)
    assert time.perf_counter() - start < 5
