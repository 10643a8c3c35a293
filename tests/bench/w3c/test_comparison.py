"""Answers, compared."""

from __future__ import annotations

import pytest

from w3c.comparison import difference
from w3c.results import SUFFIXES, Solutions, read_answer

RS = "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .\n"


def read(text: str, suffix: str = "ttl") -> object:
    return read_answer(text.encode(), SUFFIXES[suffix], "http://example.org/")


def rows(*values: str) -> str:
    """Solutions of ?x and ?y in TSV."""
    return "\n".join(["?x\t?y", *values]) + "\n"


SAME = [
    ("tsv", rows("<a:a>\t1", "<a:b>\t2"), rows("<a:b>\t2", "<a:a>\t1")),
    ("tsv", rows("_:a\t_:b", "_:b\t_:a"), rows("_:q\t_:r", "_:r\t_:q")),
    ("tsv", rows("_:a\t", "_:b\t"), rows("_:c\t", "_:d\t")),
    ("tsv", rows("1.0\t1e0", "true\t"), rows("1.00\t1.0E0", '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>\t')),
    ("tsv", rows('"a"@EN\t"b"'), rows('"a"@en\t"b"^^<http://www.w3.org/2001/XMLSchema#string>')),
    ("csv", "x,y\r\n_:a,1.0E6\r\n", "x,y\r\n_:b,1000000\r\n"),
    ("ttl", "[] <a:p> [] .", "_:x <a:p> _:y ."),
    ("ttl", "<s> <a:p> 01, 1.50 .", "<s> <a:p> 1, 1.5 ."),
    ("srj", '{"head": {}, "boolean": true}', '{"boolean": true, "head": {}}'),
]


@pytest.mark.parametrize(("suffix", "one", "other"), SAME)
def test_the_same(suffix: str, one: str, other: str) -> None:
    assert difference(read(one, suffix), read(other, suffix)) is None


DIFFERENT = [
    ("tsv", rows("<a:a>\t1"), rows("<a:a>\t1", "<a:a>\t1"), "expected 1 solutions, got 2; missing none; too many"),
    ("tsv", rows("_:a\t_:a"), rows("_:a\t_:b"), "expected 1 solutions, got 1"),
    ("tsv", rows("_:a\t_:b", "_:b\t_:a"), rows("_:a\t_:b", "_:c\t_:d"), "expected 2 solutions, got 2"),
    ("tsv", rows("1\t"), rows("1.0\t"), "missing {?x = "),
    ("tsv", rows('"a"@en\t'), rows('"a"\t'), "missing {?x = "),
    ("tsv", rows("1\t"), rows("\t1"), "missing {?x = "),
    ("tsv", "?x\n1\n", "?y\n1\n", "expected variables ['x'], got ['y']"),
    ("tsv", rows('"01"\t'), rows('"1"\t'), "missing {?x = "),
    ("csv", "x\r\na\r\n", "x\r\nb\r\n", "missing {?x = "),
    ("ttl", "[] <a:p> [] .", "_:x <a:p> _:x .", "another graph: expected 1 triples, got 1"),
    ("srj", '{"head": {}, "boolean": true}', '{"head": {}, "boolean": false}', "expected true, got false"),
]


@pytest.mark.parametrize(("suffix", "one", "other", "message"), DIFFERENT)
def test_not_the_same(suffix: str, one: str, other: str, message: str) -> None:
    found = difference(read(one, suffix), read(other, suffix))
    assert found is not None and message in found


def test_kinds_of_answers_are_told_apart() -> None:
    graph, solutions, boolean = read("<a:a> <a:b> 1 ."), read(rows("1\t"), "tsv"), read('{"boolean": true}', "srj")
    assert difference(graph, solutions) == "expected a graph, got solutions"
    assert difference(solutions, boolean) == "expected solutions, got a boolean"
    assert difference(boolean, graph) == "expected a boolean, got a graph"


def test_order_counts_where_it_is_numbered() -> None:
    numbered = """[] a rs:ResultSet ; rs:resultVariable "x" ;
      rs:solution [ rs:index 2 ; rs:binding [ rs:variable "x" ; rs:value "b" ] ],
                  [ rs:index 1 ; rs:binding [ rs:variable "x" ; rs:value "a" ] ] ."""
    expected = read(RS + numbered)
    assert isinstance(expected, Solutions) and expected.ordered
    assert difference(expected, read('?x\n"a"\n"b"\n', "tsv")) is None
    assert difference(expected, read('?x\n"b"\n"a"\n', "tsv")) == "the solutions in another order"


@pytest.mark.parametrize(("found", "same"), [("1 1 2", True), ("1 2", True), ("1 1 1 2", False), ("1 1", False)])
def test_reduced_may_drop_what_comes_twice(found: str, same: bool) -> None:
    lines = "?x\n" + found.replace(" ", "\n") + "\n"
    assert (difference(read("?x\n1\n1\n2\n", "tsv"), read(lines, "tsv"), lax=True) is None) is same
