"""What must be known of an RDF document before it is parsed, in time that grows with its length and without recursion.

The engine's JSON-LD parser calls itself at each level, and its RDF/XML parser replaces an entity by all it stands for.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.errors import GraphSizeError, GraphSyntaxError

# RFC 8259, section 7, less what is escaped; a string that nobody ends goes to the end: the search never goes back.
_JSON_PIECE = re.compile(rb'"[^"]*+(?:"|\Z)|[\[{]|[\]}]')

# XML 1.0, section 4.2. The engine reads a document type in letters of either case.
_DOCTYPE = re.compile(rb"<!DOCTYPE\b[^\[>]*+", re.IGNORECASE)
_EXTERNAL = re.compile(rb"\b(?:SYSTEM|PUBLIC)\b")
_ENTITY = re.compile(rb"<!ENTITY\s++(%\s++)?([^\s\"'>]++)\s*+(\"[^\"]*+\"|'[^']*+'|SYSTEM\b|PUBLIC\b)?")
_REFERENCE = re.compile(rb"[&%]([^\s&%;#<>\"']++);")


def check_nesting(content: bytes, most: int) -> None:
    """Let JSON pass that has no more than `most` levels of arrays and objects.

    Raises:
        GraphSizeError: it has more.
    """
    depth = 0
    # Of a row of backslashes each pair is one that is escaped; the last, if it is alone, escapes what follows.
    unescaped = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    for piece in _JSON_PIECE.finditer(unescaped):
        mark = piece.group()
        if mark in (b"[", b"{"):
            depth += 1
            if depth > most:
                raise GraphSizeError(f"the JSON-LD is nested deeper than {most} levels (KG_MAX_NESTING)")
        elif mark in (b"]", b"}"):
            depth -= 1


def check_entities(content: bytes, most_bytes: int) -> None:
    """Let RDF/XML pass that is no larger than `most_bytes` once each entity is replaced by all it stands for.

    Raises:
        GraphSyntaxError: its document type or an entity lies elsewhere, or an entity stands for itself or a later one.
        GraphSizeError: it is larger.
    """
    document_type = _DOCTYPE.search(content)
    if not document_type:
        return
    if _EXTERNAL.search(document_type.group()):
        raise GraphSyntaxError("the RDF/XML has a document type that lies elsewhere: nothing is fetched here")
    sizes = _measure_entities(content)
    if len(content) + _count_references(content, sizes) > most_bytes:
        megabytes = most_bytes / 1_000_000
        raise GraphSizeError(
            f"the RDF/XML is larger than {megabytes:g} MB once its entities are expanded (KG_MAX_EXPANDED_MB)"
        )


def _measure_entities(content: bytes) -> dict[bytes, int]:
    """How many bytes each entity stands for; of two with one name, the longer counts."""
    declared = [match.groups() for match in _ENTITY.finditer(content)]
    names = {name for _, name, _ in declared}
    sizes: dict[bytes, int] = {}
    for _, name, value in declared:
        if value is not None and not value.startswith((b'"', b"'")):
            raise GraphSyntaxError("the RDF/XML has an entity that lies elsewhere: nothing is fetched here")
        used = {match.group(1) for match in _REFERENCE.finditer(value or b"")} & names
        if not used <= sizes.keys():
            raise GraphSyntaxError("the RDF/XML has an entity that stands for itself or for one declared after it")
        size = len(value or b"") + _count_references(value or b"", sizes)
        sizes[name] = max(size, sizes.get(name, 0))
    return sizes


def _count_references(text: bytes, sizes: dict[bytes, int]) -> int:
    """How many bytes all references in `text` stand for."""
    counts = Counter(match.group(1) for match in _REFERENCE.finditer(text))
    return sum(count * sizes.get(name, 0) for name, count in counts.items())
