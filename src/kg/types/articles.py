"""What sources give: documents as found, and the articles read from them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What kind of bytes a document holds. The journal keeps it beside them: no name is ever taken back."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    MARKDOWN = "markdown"
    XML = "xml"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class Hints:
    """Metadata given beside a document; used only where the document says nothing itself."""

    url: str | None = None
    published: dt.date | None = None
    title: str | None = None
    section: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one article as found, or one part of a file of many. `name` tells where: `a.txt`, `b.jsonl:17`, `-`.

    The bytes hold all that is said of the article, so that they can be read again: of a WARC file they are one record,
    of a table one row as JSON.
    """

    name: str
    format: Format
    content: bytes
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one document was not stored, in one line a person can act on."""

    name: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned and NFC-normalised. `text` is never altered after this.

    Where there is a title, `text` starts with it, on a line of its own.
    """

    id: str
    text: str
    language: str
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    section: str | None = None
    publisher: str | None = None
