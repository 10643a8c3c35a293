"""Whatever a server answers, it is read or refused: nothing else is raised."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.conftest import Clock
from kg.errors import FetchError
from kg.fetch import Client
from kg.fetch.address import parse_address, plain
from kg.fetch.feed import read_feed
from kg.fetch.fetcher import _to_json
from kg.fetch.item import Feed, Item
from kg.fetch.json_feed import read_items
from kg.fetch.kind import find_kind, is_feed
from kg.fetch.pace import Pace
from kg.fetch.text import to_utf8
from kg.fetch.unpacking import unpack
from kg.settings import Settings

FEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "feeds").iterdir()) if path.suffix != ".json"]
PIECES = st.sampled_from(
    [
        b"<item>", b"</item>", b"<entry>", b"<link>http://[", b"<link href='http://[x'/>", b"<guid>",
        b"<title type='xhtml'>", b"<media:group>", b"<img src='//[' />",
        b"<pubDate>Mon, 99 Foo 0000 99:99:99 +9999</pubDate>", b"<dc:date>0000-00-00</dc:date>", b"<category/>",
        b"<content type='application/octet-stream'>AAAA", b"<content mode='base64'>A", b"&#xD800;", b"&#0;",
        b"\xff\xfe",
        b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY e 'x'>]>", b"&e;", b"xml:base='http://['", b"\x00", b"<source>",
        b"<?xml version='1.0' encoding='utf-16'?>", b"encoding='idna'", b"<ttl>99999999999999</ttl>", b"<author>(@)",
        b"<georss:point>x</georss:point>", b"<enclosure length='x'/>", b"xmlns:a='b'",
    ]
)  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=10)
    | st.sampled_from(["http://[", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.sampled_from(
    ["id", "url", "external_url", "title", "content_html", "content_text", "tags", "date_published", "summary", "items"]
)


@st.composite
def broken_feeds(draw: st.DrawFn) -> bytes:
    """A feed with pieces put into it, bytes taken out of it, or its end cut off."""
    feed = draw(st.sampled_from(FEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(feed)))
        end = draw(st.sampled_from([start, start + 1, start + 10, len(feed)]))
        feed = feed[:start] + draw(PIECES | st.binary(max_size=3)) + feed[end:]
    return feed


def check(feed: Feed) -> None:
    """Whatever is found is as it is said to be, and can be kept."""
    for item in feed.items:
        assert Item.from_json(item.to_json()) == item
        assert item.key
        assert item.title is None or "\n" not in item.title
        assert json.loads(_to_json(item, item.text or "no text", None).decode("utf-8")).keys() >= {"text"}
        repr(item).encode("utf-8")


@given(broken_feeds())
def test_a_broken_feed(content: bytes) -> None:
    is_feed(content)
    try:
        find_kind(content, "text/xml")
        check(read_feed(content, "http://x.invalid/feed", "text/xml; charset=latin-1"))
    except FetchError as error:
        assert "\n" not in str(error)


@given(st.dictionaries(MEMBERS | st.just("feed_url"), JSON), st.lists(st.dictionaries(MEMBERS, JSON), max_size=4))
def test_a_broken_json_feed(feed: dict[str, Any], items: list[dict[str, Any]]) -> None:
    check(read_items({"items": items, **feed}, None))
    content = json.dumps({"version": "https://jsonfeed.org/version/1", **feed}).encode()
    assert is_feed(content)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes(content: bytes, named: str) -> None:
    assert isinstance(is_feed(content), bool)
    assert isinstance(to_utf8(content, f"text/html; charset={named}"), bytes)
    for coding in ("gzip", "deflate", named):
        for body in (content, gzip.compress(content)[: len(content)]):
            try:
                assert len(unpack([body], coding, 100)) <= 100
            except FetchError:
                continue


@given(
    st.text(max_size=60)
    | st.text(max_size=20).map("https://x\udcff/{}".format)
    | st.text("[]@:/?#%.01x ", max_size=30).map("http://{}".format)
)
def test_any_address(text: str) -> None:
    try:
        url = parse_address(text)
    except FetchError as error:
        assert "\n" not in str(error)
    else:
        assert url.scheme in ("http", "https") and url.host and "#" not in str(url)
        assert not httpx.URL(plain(url)).userinfo


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff" * 100,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA\x00b: c\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://a b\tc/%zz\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 429 Slow\r\nRetry-After: -1\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 429 Slow\r\nRetry-After: Mon, 99 Foo 2031 99:99:99 GMT\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_server_that_answers_anything(answer: bytes) -> None:
    clock = Clock()
    client = Client.open(Settings(fetch_timeout=5), Pace(0, clock, clock.sleep))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    asked = connection.recv(65_536)
                    robots = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                    try:
                        connection.sendall(robots if b"/robots.txt" in asked else answer)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(FetchError) as raised:
            client.get(parse_address(f"http://127.0.0.1:{listening.getsockname()[1]}/a"))
        assert "\n" not in str(raised.value)
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
