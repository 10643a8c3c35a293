"""A release of all that a data directory holds: the graph and what is made of it, described as an RO-Crate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg import __version__
from kg.export import OUTPUTS, TABLES, Selection
from kg.export.codebook import write_codebook
from kg.export.datapackage import File, describe_package
from kg.export.graph_files import NetworkFormat
from kg.export.release import Imprint, Member, Origin, graph_member, shipped_members
from kg.export.ties import Level
from kg.export.writers import TableFormat, load_research
from kg.exporter import Exporter
from kg.triples import RdfFormat, write_graphs

_ALL = Selection()
_LABELS = {"graphml": "GraphML", "geojson": "GeoJSON", "parquet": "Parquet"}
_FORMATS = (TableFormat.CSV, TableFormat.PARQUET)


def write_release(
    exporter: Exporter, target: Path, imprint: Imprint, *, note: Callable[[str], None] = lambda name: None
) -> None:
    """Write a release to `target`: a folder that is new or empty, or a new file, packed, where it ends in `.zip`.

    `note` is told which file is being written.

    Raises:
        SettingError: there is something at `target`, or it cannot be written.
        ExportError: the packages for it are not installed.
        JournalError: the journal cannot be read.
    """
    write_crate = load_research("kg.export.crate").write_crate
    note("where it comes from")
    origin = Origin.gather(exporter.graphs(_ALL))
    members = [_noted(member, note) for member in list_members(exporter)]
    write_crate(target, members, origin, imprint)


def list_members(exporter: Exporter) -> Iterator[Member]:
    """All files of a release, but for the two that describe them."""
    yield graph_member(lambda: write_graphs(exporter.stored(), RdfFormat.NQUADS))
    for table in TABLES:
        for format in _FORMATS:
            file = f"{table}.{format.value}"
            yield _member(exporter, file, f"tables/{file}")
    yield _text_member(
        "codebook.md", "Codebook", "What columns and values of the tables mean.", "text/markdown", write_codebook
    )
    yield _text_member(
        "datapackage.json",
        "Data package",
        "The tables in CSV, described for programs: https://specs.frictionlessdata.io/data-package/.",
        "application/json",
        _describe_tables,
    )
    for level in Level:
        for network_format in NetworkFormat:
            file = f"{level.value}.{network_format.value}"
            yield _member(exporter, f"network-{file}", f"networks/{file}")
    yield _member(exporter, "events.geojson", "events.geojson")
    yield from shipped_members()


def _noted(member: Member, note: Callable[[str], None]) -> Member:
    """The same, told of when it is written."""

    def write(file: BinaryIO) -> None:
        note(member.path)
        member.write(file)

    return Member(
        member.path, member.name, member.description, member.media_types, write, member.license, member.is_result
    )


def _member(exporter: Exporter, file: str, path: str) -> Member:
    """One of `OUTPUTS`, whole, at `path`."""
    output = OUTPUTS[file]
    return Member(
        path=path,
        name=f"{output.title}, {_LABELS.get(suffix := file.rpartition('.')[2], suffix.upper())}",
        description=output.meaning,
        media_types=(output.media_type,),
        write=lambda target: exporter.write(output, _ALL, target),
    )


def _text_member(path: str, name: str, description: str, media_type: str, write: Callable[[], str]) -> Member:
    return Member(path, name, description, (media_type,), lambda file: file.write(write().encode()), is_result=False)


def _describe_tables() -> str:
    files = [File(table, TableFormat.CSV, f"tables/{table.name}.csv") for table in TABLES.values()]
    return json.dumps(describe_package(files, version=__version__), ensure_ascii=False, indent=2) + "\n"
