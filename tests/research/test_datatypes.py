"""Columns take their types from the datatypes of the answer, and from nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import polars
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.research.datatypes import type_columns
from kg.research.frames import Kind, TypedColumn, make_frame

XSD = "http://www.w3.org/2001/XMLSchema#"
JSON = ox.QueryResultsFormat.JSON
STORE = ox.Store()
MISSING = "UNDEF"
UTC = dt.UTC


def lit(datatype: str, *values: str) -> list[str]:
    return [str(ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))) for value in values]


def type_column(terms: Sequence[str]) -> TypedColumn:
    found = STORE.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {' '.join(terms)} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    answer = ox.parse_query_results(found.serialize(format=JSON) or b"", format=JSON)
    assert isinstance(answer, ox.QuerySolutions)
    (column,) = type_columns(answer)
    return column


CASES: list[tuple[list[str], str, list[Any]]] = [
    (lit("integer", "1", "-2"), "Int64", [1, -2]),
    ([*lit("nonNegativeInteger", "1"), MISSING], "Int64", [1, None]),
    ([*lit("integer", "1"), *lit("decimal", "2.5")], "float64", [1.0, 2.5]),
    ([*lit("double", "1e3"), *lit("float", "INF")], "float64", [1000.0, float("inf")]),
    ([*lit("boolean", "true", "0"), MISSING], "boolean", [True, False, None]),
    ([*lit("date", "2024-01-05", "2024-01-05Z"), MISSING], "datetime64[s]",
     [dt.date(2024, 1, 5), dt.date(2024, 1, 5), None]),
    (lit("date", "0001-01-01"), "datetime64[s]", [dt.date(1, 1, 1)]),
    (lit("dateTime", "2024-01-05T12:00:00Z", "2024-01-05T12:00:00.5+01:00"), "datetime64[us, UTC]",
     [dt.datetime(2024, 1, 5, 12, tzinfo=UTC), dt.datetime(2024, 1, 5, 11, 0, 0, 500_000, tzinfo=UTC)]),
    (lit("dateTime", "2024-01-05T12:00:00"), "datetime64[us]", [dt.datetime(2024, 1, 5, 12)]),
    # Text that looks like something else stays text.
    (['"1"', '"2"'], "string", ["1", "2"]),
    ([*lit("gYear", "2024"), *lit("gYearMonth", "2024-01")], "string", ["2024", "2024-01"]),
    ([*lit("gYear", "2024"), *lit("date", "2024-01-05")], "string", ["2024", "2024-01-05"]),
    (['"x"@en', '"y"', "<http://x/>"], "string", ["x", "y", "http://x/"]),
    ([*lit("integer", "1"), "<http://x/>"], "string", ["1", "http://x/"]),
    (lit("dateTime", "2024-01-05T12:00:00", "2024-01-05T12:00:00Z"), "string",
     ["2024-01-05T12:00:00", "2024-01-05T12:00:00Z"]),
    ([MISSING, MISSING], "string", [None, None]),
    # What its datatype does not have stays as it is written.
    (lit("integer", "much", "1"), "string", ["much", "1"]),
    (lit("integer", "1_0"), "string", ["1_0"]),
    (lit("date", "2024-02-30"), "string", ["2024-02-30"]),
    (lit("integer", "9223372036854775808"), "string", ["9223372036854775808"]),
    (lit("integer", "9" * 5000), "string", ["9" * 5000]),
    (lit("dateTime", "0001-01-01T00:00:00+14:00"), "string", ["0001-01-01T00:00:00+14:00"]),
    (lit("double", "1,5"), "string", ["1,5"]),
]  # fmt: skip
each_case = pytest.mark.parametrize("terms, dtype, values", CASES, ids=[" ".join(case[0])[:60] for case in CASES])


@each_case
def test_a_column_has_the_type_of_its_literals(terms: list[str], dtype: str, values: list[Any]) -> None:
    column = type_column(terms)
    assert list(column.values) == values
    series = make_frame([column])["x"]
    assert str(series.dtype) == dtype
    assert [value is None for value in values] == list(series.isna())


@each_case
def test_polars_gets_the_same(terms: list[str], dtype: str, values: list[Any]) -> None:
    series = make_frame([type_column(terms)], "polars")["x"]
    types = {
        "Int64": polars.Int64(), "float64": polars.Float64(), "boolean": polars.Boolean(), "string": polars.String(),
        "datetime64[s]": polars.Date(), "datetime64[us, UTC]": polars.Datetime("us", "UTC"),
        "datetime64[us]": polars.Datetime("us"),
    }  # fmt: skip
    assert (series.dtype, series.to_list()) == (types[dtype], values)


def test_without_solutions_each_variable_is_a_column() -> None:
    found = STORE.query("SELECT ?a ?b WHERE { ?a ?b ?c }")
    assert isinstance(found, ox.QuerySolutions)
    frame = make_frame(type_columns(found))
    assert list(frame.columns) == ["a", "b"] and frame.empty


@given(
    st.lists(st.text(st.characters(exclude_characters="\x00")), min_size=1, max_size=4),
    st.sampled_from(["integer", "decimal", "boolean", "date", "dateTime"]),
)
def test_any_text_makes_a_column(texts: list[str], datatype: str) -> None:
    column = type_column(lit(datatype, *texts))
    assert len(column.values) == len(texts) and isinstance(make_frame([column]), pd.DataFrame)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_may_be_missing(kind: Kind) -> None:
    columns = [TypedColumn("x", kind, [None])]
    assert make_frame(columns)["x"].isna().all() and make_frame(columns, "polars")["x"].is_null().all()
