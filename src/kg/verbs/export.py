"""`kg export`: the stored graphs as RDF, and as tables."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from kg import terminal
from kg.errors import SettingError
from kg.export import OUTPUTS, TABLES, Output, Selection, Table, select
from kg.export.codebook import write_codebook
from kg.export.graph_files import NetworkFormat
from kg.export.release import Imprint
from kg.export.selection import QUAD_CLASSES
from kg.export.ties import Level
from kg.export.writers import TableFormat
from kg.exporter import Exporter, open_exporter
from kg.packing import new_file, write_package
from kg.releasing import write_release
from kg.settings import Settings
from kg.triples import RdfFormat, write_graphs
from kg.verbs.options import DataOption, settings_for
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES


class ExportFormat(StrEnum):
    """What `kg export` writes: RDF, tables, networks, a map, all of these, or what the tables mean."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    GEXF = "gexf"
    GEOJSON = "geojson"
    ROCRATE = "rocrate"
    CODEBOOK = "codebook"


TableName = StrEnum("TableName", {name.upper(): name for name in TABLES})  # type: ignore[misc]
"""The tables there are."""

_RDF = tuple(ExportFormat(format.value) for format in RdfFormat)
_TABLES = tuple(ExportFormat(format.value) for format in TableFormat)
_NETWORKS = tuple(ExportFormat(format.value) for format in NetworkFormat)
_SELECTING = (*_TABLES, *_NETWORKS, ExportFormat.GEOJSON)
"""What can be selected from by date, state and the like."""
_BINARY = (ExportFormat.PARQUET, ExportFormat.XLSX)
_Several = list[str] | None


_Format = Annotated[ExportFormat, typer.Option(help="What to write.")]
_Table = Annotated[
    list[TableName] | None, typer.Option(help="Which table; may be repeated for a folder. Without, all of them.")
]
_Network = Annotated[Level | None, typer.Option(help="Which network.")]
_Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="A file; or a folder for tables with codebook and datapackage.json, or for a release (or a .zip of it).",
    ),
]
_Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
_Article = Annotated[_Several, typer.Option(help="Only this article, by IRI or ID; may be repeated.")]
_Reference = Annotated[bool, typer.Option(help="Of RDF, also the graphs that no article makes.")]
_Since = Annotated[str | None, typer.Option(help="Of tables, from this day on (2024-01-31, 2024-01 or 2024).")]
_Until = Annotated[str | None, typer.Option(help="Of tables, up to this day.")]
_State = Annotated[_Several, typer.Option(help="On either side, by ISO 3166 code (FRA) or name; may be repeated.")]
_Actor = Annotated[_Several, typer.Option(help="Who acts, by code, name or IRI; may be repeated.")]
_Recipient = Annotated[_Several, typer.Option(help="Who is acted upon; may be repeated.")]
_Speaker = Annotated[_Several, typer.Option(help="Who speaks; may be repeated.")]
_Category = Annotated[_Several, typer.Option(help=f"Of events: {', '.join(CATEGORIES)}.")]
_QuadClass = Annotated[_Several, typer.Option(help=f"Of events: {', '.join(QUAD_CLASSES)}.")]
_Factuality = Annotated[_Several, typer.Option(help=f"Of events: {', '.join(FACTUALITIES)}.")]
_Stance = Annotated[_Several, typer.Option(help=f"Of statements: {', '.join(STANCES)}.")]


def export(
    data: DataOption = None,
    format: _Format = ExportFormat.NQUADS,
    table: _Table = None,
    network: _Network = None,
    output: _Output = None,
    force: _Force = False,
    article: _Article = None,
    reference: _Reference = False,
    since: _Since = None,
    until: _Until = None,
    state: _State = None,
    actor: _Actor = None,
    recipient: _Recipient = None,
    speaker: _Speaker = None,
    category: _Category = None,
    quad_class: _QuadClass = None,
    factuality: _Factuality = None,
    stance: _Stance = None,
) -> None:
    """Write the stored graphs, all or some: as RDF, tables, networks, a map, or all of these as a release."""
    selection = select(
        since=since,
        until=until,
        state=state or None,
        actor=actor or None,
        recipient=recipient or None,
        speaker=speaker or None,
        category=category or None,
        quad_class=quad_class or None,
        factuality=factuality or None,
        stance=stance or None,
    )
    wanted = _Wanted(
        format, tuple(TABLES[name.value] for name in dict.fromkeys(table or ())), network, selection, reference
    )
    _write(wanted, settings_for(data), tuple(article or ()), output, replace=force)


