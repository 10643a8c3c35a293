from __future__ import annotations

from docs.pages import read
from kg.export import TABLES
from kg.export.codebook import write_codebook


def test_the_codebook_is_made_of_the_ontology_and_the_columns() -> None:
    assert read("docs/codebook.md") == write_codebook(), (
        "make it again: kg export --format codebook -o docs/codebook.md"
    )


def test_the_codebook_has_every_column() -> None:
    page = write_codebook()
    for table in TABLES.values():
        assert all(f"| {column.name} |" in page for column in table.columns)
