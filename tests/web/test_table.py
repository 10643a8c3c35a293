from __future__ import annotations

import pytest

from kg.web.table import Kind, Table, Term, read_table, read_term


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("<http://example.org/é>", Term("http://example.org/é", Kind.IRI)),
        ("_:b0", Term("b0", Kind.BLANK)),
        ('"a"', Term("a", Kind.LITERAL)),
        ('"a"@en-GB', Term("a", Kind.LITERAL, language="en-GB")),
        ('"2018"^^<http://t/gYear>', Term("2018", Kind.LITERAL, datatype="http://t/gYear")),
        ("5.5", Term("5.5", Kind.LITERAL)),
        ("true", Term("true", Kind.LITERAL)),
        (r'"a\tb\n\"c\" \\n \u00E9 \U0001F642"', Term('a\tb\n"c" \\n é 🙂', Kind.LITERAL)),
        ('"x"@en" "', Term('x"@en" ', Kind.LITERAL)),
    ],
)
def test_read_term(cell: str, term: Term) -> None:
    assert read_term(cell) == term


def test_read_table_over_chunk_borders() -> None:
    content = b"?a\t?b\n<i>\t\n\t1\n"
    expected = Table(("a", "b"), ((Term("i", Kind.IRI), None), (None, Term("1", Kind.LITERAL))))
    assert read_table(content[i : i + 1] for i in range(len(content))) == expected
    assert [dict(row) for row in expected.as_mappings()] == [
        {"a": Term("i", Kind.IRI)},
        {"b": Term("1", Kind.LITERAL)},
    ]


@pytest.mark.parametrize(("limit", "rows", "truncated"), [(1, 1, True), (2, 2, False), (None, 2, False)])
def test_read_table_stops(limit: int | None, rows: int, truncated: bool) -> None:
    table = read_table([b"?a\n1\n2\n"], limit=limit)
    assert (len(table.rows), table.truncated) == (rows, truncated)


def test_read_table_without_variables() -> None:
    assert read_table([b"\n\n\n"]) == Table((), ((), ()))
