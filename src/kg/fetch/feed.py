"""RSS 0.9x, 1.0 and 2.0, Atom 1.0 -> Feed, by feedparser, which also forgives much of what is broken.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import io
import re
from typing import Any
from urllib.parse import urljoin

import feedparser

from kg.errors import FetchError
from kg.fetch.item import Feed, Item, make_key, one_line

# https://web.resource.org/rss/1.0/modules/syndication/
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_HTML = {"text/html", "application/xhtml+xml"}
# What feedparser is known to raise, or may, over what it does not expect; it opens nothing, so the feed is to blame.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)
# What feedparser notes, and has got over.
_MENDED = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)")


def read_feed(content: bytes, url: str | None, content_type: str = "") -> Feed:
    """The feed that `content` holds, which was found at `url`; `content_type` may name its encoding.

    Raises:
        FetchError: it cannot be read.
    """
    headers = {"content-type": content_type or "application/xml"} | ({"content-location": url} if url else {})
    try:
        found = feedparser.parse(io.BytesIO(content), response_headers=headers)
    except _FAULTS as error:
        raise FetchError(f"the feed is too broken to be read ({type(error).__name__})") from error
    fault = found.get("bozo_exception")
    if not found.entries and found.bozo and not isinstance(fault, _MENDED):
        raise FetchError(f"the feed cannot be read: {_reason(fault)}")
    base = url or _text(found.feed, "link")
    rss = not found.version.startswith("atom")
    items = [_read_item(entry, found.feed, base, rss=rss) for entry in found.entries]
    return Feed.of(items, _interval(found.feed))


def _read_item(entry: Any, feed: Any, base: str, *, rss: bool) -> Item:
    content = max((part for part in entry.get("content", ()) if part.get("value")), key=_rank, default=None)
    source = entry.get("source") or {}
    item = Item(
        key="",
        link=_link(entry, base),
        title=_title(entry),
        published=_published(entry, rss=rss),
        updated=_text(entry, "updated") or None,
        section=next(filter(None, map(_tag, entry.get("tags", ()))), None),
        publisher=one_line(_text(source, "title")) or _title(feed),
        content=content.value if content else None,
        summary=_text(entry, "summary") or None,
        is_html=content is None or content.get("type", "text/html") in _HTML,
    )
    return make_key(item, _text(entry, "id"))


def _rank(part: Any) -> tuple[bool, int]:
    """Of several forms of one text, HTML and the longest."""
    return part.get("type") in _HTML, len(part.value)


def _link(entry: Any, base: str) -> str | None:
    link = _text(entry, "link")
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return link


def _title(of: Any) -> str | None:
    detail = of.get("title_detail") or {}
    return one_line(_text(of, "title"), is_html=detail.get("type") in _HTML)


def _tag(tag: Any) -> str | None:
    return one_line(tag.get("label") or tag.get("term") or "")


def _published(entry: Any, *, rss: bool) -> str | None:
    """The day it was published, where that is. RSS has no date of change: there, `updated` is Dublin Core's date."""
    for name in ("published", "updated") if rss else ("published",):
        if day := find_day(_text(entry, name)):
            return day
        parsed = dict.get(entry, f"{name}_parsed")
        if parsed and (day := find_day(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}")):
            return day
    return None


def find_day(value: str) -> str | None:
    """The day that a date of RFC 3339 or RFC 822 names, at the place where it was written; None where it names none."""
    try:
        if match := _ISO.match(value):
            return dt.date.fromisoformat(match[1]).isoformat()
        parsed = email.utils.parsedate_tz(value)
        return dt.date(*parsed[:3]).isoformat() if parsed else None
    except (ValueError, TypeError, OverflowError):
        return None


def _interval(feed: Any) -> float:
    """What the feed says of how often it changes, in seconds; 0 where it says nothing."""
    ttl = _number(_text(feed, "ttl")) * 60
    period = _PERIODS.get(_text(feed, "sy_updateperiod").lower(), 0)
    return max(ttl, period / max(1.0, _number(_text(feed, "sy_updatefrequency"))))


def _number(text: str) -> float:
    return float(text[:9]) if text.strip().isdecimal() else 0.0


def _text(of: Any, name: str) -> str:
    # What is asked of feedparser itself for a name that is missing may be answered with another.
    value = dict.get(of, name)
    return value.strip() if isinstance(value, str) else ""


def _reason(error: Any) -> str:
    """Why, without the line, which is one of what feedparser made of the feed."""
    return str(getattr(error, "getMessage", lambda: error or "it is empty")())