def _write(
    wanted: _Wanted, settings: Settings, articles: tuple[str, ...], output: Path | None, *, replace: bool
) -> None:
    folder = output if output is not None and (os.path.isdir(output) or not output.suffix) else None
    wanted = wanted if folder is None else wanted.of_folder()
    wanted.check(output=output, is_package=folder is not None, replace=replace)
    if wanted.format is ExportFormat.CODEBOOK:
        with _target(output, replace=replace) as file:
            file.write(write_codebook().encode())
        return
    with (
        terminal.bar("Reading", answering=output is None) as bar,
        open_exporter(settings, articles, bar.advance) as exporter,
    ):
        if wanted.format is ExportFormat.ROCRATE:
            assert output is not None
            write_release(exporter, output, Imprint(settings.base_iri), note=bar.describe)
        elif folder is not None:
            format = TableFormat(wanted.format.value)
            write_package(exporter, folder, wanted.tables, format, wanted.selection, replace=replace, note=bar.describe)
        else:
            with _target(output, replace=replace, is_binary=wanted.format in _BINARY) as file:
                wanted.write(exporter, file)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to write into one file."""

    format: ExportFormat
    tables: tuple[Table[Any], ...]
    network: Level | None
    selection: Selection
    reference: bool

    def of_folder(self) -> _Wanted:
        """The same, with all tables where none is named."""
        is_open = self.format in _TABLES and not self.tables
        return dataclasses.replace(self, tables=tuple(TABLES.values())) if is_open else self

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The tables, the network or the map that are asked for."""
        if self.format in _NETWORKS and self.network is not None:
            return (OUTPUTS[f"network-{self.network.value}.{self.format.value}"],)
        if self.format is ExportFormat.GEOJSON:
            return (OUTPUTS["events.geojson"],)
        return tuple(OUTPUTS[f"{table.name}.{self.format.value}"] for table in self.tables)

    def check(self, *, output: Path | None, is_package: bool, replace: bool) -> None:
        """Raise a SettingError where options are given that do not go together."""
        is_table, is_network = self.format in _TABLES, self.format in _NETWORKS
        is_release = self.format is ExportFormat.ROCRATE
        is_selected = self.selection != Selection()
        _refuse(bool(self.tables) and not is_table, f"--table is of {', '.join(_TABLES)}: add --format")
        _refuse(self.network is not None and not is_network, f"--network is of {', '.join(_NETWORKS)}: add --format")
        _refuse(is_network and self.network is None, f"say which network: --network {'|'.join(Level)}")
        _refuse(is_selected and self.format not in _SELECTING, f"{self.format.value} has all: leave out what selects")
        _refuse(self.reference and self.format not in _RDF, "--reference is of RDF only")
        _refuse(is_release and output is None, "a release needs a new folder or .zip: name it by --output")
        _refuse(is_release and replace, "a release replaces nothing: leave out --force, and name a new --output")
        _refuse(is_package and not is_table and not is_release, "--output is a folder: name a file")
        _refuse(
            is_table and not is_package and len(self.tables) != 1,
            f"say which table, --table {'|'.join(TABLES)}, or name a folder for all of them: --output FOLDER",
        )
        for one in self.outputs:
            one.table.check(self.selection)

    def write(self, exporter: Exporter, file: BinaryIO) -> None:
        """Write it into one file."""
        if self.format in _RDF:
            file.writelines(write_graphs(exporter.stored(fixed=self.reference), RdfFormat(self.format.value)))
        else:
            exporter.write(self.outputs[0], self.selection, file)


def _refuse(is_wrong: bool, reason: str) -> None:
    if is_wrong:
        raise SettingError(reason)


@contextmanager
def _target(output: Path | None, *, replace: bool, is_binary: bool = False) -> Iterator[BinaryIO]:
    """The file that is named, else standard output."""
    if output is not None:
        with new_file(output, replace=replace) as file:
            yield file
        return
    _refuse(is_binary and terminal.is_shown(), "this format is not for reading: name a file by --output")
    with terminal.standard_output() as out:
        yield out
