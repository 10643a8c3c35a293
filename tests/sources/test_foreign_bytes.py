"""Any bytes are an article, or are refused with a reason."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.sources import find_documents, read_article
from kg.sources.address import tidy_url
from kg.types import Document, Format, Hints

PARAGRAPH = "The president of France met the chancellor of Germany in Berlin on Tuesday to talk about trade. "
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<html>",
        "<head>",
        "<title>",
        "</title>",
        "<meta charset=",
        "utf-16",
        "'",
        ">",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<![CDATA[",
        "<table><tr><td>",
        "<div " * 50,
        "&#0;",
        "&#xD800;",
        "&#1114112;",
        "&amp",
        "\x00",
        "\u2028",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        "&e;",
        PARAGRAPH * 3,
        "<time datetime='9999-99-99'>",
        "<meta property='article:published_time' content='",
        "<link rel=canonical href='http://[",
    ]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32", "latin-1", "cp1252", "utf-7", "shift_jis", "gb18030"])
KEYS = st.sampled_from(["text", "title", "url", "published", "section", "publisher", "x", "articleBody", "@graph"])
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.just(PARAGRAPH * 3),
        st.just("http://["),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


NEWS_KEYS = st.sampled_from(
    ["uri", "headline", "headlines", "body_text", "body_xhtml", "bodies", "value", "role", "contentType", "pubstatus",
     "versioncreated", "subject", "name", "language", "type"]
)  # fmt: skip
NEWS_VALUES = st.recursive(
    st.one_of(
        st.none(), st.integers(), st.text(max_size=20), st.just(f"<p>{PARAGRAPH * 3}</p>"), st.just("http://x/1"), TAGS
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NEWS_KEYS, inner, max_size=5)),
    max_leaves=10,
)
XML = st.sampled_from(
    [
        *(f"<{name}>" for name in ("nitf", "body", "body.head", "body.content", "hl1", "p", "newsItem", "contentMeta")),
        *(f"</{name}>" for name in ("nitf", "body", "body.content", "p", "newsItem", "contentMeta", "inlineXML")),
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">', "</newsMessage>", "<inlineXML>", "<contentSet>",
        "</contentSet>", '<inlineData encoding="base64">', "</inlineData>", '<date.issue norm="20249999"/>',
        "<headline>", "</headline>", "<![CDATA[", "]]>", "&nbsp;", "&bogus;", "<!DOCTYPE nitf [<!ENTITY e 'e'>]>",
        '<?xml version="1.0" encoding="utf-16"?>', "<html>", '<doc-id id-string="http://["/>', PARAGRAPH * 3, "\ud800",
    ]
)  # fmt: skip
RECORDS = st.sampled_from(
    [
        b"WARC/1.0\r\n", b"WARC/1.1\n", b"WARC-Type: response\r\n", b"WARC-Type: resource\r\n",
        b"WARC-Type: revisit\r\n", b"WARC-Target-URI: http://[\r\n", b"WARC-Target-URI: <https://x.org/1>\r\n",
        b"Content-Length: 0\r\n", b"Content-Length: 40\r\n", b"Content-Length: 300\r\n", b"Content-Length: -1\r\n",
        b"Content-Length: 99999999999999999\r\n", b"Content-Type: text/html\r\n", b"Content-Encoding: gzip, br\r\n",
        b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1 200 OK\r\n", b"\r\n", b"\r\n\r\n", b"fffffff\r\n", b"\xff\0",
        PARAGRAPH.encode() * 3, b"<p>", gzip.compress(b"WARC/1.0\r\n"), b"\x1f\x8b\x08",
    ]
)  # fmt: skip
ROWS = st.sampled_from(
    ["text", "title", "date", ",", ";", "\t", "\n", "\r", "\r\n", '"', '""', "\0", "\ufeff", "03/04/2024", "sep=;\n",
     PARAGRAPH * 3, "é", "\u2028"]
)  # fmt: skip
MARKS = st.sampled_from(
    ["---\n", "+++\n", "title: ", "date: ", "= ", "[", "]", "(", ")", "![", "*", "_", "`", "```\n", "> ", "- ", "# ",
     "|", "|---|\n", "\n", "\n\n", "&a *a ", "!!python/name:os ", "<div>", "<!--", "[^1]", "[[", "]]", "\\", "  \n",
     PARAGRAPH * 3]
)  # fmt: skip


def read(content: bytes, format: Format) -> None:
    try:
        article = read_article(Document("test", format, content, Hints(None, None)), 1000)
    except ArticleError as error:
        assert str(error).encode()
    else:
        for text in (article.text, article.title, article.url, article.section, article.publisher):
            assert text is None or text.encode()
        assert article.url is None or ox.NamedNode(article.url)


@given(st.binary(max_size=400), st.sampled_from(Format))
def test_any_bytes_are_read_or_refused(content: bytes, format: Format) -> None:
    read(content, format)


@given(st.lists(TAGS, max_size=20).map("".join), ENCODINGS)
def test_any_page_is_read_or_refused(page: str, encoding: str) -> None:
    read(page.encode(encoding, "ignore"), Format.HTML)


@given(st.one_of(VALUES, st.dictionaries(KEYS, VALUES)))
@example({"text": PARAGRAPH * 3 + "\ud800"})
@example({"text": PARAGRAPH * 3, "url": "http://x/\ufff0\U000e0001\U0001ffff\x85"})
@example({"text": PARAGRAPH * 3, "title": "\udfff", "url": "http://x/\ud800"})
def test_any_json_is_read_or_refused(value: object) -> None:
    read(json.dumps(value).encode(), Format.JSON)


@given(st.text(max_size=100), ENCODINGS)
def test_any_text_is_read_or_refused(text: str, encoding: str) -> None:
    read((PARAGRAPH * 3 + text).encode(encoding, "ignore"), Format.TEXT)


@given(
    st.one_of(st.text(max_size=30), st.lists(st.sampled_from(list("[]%#?/:@ 0a.")), max_size=12).map("".join)),
    st.sampled_from(["http://example.org/", "https://example.org", "urn:", "http://"]),
)
@example("a[1]?b[]=%&c=%4#d#e", "http://example.org/")
@example(":abc/", "http://example.org")
@example("example.org:99999/", "http://")
def test_any_address_is_an_iri_or_none(rest: str, start: str) -> None:
    address = tidy_url(start + rest)
    assert address is None or ox.NamedNode(address)


def find(content: bytes, folder: Path, suffix: str) -> None:
    """Every way in: as a file, and on standard input."""
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    for name in (str(path), "-"):
        for item in find_documents([name], Hints(), 2000, io.BytesIO(content)):
            if isinstance(item, Document):
                read(item.content, item.format)
            else:
                assert item.reason.encode() and len(item.reason.splitlines()) == 1


@given(st.one_of(NEWS_VALUES, st.dictionaries(NEWS_KEYS, NEWS_VALUES)))
def test_any_ninjs_is_read_or_refused(value: object) -> None:
    read(json.dumps(value).encode(), Format.JSON)


@given(st.lists(XML, max_size=20).map("".join), ENCODINGS)
def test_any_xml_is_read_or_refused(tmp_path: Path, xml: str, encoding: str) -> None:
    find(xml.encode(encoding, "ignore"), tmp_path, ".xml")


@given(st.lists(RECORDS, max_size=20).map(b"".join), st.booleans(), st.integers(0, 200), st.binary(max_size=4))
def test_any_archive_is_read_or_refused(tmp_path: Path, content: bytes, packed: bool, at: int, by: bytes) -> None:
    content = gzip.compress(content) if packed else content
    find(content[:at] + by + content[at + len(by) :], tmp_path, ".warc")


@given(st.lists(ROWS, max_size=30).map("".join), ENCODINGS, st.booleans())
def test_any_table_is_read_or_refused(tmp_path: Path, table: str, encoding: str, headed: bool) -> None:
    find(("text,title,date\n" * headed + table).encode(encoding, "ignore"), tmp_path, ".csv")


@given(st.lists(MARKS, max_size=30).map("".join), ENCODINGS)
def test_any_markdown_is_read_or_refused(tmp_path: Path, text: str, encoding: str) -> None:
    find(text.encode(encoding, "ignore"), tmp_path, ".md")


@given(st.binary(max_size=300), st.sampled_from([".xml", ".warc", ".warc.gz", ".csv", ".tsv", ".md", ".jsonl"]))
def test_any_bytes_of_any_name_are_read_or_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    find(content, tmp_path, suffix)
