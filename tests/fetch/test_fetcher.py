"""Feeds item by item, pages one by one, and of each only what is new."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fetch.conftest import Clock, MakeClient
from kg.fetch import Fetcher, Find, Memory
from kg.sources import read_article
from kg.types import Article, Document, Format, Hints, Refusal
from publishing import Page, Publisher, item, page, rss

FULL = (
    "<content:encoded><![CDATA[<p>Kenya <b>condemned</b> Uganda &amp; Chad on Monday, a minister said.</p>]]>"
    "</content:encoded>"
)
HINTS = "<pubDate>Mon, 03 Mar 2031 23:30:00 -0500</pubDate><category>World</category>"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "fetched.sqlite", "a") as made:
        yield made


@pytest.fixture
def fetcher(make_client: MakeClient, memory: Memory, clock: Clock) -> Fetcher:
    return Fetcher(make_client(), memory, now=clock)


def documents(finds: Iterator[Find], *, stored: bool = True) -> list[Document]:
    """The documents found, all of which become stored, or none."""
    found = []
    for find in finds:
        assert not isinstance(find.document, Refusal), find.document
        find.settle(stored)
        if find.document:
            found.append(find.document)
    return found


def refusals(finds: Iterator[Find]) -> list[tuple[str, str]]:
    """Name and reason of each refusal."""
    found = []
    for find in finds:
        is_refused = isinstance(find.document, Refusal)
        find.settle(not is_refused)
        if isinstance(find.document, Refusal):
            assert (find.document.stage, find.document.name) == ("fetch", find.name)
            found.append((find.document.name, find.document.reason))
    return found


def test_a_page_is_one_article(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/a"] = Page(status=301, headers={"Location": "/b"})
    publisher["/b"] = page(1, head='<link rel="alternate" type="application/rss+xml" href="/feed">')
    (document,) = documents(fetcher.find(publisher.url("/a#part")))
    expected = Document(publisher.url("/a"), Format.HTML, page(1), Hints(publisher.url("/b")))
    assert (document.name, document.format, document.hints) == (expected.name, expected.format, expected.hints)
    article = read_article(document, 1000)
    assert (article.url, article.title) == (publisher.url("/b"), "Botswana and Estonia hold talks, round 1")


def test_the_address_that_a_page_names_as_its_own_is_its_own(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/a?from=feed"] = page(1, head='<link rel="canonical" href="https://herald.example/1">')
    publisher["/b"] = page(1, head='<link rel="canonical" href="/relative">')
    found = [read_article(documents(fetcher.find(publisher.url(path)))[0], 1000).url for path in ("/a?from=feed", "/b")]
    assert found == ["https://herald.example/1", publisher.url("/b")]


def test_text_and_json_are_articles_too(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/a"] = Page("Señor Núñez".encode("cp1252"), type="text/plain; charset=iso-8859-1")
    publisher["/b"] = Page(b'{"text": "Kenya condemned Uganda."}', type="application/json")
    (text,) = documents(fetcher.find(publisher.url("/a")))
    (value,) = documents(fetcher.find(publisher.url("/b")))
    assert (text.format, text.content) == (Format.TEXT, "Señor Núñez".encode())
    assert (value.format, value.hints.url) == (Format.JSON, publisher.url("/b"))


def test_items_are_read_from_the_feed_or_from_their_pages(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/feed"] = rss(item("/1", title="One", more=HINTS), item("/2", title="Two &amp; more", more=HINTS + FULL))
    publisher["/1"] = page(1)
    first, second = documents(fetcher.find(publisher.url("/feed")))
    day = dt.date(2031, 3, 3)
    assert first.hints == Hints(publisher.url("/1"), day, "One", "World", "Tern Bay Herald")
    assert publisher.paths() == ["/feed", "/1"]
    assert read_article(second, 1000) == Article(
        id=read_article(second, 1000).id,
        text="Two & more\n\nKenya condemned Uganda & Chad on Monday, a minister said.",
        language="en",
        title="Two & more",
        url=publisher.url("/2"),
        published=day,
        section="World",
        publisher="Tern Bay Herald",
    )


def test_what_the_page_says_goes_before_what_the_feed_says(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/feed"] = rss(item("/1", title="Of the feed", more=HINTS), item("/2", title="Of the feed", more=HINTS))
    head = '<meta property="article:published_time" content="2031-03-01"><meta property="og:site_name" content="Wire">'
    publisher["/1"] = page(1, head=f'{head}<meta property="article:section" content="Africa">')
    publisher["/2"] = page(2).replace(b"<h1>", b"<p>").replace(b"</h1>", b"</p>")
    one, two = (read_article(document, 1000) for document in documents(fetcher.find(publisher.url("/feed"))))
    assert (one.title, one.published) == ("Botswana and Estonia hold talks, round 1", dt.date(2031, 3, 1))
    assert one.publisher == "Wire"
    assert (two.title, two.published, two.publisher) == ("Of the feed", dt.date(2031, 3, 3), "Tern Bay Herald")


def test_what_has_not_changed_is_not_fetched_again(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/feed"] = feed = rss(item("/1"), item("/2"))
    feed.etag = '"1"'
    publisher["/1"] = Page(page(1), etag='"x"')
    publisher["/2"] = page(2)
    assert len(documents(fetcher.find(publisher.url("/feed")))) == 2
    assert documents(fetcher.find(publisher.url("/feed"))) == []
    assert publisher.paths() == ["/feed", "/1", "/2", "/feed"]
    assert publisher.paths(304) == ["/feed"]
    # A feed without a version of its own is read again, its items are not.
    feed.etag = None
    assert documents(fetcher.find(publisher.url("/feed"))) == []
    # An item that changes is asked for again, and its page may say that it has not.
    publisher["/feed"] = rss(item("/1", title="Changed"), item("/2"), item("/3"))
    publisher["/3"] = page(3)
    assert [document.name for document in documents(fetcher.find(publisher.url("/feed")))] == [publisher.url("/3")]
    assert publisher.paths()[5:] == ["/feed", "/1", "/3"]
    assert publisher.paths(304) == ["/feed", "/1"]


def test_what_was_not_stored_is_not_remembered(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/feed"] = feed = rss(item("/1"), item("/2", more=FULL), item("/3"))
    feed.etag = '"1"'
    publisher["/1"] = Page(page(1), etag='"1"')
    assert len(documents(iter(list(fetcher.find(publisher.url("/feed")))[:2]), stored=False)) == 2
    # As after a kill in the middle: the feed is as it was, and yet nothing is lost.
    again = list(fetcher.find(publisher.url("/feed")))
    assert publisher.paths(304) == ["/feed"]
    assert [find.name for find in again] == [publisher.url(path) for path in ("/1", "/2", "/3")]
    assert refusals(iter(again)) == [(publisher.url("/3"), "127.0.0.1 answers 404 (Not Found)")]
    assert [find.name for find in fetcher.find(publisher.url("/feed"))] == [publisher.url("/3")]
    publisher["/alone"] = Page(page(4), etag='"4"')
    for _ in range(2):
        assert len(documents(fetcher.find(publisher.url("/alone")), stored=False)) == 1
    assert len(documents(fetcher.find(publisher.url("/alone")))) == 1
    assert documents(fetcher.find(publisher.url("/alone"))) == []


def test_all_is_fetched_again_for_who_asks_so(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/feed"] = feed = rss(item("/1"))
    feed.etag = '"1"'
    publisher["/1"] = Page(page(1), etag='"1"')
    assert len(documents(fetcher.find(publisher.url("/feed")))) == 1
    fetcher.again = True
    assert len(documents(fetcher.find(publisher.url("/feed")))) == 1
    assert publisher.paths(304) == []


def test_without_a_memory_all_is_fetched(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/feed"] = rss(item("/1"))
    publisher["/1"] = page(1)
    for _ in range(2):
        assert len(documents(Fetcher(make_client()).find(publisher.url("/feed")))) == 1


def test_a_feed_that_is_visited_often_tries_what_was_refused_now_and_then(
    fetcher: Fetcher, publisher: Publisher, clock: Clock
) -> None:
    publisher["/feed"] = rss(item("/1"))
    url = publisher.url("/feed")
    assert len(refusals(fetcher.find_due(url))) == 1
    assert refusals(fetcher.find_due(url)) == []
    clock.now += 3601
    assert len(refusals(fetcher.find_due(url))) == 1
    assert len(refusals(fetcher.find(url))) == 1


def test_items_come_once(fetcher: Fetcher, publisher: Publisher) -> None:
    same = [item("/1", guid="a"), item("/1", guid="b"), item("/2", guid="a"), item("/3", guid="c")]
    publisher["/feed"], publisher["/other"] = rss(*same), rss(item("/3", guid="x"))
    publisher["/1"], publisher["/3"] = page(1), page(3)
    found = [*fetcher.find(publisher.url("/feed")), *fetcher.find(publisher.url("/other"))]
    assert [find.name for find in found if find.document] == [publisher.url("/1"), publisher.url("/3")]
    documents(iter(found))
    # What became of the page holds for both feeds.
    assert [*documents(fetcher.find(publisher.url("/feed"))), *documents(fetcher.find(publisher.url("/other")))] == []
    assert publisher.paths().count("/3") == 1


@pytest.mark.parametrize(
    "link, reason",
    [
        ("file:///etc/passwd", '"file://etc/passwd" is no http or https address'),
        ("javascript:alert(1)", "is no http or https address"),
        ("mailto:a@b.example", "is no http or https address"),
        ("http://x:99999/", "there is no host x"),
        ("/gone", "127.0.0.1 answers 404 (Not Found)"),
        ("/feed", "it is a feed, and not the page of an article"),
        ("/film", "it is video/mp4, and no page, text or feed"),
        ("", "the item has neither a link nor a text"),
    ],
)
def test_an_item_that_leads_nowhere_is_refused_and_the_rest_goes_on(
    fetcher: Fetcher, publisher: Publisher, link: str, reason: str
) -> None:
    publisher["/feed"] = rss(item(link, title="Bad"), item("/1"))
    publisher["/film"] = Page(b"x", type="video/mp4")
    publisher["/1"] = page(1)
    found = list(fetcher.find(publisher.url("/feed")))
    ((_, given),) = refusals(iter(found))
    assert reason in given
    assert [find.name for find in found if isinstance(find.document, Document)] == [publisher.url("/1")]


def test_a_feed_from_outside_leads_to_nothing_inside(
    fetcher: Fetcher, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = publisher.url("/secret")
    publisher["/secret"] = page(1)
    publisher["/hop"] = Page(status=302, headers={"Location": secret})
    publisher["/feed"] = rss(item(secret), item("/hop"), item("/1", more=FULL))
    # As seen from here, a feed in a file comes from outside.
    found = list(fetcher.find_in_file("feed.xml", publisher.pages["/feed"].body))  # type: ignore[union-attr]
    assert [find.document.__class__.__name__ for find in found] == ["Refusal", "Refusal", "Document"]
    assert "a private address, to which nothing from outside may lead; name it yourself" in found[0].document.reason  # type: ignore[union-attr]
    assert publisher.asked == []
    # One that was named on this machine leads anywhere.
    assert len(documents(fetcher.find(publisher.url("/feed")))) == 3


@pytest.mark.parametrize(
    "address, reason",
    [
        ("http://", "the address cannot be used: it has no host"),
        ("http://[::1", "the address cannot be used: "),
        ("http://x y/", "there is no host x%20y: "),
        ("http://x:0/", "the address cannot be used: it has no host"),
        ("http://" + "x" * 3000, "the address cannot be used: it is too long"),
    ],
)
def test_an_address_that_is_none(fetcher: Fetcher, address: str, reason: str) -> None:
    ((name, given),) = refusals(fetcher.find(address))
    assert (name, given[: len(reason)]) == (address.replace(" ", "%20"), reason)


def test_a_password_is_not_shown(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/a"] = page(1)
    address = publisher.url("/a").replace("//", "//me:secret@")
    (document,) = documents(fetcher.find(address))
    assert (document.name, document.hints.url) == (publisher.url("/a"), publisher.url("/a"))
    ((name, _),) = refusals(fetcher.find(address.replace("/a", "/gone")))
    assert name == publisher.url("/gone")


def test_a_page_is_no_feed_to_visit(fetcher: Fetcher, publisher: Publisher) -> None:
    link = '<link href="/world.rss" type="application/rss+xml" rel="alternate">'
    publisher["/"], publisher["/b"] = page(1, head=link), page(2)
    named = f"it is a page and no feed; it names the feed {publisher.url('/world.rss')}"
    assert refusals(fetcher.find_due(publisher.url("/"))) == [(publisher.url("/"), named)]
    assert refusals(fetcher.find_due(publisher.url("/b")))[0][1] == "it is a page and no feed; kg ingest reads pages"


@pytest.mark.parametrize(
    "head, headers, seconds",
    [
        ("", {}, 0),
        ("<ttl>60</ttl>", {}, 3600),
        ("<ttl>60</ttl>", {"Cache-Control": "public, max-age=7200"}, 7200),
        ("", {"Cache-Control": "no-cache"}, 0),
    ],
)
def test_a_feed_says_when_to_come_again(
    fetcher: Fetcher, publisher: Publisher, head: str, headers: dict[str, str], seconds: float
) -> None:
    publisher["/feed"] = feed = rss(item("/1", more=FULL), head=head)
    feed.headers = headers
    documents(fetcher.find_due(publisher.url("/feed")))
    assert fetcher.wait(publisher.url("/feed")) == seconds
    publisher["/feed"] = Page(status=429, headers={"Retry-After": "9000"})
    assert "is busy (429) and asks for 9000 s" in refusals(fetcher.find_due(publisher.url("/feed")))[0][1]
    assert fetcher.wait(publisher.url("/feed")) == 9000


def test_a_feed_that_is_empty_or_broken(fetcher: Fetcher, publisher: Publisher) -> None:
    publisher["/empty"], publisher["/broken"] = rss(), Page(b"<rss><channel>", type="text/xml")
    assert [find.document for find in fetcher.find(publisher.url("/empty"))] == [None]
    assert refusals(fetcher.find(publisher.url("/broken")))[0][1].startswith("the feed cannot be read: ")


def test_the_date_that_is_given_is_for_what_says_none(make_client: MakeClient, publisher: Publisher) -> None:
    publisher["/feed"] = rss(item("/1", more=FULL), item("/2", more=HINTS))
    publisher["/2"] = page(2)
    fetcher = Fetcher(make_client(), published=dt.date(2031, 1, 1))
    first, second = documents(fetcher.find(publisher.url("/feed")))
    assert json.loads(first.content)["published"] == "2031-01-01"
    assert second.hints.published == dt.date(2031, 3, 3)
