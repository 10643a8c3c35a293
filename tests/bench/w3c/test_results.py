"""Answers, read."""

from __future__ import annotations

import pytest

from w3c.comparison import difference
from w3c.results import SUFFIXES, read_answer

RS = "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .\n"


def read(text: str, suffix: str = "ttl") -> object:
    return read_answer(text.encode(), SUFFIXES[suffix], "http://example.org/")


def rows(*values: str) -> str:
    """Solutions of ?x and ?y in TSV."""
    return "\n".join(["?x\t?y", *values]) + "\n"


def test_a_result_set_that_is_a_graph() -> None:
    text = """[] a rs:ResultSet ; rs:resultVariable "x", "y" ;
      rs:solution [ rs:binding [ rs:variable "x" ; rs:value 1 ] ],
                  [ rs:binding [ rs:variable "x" ; rs:value _:a ], [ rs:variable "y" ; rs:value _:a ] ] ."""
    assert difference(read(RS + text), read(rows("_:n\t_:n", "1\t"), "tsv")) is None
    assert read(RS + "[] a rs:ResultSet ; rs:boolean true .") is True
    assert read(RS + "[] a rs:ResultSet ; rs:boolean false .") is False


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<a> <b>", "text/turtle"),
        ("{", "application/sparql-results+json"),
        ("<a/>", "text/html"),
        ("", ""),
        ("a,b\n1\n", "text/csv"),
    ],
)
def test_what_is_no_answer(text: str, media_type: str) -> None:
    with pytest.raises(ValueError, match=r"no format|no media type|not well-formed|shorter|longer"):
        read_answer(text.encode(), media_type)
