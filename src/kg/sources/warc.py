"""A record of a WARC file -> Draft: the page that it holds, found at the address where it was fetched."""

from __future__ import annotations

import dataclasses
import re

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.archive import Response, read_http_head, read_record_head
from kg.sources.draft import Draft
from kg.sources.html import read_html
from kg.sources.sniff import sniff
from kg.sources.text import read_text
from kg.types import Format

_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PLAIN = "text/plain"


def read_warc(content: bytes) -> Draft:
    """The draft that one record holds, its content unpacked as `find_pages` gives it.

    Raises:
        SourceError: the bytes are no record of a page, or there is no article on the page.
    """
    head, block = _split(content)
    record = read_record_head(head)
    if record is None:
        raise SourceError("the bytes are no record of a WARC file")
    http = None
    if record.get_header("WARC-Type") == "response":
        head, block = _split(block)
        http = read_http_head(head)
    response = Response(record, http, len(block))
    if response.media_type == _PLAIN and sniff(block) is not Format.HTML:
        draft = read_text(block)
    else:
        draft = read_html(block, _charset(response))
    return dataclasses.replace(draft, url=tidy_url(response.url) or draft.url)


def _split(content: bytes) -> tuple[bytes, bytes]:
    """A head, and what stands behind the blank line under it."""
    end = _END.search(content)
    return (content[: end.end()], content[end.end() :]) if end else (content, b"")


def _charset(response: Response) -> str | None:
    match = _CHARSET.search((response.http or response.record).get_header("Content-Type") or "")
    return match[1] if match else None
