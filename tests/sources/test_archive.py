"""WARC files: which records are pages, and that damage to one leaves the others."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import find_documents, read_article
from kg.sources.warc import read_warc
from kg.types import Document, Format, Hints, Refusal

LIMIT = 20_000
SENTENCE = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
PAGE = (
    "<html><head><title>Treaty signed</title><meta property='article:published_time' content='2024-01-09T10:00Z'>"
    f"</head><body><article><h1>Treaty signed</h1>{f'<p>{SENTENCE} A minister, Zoë Otieno, said so.</p>' * 4}</article>"
    "</body></html>"
)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
Headers = Sequence[tuple[str, str]]


class Archive:
    """A WARC file in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self._packed = packed
        self.content = b""

    def add(
        self,
        body: bytes | str = PAGE,
        headers: Headers = HTML,
        *,
        url: str = "https://example.org/news/1",
        status: str = "200 OK",
        kind: str = "response",
    ) -> Archive:
        block = body.encode() if isinstance(body, str) else body
        media_type = headers[0][1] if headers else ""
        if kind in ("response", "request", "revisit"):
            block = (
                "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *map(": ".join, headers), "")).encode() + block
            )
            media_type = f"application/http; msgtype={kind}"
        fields = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-05T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = fields.encode() + block + b"\r\n\r\n"
        self.content += gzip.compress(record) if self._packed else record
        return self


def find(content: bytes, folder: Path, name: str = "a.warc.gz", limit: int = LIMIT) -> list[Document | Refusal]:
    path = folder / name
    path.write_bytes(content)
    hints = Hints(url="https://example.org/hint", published=dt.date(2020, 1, 1))
    found = list(find_documents([str(path)], hints, limit, io.BytesIO()))
    for item in found:
        assert item.name.startswith(str(path))
        assert isinstance(item, Document) or len(item.reason.splitlines()) == 1
    return found


