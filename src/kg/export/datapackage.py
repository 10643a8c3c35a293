"""A description of tables for programs: a Data Package, https://specs.frictionlessdata.io/data-package/."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.export.table import SEPARATOR, Column, Table
from kg.export.values import load_values
from kg.export.writers import TableFormat
from kg.vocab import PREFIXES

Descriptor = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file of a package; `path` is relative to the package, or an address. What is None is not known."""

    table: Table  # type: ignore[type-arg]
    format: TableFormat
    path: str
    bytes: int | None = None
    sha256: str | None = None


def describe_package(
    files: Iterable[File], *, version: str, created: dt.datetime | None = None, codebook: str = "codebook.md"
) -> Descriptor:
    """The descriptor `datapackage.json` of `files`; `version` is that of the software, `codebook` where that stands."""
    package: Descriptor = {
        "profile": "data-package",
        "name": "geokg-tables",
        "title": "Political events, statements and officials in the news",
        "description": f"Tables of a kg graph. What their columns and values mean: {codebook}. Sentences and headlines "
        "belong to the publishers of the articles; categories, modes and scores are those of PLOVER, CC BY-SA 4.0.",
        "homepage": "https://w3id.org/geokg/ontology",
        "version": version,
        "keywords": ["political events", "news", "PLOVER", "international relations"],
        "resources": [_describe_file(file) for file in files],
    }
    if created is not None:
        package["created"] = created.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return package


def _describe_file(file: File) -> Descriptor:
    described: Descriptor = {
        "profile": "tabular-data-resource" if file.format is TableFormat.CSV else "data-resource",
        "name": file.table.name,
        "title": file.table.title,
        "description": file.table.meaning,
        "path": file.path,
        "format": file.format.value,
        "mediatype": file.format.media_type,
        "schema": _describe_schema(file.table),
    }
    if file.format is TableFormat.CSV:
        described |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}}
    if file.bytes is not None and file.sha256 is not None:
        described |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    return described


def _describe_schema(table: Table) -> Descriptor:  # type: ignore[type-arg]
    schema: Descriptor = {"fields": [_describe_column(column) for column in table.columns], "missingValues": [""]}
    required = {column.name for column in table.columns if column.required}
    if required.issuperset(table.key):
        schema["primaryKey"] = list(table.key)
    return schema


def _describe_column(column: Column) -> Descriptor:
    several = f" Several are separated by {SEPARATOR}." if column.many else ""
    field: Descriptor = {
        "name": column.name,
        "type": column.type.value,
        "description": column.meaning + several,
    }
    constraints: Descriptor = {}
    if column.required:
        constraints["required"] = True
    if column.scheme and not column.many:
        constraints["enum"] = [value.name for value in load_values(column.scheme)]
    if constraints:
        field["constraints"] = constraints
    if column.term:
        prefix, _, name = column.term.partition(":")
        field["rdfType"] = PREFIXES[prefix] + name
    return field
