"""What an answer holds, by its own first bytes more than by what the server calls it, which is often wrong."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum
from typing import Any

from kg.errors import FetchError


class Kind(StrEnum):
    """What can be read of what is fetched."""

    FEED = "feed"
    """RSS or Atom."""
    JSON_FEED = "JSON Feed"
    HTML = "HTML"
    TEXT = "text"
    JSON = "JSON"


_START = 65_536
# Whatever may stand before the root element, and its name
_ROOT = re.compile(
    rb"\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]*\[.*?\]\s*>|[^>\[]*>))\s*)*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)([^>]*)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ROOTS = {b"html", b"head", b"body", b"article", b"main", b"div", b"p"}
# https://www.rssboard.org/rss-0-9-0 and https://web.resource.org/rss/1.0/spec: RDF may be anything else as well
_RDF_FEED = (b"http://purl.org/rss/1.0/", b"http://my.netscape.com/rdf/simple/0.9/", b"http://purl.org/net/rss1.1#")
# https://www.rfc-editor.org/rfc/rfc4287#section-2, and what came before
_ATOM = (b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#")
_DEFAULT_NAMESPACE = re.compile(rb"\bxmlns\s*=")
# https://www.jsonfeed.org/version/1.1/
_JSON_FEED = "https://jsonfeed.org/version/"


def find_kind(content: bytes, media_type: str = "") -> Kind:
    """What `content` holds, which a server calls `media_type`.

    Raises:
        FetchError: nothing that can be read.
    """
    start = _narrow(content[:_START])
    if kind := _find_marked(start):
        return kind
    if start.lstrip()[:1] in (b"{", b"[") and "html" not in media_type:
        return Kind.JSON_FEED if read_json_feed(content) is not None else Kind.JSON
    if b"xml" in media_type.encode() and "html" not in media_type:
        raise FetchError("it is XML, but neither a feed nor a page")
    if "html" in media_type:
        return Kind.HTML
    if not start.strip():
        raise FetchError("it is empty")
    return Kind.TEXT


def is_feed(content: bytes) -> bool:
    """True where `content` is a feed of any kind."""
    start = _narrow(content[:_START])
    return _find_marked(start) is Kind.FEED or (start.lstrip()[:1] == b"{" and read_json_feed(content) is not None)


def read_json_feed(content: bytes) -> dict[str, Any] | None:
    """The JSON Feed that `content` is, None where it is none."""
    if b"jsonfeed.org" not in content:
        return None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(value, dict) and str(value.get("version", "")).startswith(_JSON_FEED)
    return value if is_one else None


def _find_marked(start: bytes) -> Kind | None:
    """The kind of what begins with an element; XML that is neither feed nor page has none."""
    match = _ROOT.match(start)
    if match is None:
        return None
    name, attributes = match[1].lower(), match[2]
    if name == b"rss" or (name == b"rdf" and any(uri in start for uri in _RDF_FEED)):
        return Kind.FEED
    # Some forget the namespace; what has another one is another thing.
    if name == b"feed" and (any(uri in attributes for uri in _ATOM) or not _DEFAULT_NAMESPACE.search(attributes)):
        return Kind.FEED
    return Kind.HTML if name in _HTML_ROOTS else None


def _narrow(start: bytes) -> bytes:
    """UTF-16 as if it were ASCII, which is enough to see what it is; without byte order marks."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")
