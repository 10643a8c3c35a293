"""The graph as tables and files for other tools: named graphs in, records, rows and files out."""

from kg.export.asked_graphs import AskedGraphs
from kg.export.criteria import select
from kg.export.outputs import OUTPUTS, Output
from kg.export.records import (
    ArticleRecord,
    Claim,
    DyadRecord,
    EventRecord,
    OfficialRecord,
    Party,
    Place,
    Quotation,
    StatementRecord,
)
from kg.export.selection import Selection
from kg.export.table import Table
from kg.export.tables import TABLES

__all__ = [
    "OUTPUTS",
    "TABLES",
    "ArticleRecord",
    "AskedGraphs",
    "Claim",
    "DyadRecord",
    "EventRecord",
    "OfficialRecord",
    "Output",
    "Party",
    "Place",
    "Quotation",
    "Selection",
    "StatementRecord",
    "Table",
    "select",
]
