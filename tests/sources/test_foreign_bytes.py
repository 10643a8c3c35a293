"""Any bytes are an article, or are refused with a reason."""

from __future__ import annotations

import json

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.sources import read_article
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