def tell(found: Sequence[Document | Refusal]) -> list[str]:
    """For each record its number and its address, or why it was refused."""
    return [
        f"{item.name.rpartition(':')[2]} {read_warc(item.content).url if isinstance(item, Document) else item.reason}"
        for item in found
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_an_article_found_at_its_address(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed=packed).add(PAGE.replace("<head>", '<head><link rel="canonical" href="https://other/">'))
    (document,) = find(archive.content, tmp_path, "a.WARC" if not packed else "a.warc.gz")
    assert isinstance(document, Document)
    assert (document.format, document.hints.url) == (Format.WARC, None)
    article = read_article(document, 1000)
    assert (article.url, article.title) == ("https://example.org/news/1", "Treaty signed")
    assert (article.published, article.text.count("Zoë Otieno")) == (dt.date(2024, 1, 9), 1)


@pytest.mark.parametrize(
    ("record", "is_page"),
    [
        ({}, True),
        ({"headers": [("Content-Type", "application/xhtml+xml")]}, True),
        ({"headers": [("Content-Type", "TEXT/HTML")]}, True),
        ({"headers": []}, True),
        ({"headers": [("Content-Type", "text/plain")], "body": f"Treaty signed\n\n{SENTENCE}"}, True),
        ({"kind": "resource", "headers": [("", "text/html")]}, True),
        ({"kind": "resource", "headers": [("", "text/plain")], "url": "urn:text:https://example.org/"}, False),
        ({"kind": "resource", "headers": [("", "image/png")]}, False),
        ({"kind": "conversion", "headers": [("", "text/plain")]}, False),
        ({"kind": "metadata", "headers": [("", "text/html")]}, False),
        ({"kind": "request"}, False),
        ({"status": "404 Not Found"}, False),
        ({"status": "301 Moved"}, False),
        ({"headers": [("Content-Type", "image/png")]}, False),
        ({"headers": [("Content-Type", "application/json")]}, False),
        ({"url": "https://example.org/robots.txt", "headers": [("Content-Type", "text/plain")]}, False),
        ({"url": "dns:example.org", "headers": [("Content-Type", "text/plain")]}, False),
    ],
)
def test_what_is_a_page(tmp_path: Path, record: dict[str, object], is_page: bool) -> None:
    found = find(Archive().add(**record).content, tmp_path)  # type: ignore[arg-type]
    assert [isinstance(item, Document) for item in found] == [is_page]
    if isinstance(found[0], Refusal):
        assert (found[0].name[-3:], found[0].reason) == (".gz", "none of its 1 records is a page")
    else:
        assert SENTENCE in " ".join(read_warc(found[0].content).paragraphs)


def test_what_was_the_same_before_is_told(tmp_path: Path) -> None:
    archive = Archive().add(b"", kind="revisit").add(b"", [("Content-Type", "image/png")], kind="revisit").add()
    assert tell(find(archive.content, tmp_path)) == [
        "1 https://example.org/news/1 was the same as at an earlier visit; its words stand in another record",
        "3 https://example.org/news/1",
    ]


def test_the_limit_is_that_of_a_record(tmp_path: Path) -> None:
    archive = Archive().add(b"x" * LIMIT, [("Content-Type", "video/mp4")]).add("<p>" + "y" * LIMIT).add()
    big, page = tell(find(archive.content * 5, tmp_path))[:2]
    assert big.startswith("2 0.0 MB is over the limit of 0.02 MB; split it or raise KG_MAX_BODY_MB")
    assert page == "3 https://example.org/news/1"


def test_content_that_is_larger_unpacked(tmp_path: Path) -> None:
    headers = [*HTML, ("Content-Encoding", "gzip")]
    told = tell(find(Archive().add(gzip.compress(b"x" * LIMIT * 99), headers).add().content, tmp_path))
    assert "https://example.org/news/1: its content, unpacked, is over the limit of 0.02 MB" in told[0]
    assert told[1] == "2 https://example.org/news/1"


def test_the_encoding_is_that_of_the_response(tmp_path: Path) -> None:
    page = PAGE.replace("Zoë", "“Zoë”").encode("cp1252")
    found = find(Archive().add(page, [("Content-Type", 'text/html; charset="windows-1252"')]).content, tmp_path)
    assert isinstance(found[0], Document)
    assert "“Zoë”" in " ".join(read_warc(found[0].content).paragraphs)


def starts(content: bytes) -> list[int]:
    return [match.start() for match in re.finditer(rb"\x1f\x8b\x08|WARC/1", content)]


def damaged(content: bytes, at: int, by: bytes = b"\xff\x00\xff\x00") -> bytes:
    return content[:at] + by + content[at + len(by) :]


def three(*, packed: bool) -> bytes:
    archive = Archive(packed=packed)
    for number in (1, 2, 3):
        archive.add(url=f"https://example.org/{number}")
    return archive.content


FIRST, SECOND, THIRD = (f"{number} https://example.org/{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (damaged(three(packed=True), starts(three(packed=True))[1] + 100), [FIRST, "its gzip data are damaged", THIRD]),
        (damaged(three(packed=True), starts(three(packed=True))[2] - 6), [FIRST, "its gzip data are damaged", THIRD]),
        (damaged(three(packed=True), starts(three(packed=True))[1]), [FIRST, "is not packed by gzip", THIRD]),
        (three(packed=True)[:-30], [FIRST, SECOND, "the file ends in the middle of it"]),
        (three(packed=False)[:-30], [FIRST, SECOND, "the file ends in the middle of it"]),
        (three(packed=False)[: starts(three(packed=False))[2] + 40], [FIRST, SECOND, "ends in the middle of it"]),
        (gzip.compress(three(packed=False)), [FIRST, SECOND, THIRD]),
        (b"junk\r\n" + three(packed=False), ["no head of a WARC record", "2 https://example.org/1"]),
        (three(packed=False) + b"\0" * 99, [FIRST, SECOND, THIRD, "no head of a WARC record"]),
        (three(packed=False).replace(b"Content-Length", b"Content-Width", 1), ["does not say how long it is", SECOND]),
        (b"", ["the file is empty"]),
        (b"\r\n\r\n", ["the file is empty"]),
        (b"<html>" + PAGE.encode(), ["no head of a WARC record"]),
        (gzip.compress(PAGE.encode()), ["no head of a WARC record"]),
    ],
)
def test_damage_to_one_leaves_the_others(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    told = tell(find(content, tmp_path))
    assert [words in line for words, line in zip(expected, told, strict=False)] == [True] * len(expected)


@pytest.mark.parametrize("packed", [True, False])
def test_standard_input_is_known_for_an_archive(packed: bool) -> None:
    stdin = io.BytesIO(three(packed=packed))
    assert tell(list(find_documents(["-"], Hints(), LIMIT, stdin))) == [FIRST, SECOND, THIRD]


class Endless(io.RawIOBase):
    """An archive that never ends, and says how much of it was read."""

    def __init__(self, content: bytes) -> None:
        self._pieces: Iterator[bytes] = itertools.repeat(content)
        self._rest = b""
        self.size = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None and size > 0
        while len(self._rest) < size:
            self._rest += next(self._pieces)
        given, self._rest = self._rest[:size], self._rest[size:]
        self.size += size
        return given

    def readline(self, size: int | None = -1, /) -> bytes:
        return self.read(100)


@pytest.mark.parametrize("packed", [True, False])
def test_records_are_streamed(packed: bool) -> None:
    stream = Endless(three(packed=packed))
    found = find_documents(["-"], Hints(), LIMIT, stream)  # type: ignore[arg-type]
    assert [next(found).name for _ in range(3)] == ["-:1", "-:2", "-:3"]
    assert stream.size < 200_000


def test_a_record_can_be_read_again_as_it_was_kept(tmp_path: Path) -> None:
    headers = [*HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    body = gzip.compress(PAGE.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    (document,) = find(Archive().add(chunked, headers).content, tmp_path)
    assert isinstance(document, Document)
    assert document.content.startswith(b"WARC/1.0\r\n") and PAGE.encode() in document.content
    again = find(document.content + b"\r\n\r\n", tmp_path, "kept.warc")
    assert [item.content for item in again if isinstance(item, Document)] == [document.content]


@pytest.mark.parametrize(
    "content", [b"", b"WARC/1.0", b"WARC/1.0\r\n\r\n", b"no\r\n\r\n", b"WARC/1.0\r\nA: b\r\n\r\nHTTP/1"]
)
def test_bytes_that_are_no_record_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError):
        read_warc(content)
