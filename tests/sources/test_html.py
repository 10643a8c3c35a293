"""HTML pages: the article and what the page declares about it."""

import datetime as dt

import pytest

from kg.errors import SourceError
from kg.sources import read_article
from kg.types import Document, Format, Hints

BODY = """
<h1>Kenya and Norway sign treaty</h1><p class="byline">By Jane Doe</p>
<p>Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday, officials said.</p>
<p>The foreign minister of Kenya, Amina Wanjiru, said the “treaty” would protect the coast for ten years.</p>
<p><a href="/x">Read more: Ten facts about Norway</a></p>
<p>Norway promised to send two patrol boats before the end of the year.</p>"""
HEAD = """
<title>Kenya and Norway sign treaty | Example Times</title><meta property="og:site_name" content="Example Times">
<link rel="canonical" href="https://example.org/world/treaty"><meta property="article:section" content="World">
<meta property="article:published_time" content="2024-01-09T23:30:00+03:00">"""
SENTENCES = [
    "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday, officials said.",
    "The foreign minister of Kenya, Amina Wanjiru, said the “treaty” would protect the coast for ten years.",
    "Norway promised to send two patrol boats before the end of the year.",
]


def page(head: str = HEAD, body: str = BODY, start: str = "<!doctype html>") -> str:
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
    return (
        f"{start}<html><head>{head}</head><body>{menu}<article>{body}</article><footer>About us</footer></body></html>"
    )


@pytest.mark.parametrize(
    "content",
    [
        page().encode(),
        page('<meta charset="windows-1252">' + HEAD).encode("cp1252"),
        page('<meta charset="iso-8859-1">' + HEAD).encode("cp1252"),
        page(start='<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>').encode(),
        page().encode("utf-16"),
    ],
    ids=["utf-8", "cp1252", "cp1252 as latin-1", "xhtml", "utf-16"],
)
def test_a_page(content: bytes) -> None:
    article = read_article(Document("a.html", Format.HTML, content), max_words=10_000)
    assert article.text.split("\n\n") == ["Kenya and Norway sign treaty", *SENTENCES]
    assert article.title == "Kenya and Norway sign treaty"
    assert article.url == "https://example.org/world/treaty"
    assert article.published == dt.date(2024, 1, 9)
    assert (article.section, article.publisher) == ("World", "Example Times")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2024-01-09"}]}</script>',
         dt.date(2024, 1, 9)),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="20240109">',
         dt.date(2024, 1, 9)),
        ('<meta property="article:modified_time" content="2024-01-09">', None),
        ('<meta name="date" content="soon">', None),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_declared_date_is_the_publication_date(head: str, published: dt.date | None) -> None:
    article = read_article(Document("a.html", Format.HTML, page(head).encode()), max_words=10_000)
    assert article.published == published


def test_hints_fill_what_the_page_does_not_say_and_nothing_else() -> None:
    hints = Hints(url="https://example.org/hint", published=dt.date(2020, 1, 1))
    bare = read_article(Document("a.html", Format.HTML, page("").encode(), hints), max_words=10_000)
    full = read_article(Document("a.html", Format.HTML, page().encode(), hints), max_words=10_000)
    assert (bare.url, bare.published) == (hints.url, hints.published)
    assert (full.url, full.published) == ("https://example.org/world/treaty", dt.date(2024, 1, 9))


@pytest.mark.parametrize(
    "content",
    [
        "<html></html>",
        page(body="<ul><li>Home</li><li>Sign in</li></ul>"),
        "<div>" * 20_000 + "x",
        "<!doctype html><html><body><p>Page not found</p></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(content: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_article(Document("a.html", Format.HTML, content.encode()), max_words=10_000)
    assert "HTML" in str(refusal.value)
