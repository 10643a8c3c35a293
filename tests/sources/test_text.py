"""Plain text: the seed article, and addresses near the top."""

import pytest

from kg.resources import resource
from kg.sources import read_article
from kg.sources.text import read_text
from kg.types import Document, Format


def test_the_seed_article_keeps_its_sentences_and_loses_the_site() -> None:
    content = resource("data", "samples", "us-korea-ukraine.txt").read_bytes()
    article = read_article(Document("seed.txt", Format.TEXT, content), max_words=10_000)
    paragraphs = article.text.split("\n\n")
    assert paragraphs[:3] == [
        "US and South Korea promise to continue to help Ukraine",
        "The United States and South Korea pledged to continue their close cooperation in support of Ukraine "
        "and the Ukrainian people.",
        "White House announced continuation of aid to Ukraine",
    ]
    assert paragraphs[-1].endswith("violating its international obligations.")
    assert len(paragraphs) == 13
    assert (article.title, article.published, article.url, article.section) == (paragraphs[0], None, None, None)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a\n\nThe talks ended.", "https://example.org/a"),
        ("Talks end\nhttps://example.org/a?b=c\nThe talks ended.", "https://example.org/a?b=c"),
        ("See https://example.org/a for more.\nThe talks ended.", None),
        ("One.\nTwo.\nThree.\nFour.\nFive.\nhttps://example.org/a", None),
        ("www.example.org%2Fa\nThe talks ended.", None),
    ],
)
def test_an_address_alone_near_the_top_is_the_articles_own(text: str, url: str | None) -> None:
    assert read_text(text.encode()).url == url
