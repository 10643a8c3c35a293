"""JSON objects: fields by all their names, and clear words for what is wrong."""

import datetime as dt
import json

import pytest

from kg.errors import SourceError
from kg.sources.json import read_json

TEXT = "The talks ended on Monday."


@pytest.mark.parametrize(
    "fields",
    [
        {"text": TEXT, "title": "Talks end", "url": "https://example.org/a", "published": "2024-01-09",
         "section": "World", "publisher": "Example"},
        {"body": TEXT, "headline": "Talks end", "link": "https://example.org/a", "date": "2024-01-09T10:00:00Z",
         "category": "World", "source": {"id": None, "name": "Example"}},
        {"articleBody": f"<p>{TEXT}</p>", "name": "Talks\nend", "url": " https://example.org/a ",
         "datePublished": "9 January 2024", "articleSection": "World", "publisher": {"name": "Example"}},
        {"text": "", "content": TEXT, "title": "Talks end", "url": "https://example.org/a", "pubDate":
         "Tue, 09 Jan 2024 10:00:00 GMT", "section": "World", "site": "Example"},
    ],
)  # fmt: skip
def test_fields_by_their_names(fields: dict[str, object]) -> None:
    draft = read_json(json.dumps(fields).encode())
    assert draft.paragraphs == (TEXT,)
    assert (draft.title, draft.url, draft.published) == ("Talks end", "https://example.org/a", dt.date(2024, 1, 9))
    assert (draft.section, draft.publisher, draft.headed) == ("World", "Example", False)


def test_what_is_not_there_is_absent() -> None:
    draft = read_json(json.dumps({"text": TEXT, "title": "", "url": None, "published": "", "section": " "}).encode())
    assert (draft.title, draft.url, draft.published, draft.section, draft.publisher) == (None,) * 5


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("/news/1", None),
        ("urn:example:1", "urn:example:1"),
        ("https://[broken/2022/07/20/", None),
    ],
)
def test_addresses_are_absolute_iris_or_absent(url: str, expected: str | None) -> None:
    assert read_json(json.dumps({"text": TEXT, "url": url}).encode()).url == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": "a",}', "JSON at column 14"),
        ('{"text": "a"\n "b": 1}', "line 2, column 2: expecting ',' delimiter"),
        ("[1]", "a list; an article is an object"),
        ('"text"', "a string"),
        ("{}", '"text" is missing'),
        ('{"text": " "}', '"text" is empty'),
        ('{"text": ["a"]}', '"text" is a list; it must be a string'),
        ('{"text": "a", "title": 5}', '"title" is a number'),
        ('{"text": "a", "published": "2024-02-30"}', '"published" is "2024-02-30"'),
        ('{"text": "a", "date": "soon"}', '"date" is "soon"'),
        ('{"text": "a", "date": "03/04/2024"}', '"date" is "03/04/2024", which may be two days'),
        ('{"text": "a", "published": 1704790000}', '"published" is a number'),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "too long a number"),
    ],
)
def test_what_is_wrong_is_said(content: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_json(content.encode())
    assert words in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"language": "en-GB"}, ("en-GB", None, None)),
        ({"lang": "de", "categories": ["World", "Fish"]}, ("de", "World", None)),
        ({"language": 7, "inLanguage": "en", "section": []}, ("en", None, None)),
        ({"publisher": [{"name": "Example"}], "category": ""}, (None, None, "Example")),
    ],
)
def test_language_and_what_may_be_several(fields: dict[str, object], expected: tuple[str | None, ...]) -> None:
    draft = read_json(json.dumps({"text": TEXT, **fields}).encode())
    assert (draft.language, draft.section, draft.publisher) == expected
