"""The tables of the journal, and how an older journal becomes one of today."""

from __future__ import annotations

import secrets
import sqlite3

VERSION = 2

# One sequence for all: what the index follows. A removed graph keeps its row, without what it held.
_ENTRY = """
CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    iri TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('article', 'curated', 'removed')),
    graph BLOB NOT NULL,
    content TEXT NOT NULL,
    name TEXT,
    format TEXT,
    document BLOB,
    software TEXT,
    model TEXT,
    accepted TEXT NOT NULL,
    CHECK (kind <> 'article' OR
        (name IS NOT NULL AND format IS NOT NULL AND document IS NOT NULL AND software IS NOT NULL
            AND model IS NOT NULL))
) STRICT
"""
_ENTRY_KIND = "CREATE INDEX entry_kind ON entry (kind, iri)"
_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"
_REFUSAL = """
CREATE TABLE refusal (
    name TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    refused TEXT NOT NULL
) STRICT
"""

_FROM_1 = """
INSERT INTO entry (sequence, iri, kind, graph, content, name, format, document, software, model, accepted)
SELECT sequence, article, 'article', graph, content, name, format, document, software, model, accepted
FROM article ORDER BY sequence
"""


def create_tables(connection: sqlite3.Connection, *, base_iri: str, union_default_graph: bool) -> None:
    """Make the tables of a new journal, within the transaction that `connection` is in."""
    for statement in (_META, _ENTRY, _ENTRY_KIND, _REFUSAL):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('base_iri', ?)", (base_iri,))
    _add_meta(connection, union_default_graph=union_default_graph)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Make a journal of version 1 one of today, within the transaction that `connection` is in.

    Version 1 kept articles only, and showed their union.
    """
    for statement in (_ENTRY, _ENTRY_KIND, _FROM_1, "DROP TABLE article"):
        connection.execute(statement)
    _add_meta(connection, union_default_graph=True)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _add_meta(connection: sqlite3.Connection, *, union_default_graph: bool) -> None:
    rows = [("lineage", secrets.token_hex(16)), ("union_default_graph", str(union_default_graph).lower())]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
