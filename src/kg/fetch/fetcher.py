"""Addresses -> documents: feeds item by item, pages one by one, and of each only what is new.

Where an item of a feed carries its full text, that is read; otherwise the page that it links to is fetched.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import httpx

from kg.errors import FetchError
from kg.fetch.address import parse_address, plain
from kg.fetch.client import Answer, Client, media_type
from kg.fetch.feed_process import read_feed_within
from kg.fetch.find import Find, Settle, forget
from kg.fetch.item import Feed, Item, whole
from kg.fetch.json_feed import read_items
from kg.fetch.kind import Kind, find_kind, read_json_feed
from kg.fetch.memory import Memory
from kg.fetch.reach import Reach
from kg.fetch.text import to_utf8
from kg.types import Document, Format, Hints, Refusal

_FORMATS = {Kind.HTML: Format.HTML, Kind.TEXT: Format.TEXT, Kind.JSON: Format.JSON}
_FEEDS = (Kind.FEED, Kind.JSON_FEED)
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")
# https://html.spec.whatwg.org/multipage/links.html#rel-alternate
_LINK = re.compile(rb"<link\b[^>]{0,500}>", re.IGNORECASE)
_FEED_LINK = re.compile(rb"application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(slots=True)
class Fetcher:
    """Fetches what is new, as far as `memory` knows what is not; without one, and `again`, all is fetched.

    `published` is the date of articles that say none; `now` counts in seconds since 1970.
    """

    client: Client
    memory: Memory | None = None
    again: bool = False
    published: dt.date | None = None
    now: Callable[[], float] = time.time
    _under_way: dict[str, list[Settle]] = field(default_factory=dict)

    def find(self, address: str) -> Iterator[Find]:
        """The articles at an address that a person names: of a feed its items, of a page that alone."""
        try:
            url = parse_address(address)
            answer = self._get(url, plain(url))
            if answer.content is not None:
                kind = find_kind(answer.content, media_type(answer.headers))
                if kind not in _FEEDS:
                    yield self._to_find(plain(url), answer, kind, Hints(published=self.published), forget)
                    return
            elif not self._was_feed(plain(url)):
                yield Find(plain(url), None)
                return
            yield from self._items(plain(url), answer)
        except FetchError as error:
            yield _refuse(_name(address), error)

    def find_due(self, address: str) -> Iterator[Find]:
        """As `find`, for a feed that is visited again and again: what was refused is tried again now and then.

        A page is refused, with the address of the feed that it announces.
        """
        self._under_way.clear()
        try:
            url = parse_address(address)
            answer = self._get(url, plain(url))
            if answer.content is not None and find_kind(answer.content, media_type(answer.headers)) not in _FEEDS:
                raise FetchError(f"it is a page and no feed{_announced(answer)}")
            yield from self._items(plain(url), answer, due=self.now())
        except FetchError as error:
            yield _refuse(_name(address), error)

    def find_in_file(self, name: str, content: bytes) -> Iterator[Find]:
        """The articles of a feed in a file. Wherever that came from, its links may lead to public addresses alone."""
        try:
            feed = _read(content, None, "", self.client.seconds)
        except FetchError as error:
            yield _refuse(name, error)
            return
        path = os.path.abspath(name)
        for item in self._pending(path, feed):
            yield self._find_item(path, item, Reach.PUBLIC)

    def wait(self, address: str) -> float:
        """Seconds that a feed, or its host, asks to be left alone from now."""
        try:
            url = parse_address(address)
        except FetchError:
            return 0.0
        interval = self.memory.interval(plain(url)) if self.memory else 0.0
        return max(interval, self.client.pace.left(url.host))

    def _get(self, url: httpx.URL, asked: str, limit: Reach | None = None) -> Answer:
        known = self.memory.recall(asked) if self.memory and not self.again else None
        return self.client.get(url, limit=limit, validators=known.validators if known else None)

    def _was_feed(self, asked: str) -> bool:
        known = self.memory.recall(asked) if self.memory else None
        return known is not None and known.is_feed

    def _items(self, asked: str, answer: Answer, due: float | None = None) -> Iterator[Find]:
        """What is to be had of a feed: what is new in it, and what could not be stored before."""
        if answer.content is not None:
            feed = _read(answer.content, str(answer.url), answer.headers.get("Content-Type", ""), self.client.seconds)
            max_age = _MAX_AGE.search(answer.headers.get("Cache-Control", ""))
            feed = replace(feed, interval=max(feed.interval, float(max_age[1]) if max_age else 0.0))
            items = self._pending(asked, feed, answer, due)
        else:
            feed, items = Feed(()), self.memory.pending(asked, due) if self.memory else []
        if not items:
            yield Find(asked, None)
        for item in items:
            yield self._find_item(asked, item, answer.named)

    def _pending(
        self, asked: str, feed: Feed, answer: Answer | None = None, due: float | None = None
    ) -> Sequence[Item]:
        if self.memory is None:
            return feed.items
        self.memory.keep_feed(asked, answer.validators if answer else None, feed, self.now())
        return feed.items if self.again else self.memory.pending(asked, due)

    def _find_item(self, asked: str, item: Item, limit: Reach) -> Find:
        settle = partial(self._settle_item, asked, item)
        name = item.link or f"{asked}: {item.title or item.key}"
        if item.text:
            return Find(name, Document(name, Format.JSON, _to_json(item, item.text, self.published)), settle)
        if item.link in self._under_way:
            self._under_way[item.link].append(settle)
            return Find(name, None)
        try:
            if not item.link:
                raise FetchError("the item has neither a link nor a text")
            url = parse_address(item.link).copy_with(userinfo=b"")
            answer = self._get(url, plain(url), limit)
            if answer.content is None:
                return Find(name, None, settle)
            kind = find_kind(answer.content, media_type(answer.headers))
            hints = Hints(None, _date(item) or self.published, item.title, item.section, item.publisher)
            self._under_way[item.link] = [settle]
            return self._to_find(name, answer, kind, hints, partial(self._settle_link, item.link))
        except FetchError as error:
            return _refuse(name, error, settle)

    def _to_find(self, name: str, answer: Answer, kind: Kind, hints: Hints, settle: Settle) -> Find:
        if kind not in _FORMATS:
            return _refuse(name, FetchError("it is a feed, and not the page of an article"), settle)
        content = to_utf8(answer.content or b"", answer.headers.get("Content-Type", ""))
        hints = replace(hints, url=str(answer.url))
        document = Document(name, _FORMATS[kind], content, hints)
        return Find(name, document, partial(self._settle_page, name, answer, settle))

    def _settle_page(self, asked: str, answer: Answer, settle: Settle, stored: bool) -> None:
        if stored and self.memory:
            self.memory.keep_page(asked, answer.validators)
        settle(stored)

    def _settle_item(self, asked: str, item: Item, stored: bool) -> None:
        if self.memory:
            self.memory.settle(asked, item, self.now(), stored=stored)

    def _settle_link(self, link: str, stored: bool) -> None:
        """What became of a page concerns every feed that links to it."""
        for settle in self._under_way.pop(link, ()):
            settle(stored)


def _read(content: bytes, url: str | None, content_type: str, seconds: float) -> Feed:
    found = read_json_feed(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else None
    return read_items(found, url) if found is not None else read_feed_within(seconds, content, url, content_type)


def _to_json(item: Item, text: str, published: dt.date | None) -> bytes:
    """An item whose text is known, as the JSON that `kg.sources` reads."""
    fields: dict[str, Any] = {
        "title": item.title,
        "url": item.link,
        "published": item.published or (published.isoformat() if published else None),
        "section": item.section,
        "publisher": item.publisher,
        # The element tells that there is markup where a text has nothing but entities, or links.
        "text": f"<div>{text}</div>" if item.is_html else text,
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False).encode()


def _name(address: str) -> str:
    """An address as it may be shown."""
    try:
        return plain(parse_address(address))
    except FetchError:
        return whole(address)


def _date(item: Item) -> dt.date | None:
    return dt.date.fromisoformat(item.published) if item.published else None


def _announced(answer: Answer) -> str:
    """The feeds that a page names by <link rel=alternate>, as part of a sentence."""
    links = [link for link in _LINK.findall(answer.content or b"") if _FEED_LINK.search(link)]
    found = [href[1] for link in links if (href := _HREF.search(link))]
    try:
        named = [str(answer.url.join(href.decode("ascii", "replace"))) for href in found[:3]]
    except httpx.InvalidURL:
        named = []
    return f"; it names the feed {' and '.join(named)}" if named else "; kg ingest reads pages"


def _refuse(name: str, error: FetchError, settle: Settle = forget) -> Find:
    return Find(name, Refusal(name, "fetch", str(error)), settle)
