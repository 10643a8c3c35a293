"""The kinds of files that hold articles, by how their names end."""

from __future__ import annotations

import os
from collections.abc import Mapping

from kg.types import Format

JSON_LINES = ".jsonl"
TABLES = (".csv", ".tsv")
ARCHIVES = (".warc", ".warc.gz")
FORMATS: Mapping[str, Format] = {
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".xml": Format.XML,
}
"""Files that are read whole. Those of the other kinds are read in pieces, as they hold many articles."""

# In a folder of articles it tells of the folder.
_ABOUT = frozenset(["readme.md", "readme.markdown"])

SUFFIXES = (*FORMATS, JSON_LINES, *TABLES, *ARCHIVES)
"""How the names of files that hold articles end, in lower case."""

KINDS = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
"""The same for a person to read."""


def suffix_of(name: str) -> str:
    """How the file name ends, in lower case; two endings in one for what is compressed."""
    stem, suffix = os.path.splitext(name.lower())
    return os.path.splitext(stem)[1] + suffix if suffix == ".gz" else suffix


def may_hold_articles(name: str) -> bool:
    """True for the name of a file that holds articles."""
    return suffix_of(name) in SUFFIXES


def is_read_in_folders(name: str) -> bool:
    """True for the name of a file that is read where it lies in a folder that is read."""
    return not name.startswith(".") and may_hold_articles(name) and name.lower() not in _ABOUT
