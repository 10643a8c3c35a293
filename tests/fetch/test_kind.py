from __future__ import annotations

import pytest

from kg.errors import FetchError
from kg.fetch.kind import Kind, find_kind, is_feed
from publishing import item, page, rss

PAGE = page(1, head='<link rel="alternate" type="application/rss+xml" href="/feed">')
FEED = rss(item("/1")).body
JSON_FEED = b'{"version": "https://jsonfeed.org/version/1", "items": []}'


@pytest.mark.parametrize(
    "content, media_type, kind",
    [
        (PAGE, "text/html", Kind.HTML),
        (PAGE, "text/plain", Kind.HTML),
        (PAGE, "application/rss+xml", Kind.HTML),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html xmlns="x">',
            "application/xhtml+xml",
            Kind.HTML,
        ),
        (b"Kenya condemned Uganda.", "text/plain", Kind.TEXT),
        (b"Kenya condemned <b>Uganda</b>.", "text/html", Kind.HTML),
        (b"< 5 people came", "", Kind.TEXT),
        (FEED, "text/html", Kind.FEED),
        (FEED, "", Kind.FEED),
        (b"\xef\xbb\xbf\n<!-- " + b"x" * 5000 + b" -->" + FEED[21:], "text/xml", Kind.FEED),
        (b'<!DOCTYPE rss [<!ENTITY x "]>">]><rss>', "text/xml", Kind.FEED),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom">', "text/xml", Kind.FEED),
        (b"<feed><entry/></feed>", "text/xml", Kind.FEED),
        (FEED.decode().encode("utf-16"), "", Kind.FEED),
        (JSON_FEED, "application/feed+json", Kind.JSON_FEED),
        (JSON_FEED, "", Kind.JSON_FEED),
        (b'{"text": "Kenya condemned Uganda."}', "application/json", Kind.JSON),
        (b'{"text": "Kenya', "application/json", Kind.JSON),
        (b"[" * 100_000, "", Kind.JSON),
    ],
)
def test_what_an_answer_holds(content: bytes, media_type: str, kind: Kind) -> None:
    assert find_kind(content, media_type) is kind
    assert is_feed(content) is (kind in (Kind.FEED, Kind.JSON_FEED))


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "it is empty"),
        (b" \n ", "it is empty"),
        (
            b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
            "it is XML, but neither",
        ),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "it is XML, but neither a feed nor"),
        (b"<feed xmlns='urn:x'/>", "it is XML, but neither a feed nor a page"),
    ],
)
def test_what_cannot_be_read(content: bytes, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        find_kind(content, "text/xml" if content.strip() else "")
