"""Every file that a selection of the graph can be written as, by name: tables, networks, and the map of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.export.event_table import gather_events
from kg.export.graph_files import MapFormat, NetworkFormat
from kg.export.named_graph import NamedGraph
from kg.export.records import EventRecord
from kg.export.selection import Selection
from kg.export.table import Table
from kg.export.tables import TABLES
from kg.export.ties import Level, Network
from kg.export.writers import TableFormat, load_writer

Graphs = Callable[[Selection], Iterable[NamedGraph]]
"""Gives the graphs that may hold something of a selection."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file: its name, what it holds, its media type, the table whose criteria select from it, what writes it."""

    file: str
    title: str
    meaning: str
    media_type: str
    table: Table[Any]
    write: Callable[[Graphs, Selection, BinaryIO], None]
    """Writes what is selected of the graphs; may raise an ExportError."""


def _list_outputs() -> Iterator[Output]:
    for table in TABLES.values():
        for format in TableFormat:
            yield Output(
                file=f"{table.name}.{format.value}",
                title=table.title,
                meaning=table.meaning,
                media_type=format.media_type,
                table=table,
                write=_table_writer(table, format),
            )
    events = TABLES["events"]
    for level in Level:
        for network_format in NetworkFormat:
            yield Output(
                file=f"network-{level.value}.{network_format.value}",
                title=f"Network of {level.value}",
                meaning=f"Actual events between {level.value}, counted by category and month.",
                media_type=network_format.media_type,
                table=events,
                write=_network_writer(level, network_format),
            )
    for map_format in MapFormat:
        yield Output(
            file=f"events.{map_format.value}",
            title="Map of events",
            meaning="Each event on the point of a state: where it was, else who received it, else who did it.",
            media_type=map_format.media_type,
            table=events,
            write=_map_writer(map_format),
        )


def _table_writer(table: Table[Any], format: TableFormat) -> Callable[[Graphs, Selection, BinaryIO], None]:
    def write(graphs: Graphs, selection: Selection, file: BinaryIO) -> None:
        load_writer(format)(table.columns, table.rows(graphs(table.reads(selection)), selection), file)

    return write


def _network_writer(level: Level, format: NetworkFormat) -> Callable[[Graphs, Selection, BinaryIO], None]:
    def write(graphs: Graphs, selection: Selection, file: BinaryIO) -> None:
        file.writelines(format.write(Network(_gather(graphs, selection.of_facts()), level=level)))

    return write


def _map_writer(format: MapFormat) -> Callable[[Graphs, Selection, BinaryIO], None]:
    def write(graphs: Graphs, selection: Selection, file: BinaryIO) -> None:
        file.writelines(format.write(_gather(graphs, selection)))

    return write


def _gather(graphs: Graphs, selection: Selection) -> Iterator[EventRecord]:
    return gather_events(graphs(selection), selection)


OUTPUTS = {output.file: output for output in _list_outputs()}
