"""Documents become Articles: bad input, precedence of metadata, and the same bytes give the same article."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import iris
from kg.errors import SourceError
from kg.sources import read_article
from kg.types import Article, Document, Format, Hints

SENTENCE = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
HINTS = Hints(url="https://example.org/hint", published=dt.date(2020, 1, 1))


def read(content: str | bytes, format: Format = Format.TEXT, hints: Hints = HINTS) -> Article:
    raw = content.encode() if isinstance(content, str) else content
    return read_article(Document("a", format, raw, hints), max_words=1000)


@pytest.mark.parametrize(
    ("content", "format", "words"),
    [
        (b"", Format.TEXT, "empty"),
        (b"", Format.JSON, "empty"),
        (b"", Format.HTML, "empty"),
        (b"%PDF-1.7 " + b"\0" * 99, Format.TEXT, "PDF"),
        (b"\x00\x01\x02" * 99, Format.HTML, "binary"),
        (
            ("word " * 1001).encode(),
            Format.TEXT,
            "1,001 words, over the limit of 1,000; split it or raise KG_MAX_WORDS",
        ),
        ("Le ministre a condamné mardi les attaques contre la ville et le port.".encode(), Format.TEXT, "French"),
        (
            "Le ministre a condamné mardi les attaques contre la ville et le port.".encode("cp1252"),
            Format.TEXT,
            "French",
        ),
        (b"Home\nWorld\nShare this article\n", Format.TEXT, "no article text is left"),
        (b"Hello", Format.TEXT, 'only "Hello"'),
        (b'{"text": "a', Format.JSON, "broken JSON"),
        (
            json.dumps({"text": SENTENCE, "language": "no"}),
            Format.JSON,
            "its language is Norwegian; only English",
        ),
        (b"---\ntitle: [\n---\n", Format.MARKDOWN, "broken YAML front matter"),
        (b"<nitf>", Format.XML, "broken XML"),
        (b"WARC/1.0\r\n", Format.WARC, "empty"),
    ],
)
def test_bad_input_has_its_one_clear_line(content: bytes | str, format: Format, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(content, format)
    assert words in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        SENTENCE,
        "Norway lifts ban.",
        "By Jane Doe, minister of fishing.",
        "AGENCY/Jane Doe/File Photo Norwegian soldiers arrest a man in Mombasa, Kenya, March 3, 2017.",
        "Iranian and Kenyan ministers meet in Oslo for talks",
    ],
)
def test_a_single_sentence_is_an_article_as_it_stands(sentence: str) -> None:
    fields = {"url": "https://example.org/1", "title": "", "text": sentence}
    article = read(json.dumps(fields), Format.JSON, Hints())
    assert (article.text, article.title) == (sentence, None)
    assert article.id == iris.article_id("https://example.org/1", sentence)


def test_metadata_of_the_text_come_before_hints_and_hints_before_the_address() -> None:
    text = f"https://example.org/2022/07/20/treaty\n\n{SENTENCE}"
    assert read(text).url == "https://example.org/2022/07/20/treaty"
    assert read(text).published == HINTS.published
    assert read(text, hints=Hints()).published == dt.date(2022, 7, 20)
    assert (read(SENTENCE).url, read(SENTENCE, hints=Hints()).url) == (HINTS.url, None)
    stated = json.dumps({"text": SENTENCE, "published": "2024-01-09"})
    assert read(stated, Format.JSON).published == dt.date(2024, 1, 9)


def test_the_title_opens_the_text_once() -> None:
    title = "Kenya and Norway sign treaty"
    plain = read(f"{title}\r\nWorld\r\n\r\n{title}\r\n\r\n{SENTENCE}\r\n")
    fields = {"title": title, "text": f"{title.upper()}\n\n{SENTENCE}"}
    for article in (plain, read(json.dumps(fields), Format.JSON)):
        assert (article.title, article.text) == (title, f"{title}\n\n{SENTENCE}")


def test_an_article_without_address_is_known_by_its_text() -> None:
    assert read(SENTENCE, hints=Hints()).id == iris.article_id(None, SENTENCE)


@settings(max_examples=150, deadline=None)
@given(content=st.one_of(st.binary(), st.text().map(str.encode)), format=st.sampled_from(Format))
def test_any_bytes_give_the_same_article_twice_or_a_source_error(content: bytes, format: Format) -> None:
    def attempt() -> Article | str:
        try:
            return read(content, format)
        except SourceError as error:
            return str(error)

    assert attempt() == attempt()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([SENTENCE, "", "World", "A claim without an end", "Read more", "“Yes,” he said."])))
def test_paragraphs_are_set_apart_by_one_blank_line(lines: list[str]) -> None:
    text = read("\n".join([*lines, SENTENCE])).text
    assert "\n\n\n" not in text and all("\n" not in paragraph for paragraph in text.split("\n\n"))
    assert SENTENCE in text
