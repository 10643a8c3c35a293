from __future__ import annotations

import json
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assistant import solutions
from kg.assistant.solutions import read_boolean, read_solutions
from kg.errors import IndexStoreError, QueryMemoryError

TERMS = st.one_of(
    st.builds(lambda value: {"type": "uri", "value": value}, st.text()),
    st.builds(lambda value: {"type": "literal", "value": value, "xml:lang": "en"}, st.text()),
)


def chunked(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


def write(names: list[str], bindings: list[dict[str, Any]], **options: Any) -> bytes:
    document = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, **options).encode()


@given(
    bindings=st.lists(st.dictionaries(st.sampled_from(["a", "b"]), TERMS)),
    size=st.integers(1, 200),
    indent=st.sampled_from([None, 2]),
)
def test_rows_are_read_however_they_come(bindings: list[dict[str, Any]], size: int, indent: int | None) -> None:
    solutions = read_solutions(chunked(write(["a", "b"], bindings, indent=indent), size))
    expected = [tuple(row[name]["value"] if name in row else None for name in ("a", "b")) for row in bindings]
    assert (solutions.columns, list(solutions.rows)) == (("a", "b"), expected)


def test_no_more_is_read_than_is_asked_for() -> None:
    pieces = iter([write(["a"], [{"a": {"type": "uri", "value": str(n)}} for n in range(9)])[:150], *[b"x"] * 3])
    assert list(islice(read_solutions(pieces).rows, 2)) == [("0",), ("1",)]
    assert len(list(pieces)) == 3


def test_blank_nodes_and_quoted_triples_are_written_out() -> None:
    triple = {"subject": {"type": "uri", "value": "s"}}
    row = {"a": {"type": "bnode", "value": "b0"}, "b": {"type": "triple", "value": triple}}
    assert list(read_solutions([write(["a", "b"], [row])]).rows) == [("_:b0", json.dumps(triple))]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>no</html>",
        b'{"head": {}, "results": {"bindings": []}}',
        b'{"head": {"vars": "x"}, "results": {"bindings": []}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri"}}]}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": 1}]}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "a"}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [nothing]}}',
        b'{"boolean": true}',
    ],
)
def test_what_is_no_answer_is_told_in_one_line(content: bytes) -> None:
    with pytest.raises(IndexStoreError, match="does not answer as a SPARQL"):
        list(read_solutions(chunked(content, 7)).rows)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"true"])
def test_what_is_no_boolean_is_told_in_one_line(content: bytes) -> None:
    with pytest.raises(IndexStoreError, match="does not answer as a SPARQL"):
        read_boolean([content])


def test_a_row_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solutions, "MOST_CHARACTERS", 1_000)
    content = write(["a"], [{"a": {"type": "literal", "value": "x" * 5_000}}])
    with pytest.raises(QueryMemoryError, match="more than"):
        list(read_solutions(chunked(content, 100)).rows)


def test_a_long_row_is_read_in_time_that_grows_with_it() -> None:
    content = write(["a"], [{"a": {"type": "literal", "value": "x" * 5_000_000}}])
    ((value,),) = read_solutions(chunked(content, 65_536)).rows
    assert value is not None and len(value) == 5_000_000
