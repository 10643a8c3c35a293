"""Feeds of every kind, made by hand, and what is wrong with feeds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import FetchError
from kg.fetch.feed import find_day, read_feed
from kg.fetch.feed_process import SMALL_BYTES, read_feed_within
from kg.fetch.fetcher import _read
from kg.fetch.item import Feed, Item
from kg.fetch.kind import Kind, find_kind, is_feed
from publishing import item, rss

FEEDS = Path(__file__).parent / "feeds"
TEXT = "<p>Kenya condemned Uganda’s closure of the bridge.</p>"
ONE, TWO = "https://herald.example/1", "https://herald.example/2"


def read(name: str, url: str | None = "https://herald.example/feed") -> Feed:
    return _read((FEEDS / name).read_bytes(), url, "", 30)


# Name, and of its first item: link, day, section, publisher, full text.
@pytest.mark.parametrize(
    "name, link, day, section, publisher, content",
    [
        ("rss090.rdf", ONE, None, None, "Tern Bay Herald", None),
        ("rss091.xml", ONE, None, None, "Tern Bay Herald", None),
        ("rss092.xml", ONE, None, "World", "Northern Wire", None),
        ("rss10.rdf", ONE, "2031-03-03", "World", "Tern Bay Herald", TEXT),
        ("rss20.xml", ONE, "2031-03-03", "World", "Tern Bay Herald", TEXT),
        ("atom03.xml", ONE, "2031-03-03", None, "Tern Bay Herald", None),
        ("atom10.xml", "https://herald.example/world/1", "2031-03-03", "World", "Northern Wire", TEXT),
        ("feed.json", ONE, "2031-03-03", "World", "Tern Bay Herald", TEXT),
    ],
)
def test_a_feed_is_read(
    name: str, link: str, day: str | None, section: str | None, publisher: str, content: str | None
) -> None:
    first, second = read(name).items
    assert first.title == "Kenya condemns closure of bridge"
    assert (first.link, first.published, first.section, first.publisher) == (link, day, section, publisher)
    assert (
        first.content and first.content.replace("&#8217;", "’").strip().removeprefix("<div>")[: len(TEXT)]
    ) == content
    if name != "rss092.xml":
        assert (second.title, second.link, second.content) == ("Fiji & Peru hold talks", TWO, None)


def test_every_feed_is_known_as_one() -> None:
    for path in sorted(FEEDS.iterdir()):
        assert is_feed(path.read_bytes()), path.name
        assert find_kind(path.read_bytes(), "text/html" if path.suffix != ".json" else "") in (
            Kind.FEED,
            Kind.JSON_FEED,
        ), path.name


def test_a_day_is_that_of_the_place_where_it_was_written() -> None:
    days = {
        "Mon, 03 Mar 2031 23:30:00 -0500": "2031-03-03",
        "2031-03-03T23:30:00-05:00": "2031-03-03",
        "2031-03-03": "2031-03-03",
        "4 Mar 2031 10:00 GMT": "2031-03-04",
        "2031-02-30T00:00:00Z": None,
        "yesterday": None,
        "": None,
    }
    assert {text: find_day(text) for text in days} == days


def test_an_entry_that_says_only_when_it_was_changed_has_no_day() -> None:
    assert read("atom10.xml").items[1].published is None
    assert read("atom03.xml").items[1].published is None


def test_an_item_without_a_link_is_read_from_its_summary() -> None:
    second = read("rss092.xml").items[1]
    assert second.link is None
    assert second.text == "Fiji and Peru held talks on Monday, their ministers said."


def test_links_in_a_file_are_relative_to_the_site() -> None:
    assert [item.link for item in read("rss20.xml", None).items] == [ONE, TWO]
    assert [item.link for item in read("feed.json", None).items] == [ONE, TWO]


@pytest.mark.parametrize(
    "head, seconds",
    [
        ("", 0),
        ("<ttl>60</ttl>", 3600),
        ("<ttl>soon</ttl>", 0),
        ('<x:updatePeriod xmlns:x="http://purl.org/rss/1.0/modules/syndication/">daily</x:updatePeriod>', 86_400),
    ],
)
def test_a_feed_says_how_often_it_changes(head: str, seconds: float) -> None:
    assert read_feed(rss(item("/1"), head=head).body, "http://x.invalid/").interval == seconds
    assert read("rss10.rdf").interval == 1800
    assert read("rss20.xml").interval == 5400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "koi8-r"])
def test_a_feed_may_be_in_any_encoding(encoding: str) -> None:
    title = "Куба" if encoding == "koi8-r" else "Señor Núñez"
    declared = encoding.removesuffix("-sig")
    feed = f'<rss version="2.0"><channel>{item("/1", title=title)}</channel></rss>'
    text = f'<?xml version="1.0" encoding="{declared}"?>{feed}'
    content = text.encode(encoding)
    assert is_feed(content)
    assert [one.title for one in read_feed(content, "http://x.invalid/").items] == [title]


def test_the_encoding_that_a_server_names_holds() -> None:
    content = f'<rss version="2.0"><channel>{item("/1", title="Señor")}</channel></rss>'.encode("iso-8859-1")
    named = "application/rss+xml; charset=iso-8859-1"
    assert [one.title for one in read_feed(content, "http://x.invalid/", named).items] == ["Señor"]


@pytest.mark.parametrize(
    "content, message",
    [
        (b"<rss><channel>", "the feed cannot be read: no element found"),
        (b"<rss version='2.0'", "the feed cannot be read: unclosed token"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        read_feed(content, None)


def test_an_empty_feed_has_no_items() -> None:
    assert read_feed(rss().body, None).items == ()
    # That it names a wrong encoding does not matter then.
    for declared in ("us-ascii", "nonsense"):
        content = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>é</title></channel></rss>'.encode()
        assert read_feed(content, None, "text/plain").items == ()


def test_of_a_broken_feed_is_read_what_can_be_found() -> None:
    body = rss(item("/1", title="A & B"), item("/2", title="<b>C")).body
    assert [one.link for one in read_feed(body, "http://x.invalid/").items] == [
        "http://x.invalid/1",
        "http://x.invalid/2",
    ]


def test_entities_do_not_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss version="2.0"><channel>{item("/1", title="&l9;")}'
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>{item("/1", title="&x;")}'
    for text in (bomb, outside):
        started = time.monotonic()
        items = read_feed(f"{text}</channel></rss>".encode(), "http://x.invalid/").items
        assert time.monotonic() - started < 5
        assert all("haha" not in (one.title or "") and "root:" not in (one.title or "") for one in items)


@pytest.mark.parametrize(
    "content, is_whole",
    [
        ("<p>All of it is here.</p>", True),
        ("<p>The minister said that the …</p>", False),
        ("<p>The minister said [&hellip;]</p>", False),
        ("<p>The minister spoke. <a href='/1'>Read more</a></p>", False),
        ("<p>The minister spoke. Continue reading Kenya condemns closure</p>", False),
        ("<figure><img src='/1.jpg'/></figure>", False),
        ("<p>Watch this</p>", False),
        ("<p>People read more than they did, he said.</p>", True),
    ],
)
def test_a_teaser_is_not_the_text(content: str, is_whole: bool) -> None:
    with_link = Item("k", "http://x.invalid/1", content=content, summary="short")
    assert (with_link.text == content) is is_whole
    assert Item("k", content=content).text == content


def test_a_large_feed_is_read_in_a_process_of_its_own() -> None:
    summary = f"<description>{'word ' * 100}</description>"
    large = rss(*(item(f"/{number}", title=f"Número {number}", more=summary) for number in range(800))).body
    assert len(large) > SMALL_BYTES
    assert read_feed_within(60, large, "http://x.invalid/", "") == read_feed(large, "http://x.invalid/")
    with pytest.raises(FetchError, match="the feed cannot be read: "):
        read_feed_within(60, b"<rss" + b" " * SMALL_BYTES, None, "")


def test_a_feed_that_takes_too_long_is_given_up() -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match="the feed takes more than 2 s to read; raise KG_FETCH_TIMEOUT"):
        read_feed_within(2, b"<rss><channel>" + b"<item>" * 1_500_000, None, "")
    assert time.monotonic() - started < 20


def test_an_item_is_kept_as_json() -> None:
    for one in read("rss20.xml").items:
        assert Item.from_json(one.to_json()) == one
