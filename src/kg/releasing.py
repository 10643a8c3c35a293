"""A release of all that a data directory holds: the graph and what is made of it, described as an RO-Crate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kg import __version__
from kg.export import TABLES, Selection, Table
from kg.export.codebook import write_codebook
from kg.export.datapackage import File, describe_package
from kg.export.event_table import gather_events
from kg.export.graph_files import MapFormat, NetworkFormat
from kg.export.release import Imprint, Member, Origin, graph_member, shipped_members
from kg.export.ties import Level
from kg.export.writers import TableFormat, load_research
from kg.exporter import Exporter
from kg.triples import RdfFormat, write_graphs

_ALL = Selection()
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
    for table in TABLES.values():
        for format in _FORMATS:
            yield _table_member(exporter, table, format)
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
            yield _network_member(exporter, level, network_format)
    yield _map_member(exporter)
    yield from shipped_members()


def _noted(member: Member, note: Callable[[str], None]) -> Member:
    """The same, told of when it is written."""

    def write(file: BinaryIO) -> None:
        note(member.path)
        member.write(file)

    return Member(
        member.path, member.name, member.description, member.media_types, write, member.license, member.is_result
    )


def _table_member(exporter: Exporter, table: Table[Any], format: TableFormat) -> Member:
    return Member(
        path=f"tables/{table.name}.{format.value}",
        name=f"{table.title}, {format.value.upper()}",
        description=table.meaning,
        media_types=(format.media_type,),
        write=lambda file: exporter.write_table(table, format, _ALL, file),
    )


def _text_member(path: str, name: str, description: str, media_type: str, write: Callable[[], str]) -> Member:
    return Member(path, name, description, (media_type,), lambda file: file.write(write().encode()), is_result=False)


def _describe_tables() -> str:
    files = [File(table, TableFormat.CSV, f"tables/{table.name}.csv") for table in TABLES.values()]
    return json.dumps(describe_package(files, version=__version__), ensure_ascii=False, indent=2) + "\n"


def _network_member(exporter: Exporter, level: Level, format: NetworkFormat) -> Member:
    def write(file: BinaryIO) -> None:
        facts = _ALL.of_facts()
        file.writelines(format.write(gather_events(exporter.graphs(facts), facts), level))

    return Member(
        path=f"networks/{level.value}.{format.value}",
        name=f"Network of {level.value}, {'GraphML' if format is NetworkFormat.GRAPHML else 'GEXF'}",
        description=f"Actual events between {level.value}, counted by category and month.",
        media_types=(format.media_type,),
        write=write,
    )


def _map_member(exporter: Exporter) -> Member:
    def pieces() -> Iterable[bytes]:
        return MapFormat.GEOJSON.write(gather_events(exporter.graphs(_ALL), _ALL))

    return Member(
        path="events.geojson",
        name="Map of events, GeoJSON",
        description="Each event on the point of a state: where it was, else who received it, else who did it.",
        media_types=(MapFormat.GEOJSON.media_type,),
        write=lambda file: file.writelines(pieces()),
    )
