"""`kg export`: the stored graphs as RDF, and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from kg import terminal
from kg.errors import SettingError
from kg.export import TABLES, Selection, Table, read_selection
from kg.export.codebook import write_codebook
from kg.export.selection import QUAD_CLASSES
from kg.export.writers import TableFormat
from kg.exporter import Exporter, open_exporter
from kg.packing import new_file, write_package
from kg.settings import Settings
from kg.triples import RdfFormat, write_graphs
from kg.verbs.options import DataOption, settings_for
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES


class ExportFormat(StrEnum):
    """What `kg export` writes: RDF, tables, or what the tables mean."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    CODEBOOK = "codebook"


TableName = StrEnum("TableName", {name.upper(): name for name in TABLES})  # type: ignore[misc]
"""The tables there are."""

_TABLES = tuple(ExportFormat(format.value) for format in TableFormat)
_BINARY = (ExportFormat.PARQUET, ExportFormat.XLSX)
_Several = list[str] | None


_Format = Annotated[ExportFormat, typer.Option(help="What to write.")]
_Table = Annotated[
    list[TableName] | None, typer.Option(help="Which table; may be repeated for a folder. Without, all of them.")
]
_Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A file; or a folder for tables, their codebook and datapackage.json."),
]
_Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
_Article = Annotated[_Several, typer.Option(help="Only this article, by IRI or ID; may be repeated.")]
_Reference = Annotated[bool, typer.Option(help="Of RDF, also the graphs that no article makes.")]
_Since = Annotated[str | None, typer.Option(help="Of tables, from this day on (YYYY-MM-DD).")]
_Until = Annotated[str | None, typer.Option(help="Of tables, up to this day.")]
_State = Annotated[_Several, typer.Option(help="On either side, by ISO 3166 code (FRA); may be repeated.")]
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
    """Write the stored graphs, all or some, as RDF or as tables."""
    selection = read_selection(
        {"since": since, "until": until},
        {
            "states": state,
            "actors": actor,
            "recipients": recipient,
            "speakers": speaker,
            "categories": category,
            "quad_classes": quad_class,
            "factualities": factuality,
            "stances": stance,
        },
    )
    wanted = _Wanted(format, tuple(TABLES[name.value] for name in table or ()), selection, reference)
    _write(wanted, settings_for(data), tuple(article or ()), output, replace=force)


def _write(
    wanted: _Wanted, settings: Settings, articles: tuple[str, ...], output: Path | None, *, replace: bool
) -> None:
    folder = output if output is not None and (output.is_dir() or not output.suffix) else None
    wanted.check(is_package=folder is not None)
    if wanted.format is ExportFormat.CODEBOOK:
        with _target(output, replace=replace) as file:
            file.write(write_codebook().encode())
        return
    with (
        terminal.bar("Reading", answering=output is None) as bar,
        open_exporter(settings, articles, bar.advance) as exporter,
    ):
        if folder is not None:
            tables = wanted.tables or tuple(TABLES.values())
            format = TableFormat(wanted.format.value)
            write_package(exporter, folder, tables, format, wanted.selection, replace=replace, note=bar.describe)
        else:
            with _target(output, replace=replace, is_binary=wanted.format in _BINARY) as file:
                wanted.write(exporter, file)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to write into one file."""

    format: ExportFormat
    tables: tuple[Table[Any], ...]
    selection: Selection
    reference: bool

    def check(self, *, is_package: bool) -> None:
        """Raise a SettingError where options are given that do not go together."""
        if self.format not in _TABLES:
            _refuse(bool(self.tables), f"--table is of {', '.join(_TABLES)}: add --format")
            _refuse(self.selection != Selection(), "what selects rows is of tables: name articles by --article")
            _refuse(is_package, "--output is a folder for tables only: name a file")
        else:
            _refuse(self.reference, "--reference is of RDF only")
            _refuse(
                not is_package and len(self.tables) != 1,
                f"say which table, --table {'|'.join(TABLES)}, or name a folder for all of them: --output FOLDER",
            )
            for table in self.tables:
                table.check(self.selection)

    def write(self, exporter: Exporter, file: BinaryIO) -> None:
        """Write it."""
        if self.format in _TABLES:
            exporter.write_table(self.tables[0], TableFormat(self.format.value), self.selection, file)
        else:
            file.writelines(write_graphs(exporter.stored(fixed=self.reference), RdfFormat(self.format.value)))


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
