"""What a person names: files, folders, addresses, lists of them and feeds in files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SettingError
from kg.fetch import Memory
from kg.gathering import Gathering, documents_of, read_feed_file
from kg.settings import Settings
from kg.types import Document, Refusal
from publishing import Publisher, item, page, publishing, rss
from stories import tell

FULL = f"<content:encoded><![CDATA[<p>{tell(3)}</p>]]></content:encoded>"


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with publishing() as made:
        for number in range(4):
            made[f"/{number}"] = page(number)
        made["/feed"] = rss(item("/1"), item("/2"))
        yield made


def gathering(*paths: str, urls: str | None = None, stdin: str = "", **options: str) -> Gathering:
    return Gathering.of(paths, urls, Settings(fetch_delay=0), io.BytesIO(stdin.encode()), **options)


def names(gathered: Gathering, memory: Memory | None = None) -> list[str]:
    """The names of what is found, refusals with their reason."""
    return [
        f"{found.name}: {found.reason}" if isinstance(found, Refusal) else found.name
        for found in documents_of(gathered.find(memory))
    ]


def test_what_is_named_comes_in_order(publisher: Publisher) -> None:
    Path("a.txt").write_text(tell(1))
    Path("in").mkdir()
    Path("in/b.txt").write_text(tell(2))
    one, feed = publisher.url("/3"), publisher.url("/feed")
    found = names(gathering("in", one, "a.txt", feed, one))
    assert found == ["in/b.txt", one, "a.txt", publisher.url("/1"), publisher.url("/2")]


def test_a_list_of_addresses(publisher: Publisher) -> None:
    lines = f"\ufeff# a list\r\n\r\n  {publisher.url('/1')}#part # twice\r\n{publisher.url('/2')}\nnews\nfile:///etc/passwd\n"
    lines += publisher.url("/2") + "\n"
    expected = [
        publisher.url("/1"),
        publisher.url("/2"),
        '{}:5: "news" is no http or https address',
        '{}:6: "file:///etc/passwd" is no http or https address',
    ]
    Path("list.txt").write_text(lines, newline="")
    assert names(gathering(urls="list.txt")) == [line.format("list.txt") for line in expected]
    assert names(gathering(urls="-", stdin=lines)) == [line.format("-") for line in expected]
    assert publisher.paths() == ["/1", "/2"] * 2


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.xml", "FEED.XML", "feed.rdf"])
def test_a_feed_in_a_file(publisher: Publisher, name: str) -> None:
    content = rss(item("https://herald.example/1", more=FULL), item(publisher.url("/1"))).body
    Path(name).write_bytes(content)
    first, second = names(gathering(name))
    assert first == "https://herald.example/1"
    assert second.startswith(f"{publisher.url('/1')}: 127.0.0.1 is at 127.0.0.1, a private address")
    with Memory.open(Path("fetched.sqlite"), "a") as memory:
        assert len(names(gathering(name), memory)) == 2


def test_a_json_feed_in_a_file_is_no_article(publisher: Publisher) -> None:
    Path("feed.json").write_text(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "content_text": "x"}]}'
    )
    Path("article.json").write_text('{"text": "See https://jsonfeed.org/version/1"}')
    assert gathering("feed.json").fetches
    assert not gathering("article.json").fetches
    (document,) = documents_of(gathering("feed.json").find())
    assert isinstance(document, Document)
    assert document.content == b'{"text": "x"}'


def test_what_is_no_feed_is_no_feed(publisher: Publisher) -> None:
    Path("other.xml").write_text("<nitf/>")
    Path("large.rss").write_bytes(b" " * 101)
    Path("broken.rss").write_text("nothing of the kind")
    Path("a.txt").write_bytes(rss().body)
    given = {name: read_feed_file(name, 100) is not None for name in ("other.xml", "large.rss", "a.txt", "gone.rss")}
    assert set(given.values()) == {False}
    assert names(gathering("broken.rss"))[0].startswith("broken.rss: the feed cannot be read: ")
    assert not gathering("a.txt", "other.xml", "gone.rss", "-").fetches


@pytest.mark.parametrize(
    "paths, options, message",
    [
        ([], {}, "Missing argument 'PATH'"),
        (["-"], {"urls": "-"}, "standard input cannot be both articles and a list of addresses"),
        (
            ["http://x.invalid/"],
            {"url": "http://x.invalid/1"},
            "--url is for an article in a file: what is fetched has",
        ),
        (["a.txt"], {"url": "news"}, "--url news is no address"),
        (["a.txt", "b.txt"], {"url": "http://x.invalid/"}, "--url is the address of one article, and there are more"),
        (["a.txt"], {"published": "soon"}, "--published soon is no date: write it as 2024-01-31"),
    ],
)
def test_what_cannot_be_meant(publisher: Publisher, paths: list[str], options: dict[str, str], message: str) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(tell(1))
    with pytest.raises(SettingError, match=message):
        gathering(*paths, **options)


def test_a_list_that_cannot_be_read(publisher: Publisher) -> None:
    with pytest.raises(SettingError, match=r"cannot read the list of addresses gone.txt: No such file"):
        names(gathering(urls="gone.txt"))
    huge = Gathering.of([], "-", Settings(max_body_mb=0.000001), io.BytesIO(b"# long"))
    with pytest.raises(SettingError, match="the list of addresses - is over the limit"):
        names(huge)
