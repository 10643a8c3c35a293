"""IPTC ninjs of all versions, told apart from our own JSON."""

import datetime as dt
import json

import pytest

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.json import read_json

FIRST = "Kenya and Norway signed a treaty on fishing in Mombasa on Tuesday."
SECOND = "“We will keep our word,” Kenya’s foreign minister, Amina Otieno, said."
HTML = (
    f"<section><h1>Treaty</h1><p>{FIRST}</p><table><tr><td>Cod</td></tr></table>"
    f"<p>{SECOND.replace('word', '<a href=https://example.org>word</a>')}</p>"
    "<figure><figcaption>Two men.</figcaption></figure></section>"
)
READ = ("Treaty", FIRST, SECOND)
URI = "https://example.org/newsitems/fish"

VERSION_1 = {
    "uri": URI, "type": "composite", "version": "2", "versioncreated": "2024-01-10T02:00:00+03:00",
    "firstcreated": "2024-01-09T10:37:00Z", "pubstatus": "usable", "copyrightholder": "Example Press",
    "language": "en-GB", "byline": "Jane Doe", "headline": "Kenya and Norway sign treaty",
    "subject": [{"code": "medtop:11000000"}, {"name": "politics", "rel": "about"}],
    "body_text": f"{FIRST} {SECOND}", "body_xhtml": HTML,
    "associations": {"main": {"uri": "https://example.org/p", "type": "picture", "headline": "Two men"}},
}  # fmt: skip
VERSION_2 = {
    "uri": "urn:newsml:example.org:20240109:fish", "versioncreated": "2024-01-09T16:02:28+02:00",
    "standard": {"name": "ninjs", "version": "2.1"}, "language": "en", "infosources": [{"name": "Example Press"}],
    "headlines": [{"role": "teaser", "value": "Fish"}, {"role": "main", "value": "Kenya and <b>Norway</b> sign"}],
    "bodies": [{"role": "text", "contenttype": "text/plain", "value": FIRST * 9},
               {"role": "nitf", "contenttype": "application/xml", "value": f"<nitf><p>{FIRST * 9}</p></nitf>"},
               {"role": "html5", "contenttype": "text/html", "value": HTML}],
    "subjects": [{"name": "politics", "uri": "http://cv.iptc.org/newscodes/mediatopic/11000000"}],
}  # fmt: skip
VERSION_3 = {
    "uri": URI, "type": "text", "versionCreated": "2024-01-09T10:37:00Z", "pubStatus": "usable",
    "copyrightHolder": "Example Press", "by": "Jane Doe", "headlines": [{"value": "Kenya and Norway sign treaty"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": f"{FIRST}\n\n{SECOND}"}],
}  # fmt: skip
SUPERDESK = {
    "guid": "tag:example.org:2024:1", "uri": "tag:example.org:2024:1", "type": "text", "headline": "Kenya, Norway sign",
    "body_html": f"<p>{FIRST}</p><p>{SECOND}</p>", "versioncreated": "2024-01-09T10:37:00+0000", "source": "EXP",
    "service": [{"code": "a", "name": "International"}], "pubstatus": "usable",
}  # fmt: skip


def read(fields: object) -> Draft:
    return read_json(json.dumps(fields).encode())


def test_version_1() -> None:
    draft = read(VERSION_1)
    assert (draft.paragraphs, draft.title, draft.url) == (READ, "Kenya and Norway sign treaty", URI)
    assert (draft.published, draft.section) == (dt.date(2024, 1, 9), "politics")
    assert (draft.publisher, draft.language) == ("Example Press", "en-GB")


def test_version_2() -> None:
    draft = read(VERSION_2)
    assert (draft.paragraphs, draft.title) == (READ, "Kenya and Norway sign")
    assert draft.url == "urn:newsml:example.org:20240109:fish"
    assert (draft.published, draft.section, draft.publisher) == (dt.date(2024, 1, 9), "politics", "Example Press")


def test_version_3() -> None:
    draft = read(VERSION_3)
    assert (draft.paragraphs, draft.title) == ((FIRST, SECOND), "Kenya and Norway sign treaty")
    assert (draft.published, draft.publisher) == (dt.date(2024, 1, 9), "Example Press")


def test_what_superdesk_sends() -> None:
    draft = read(SUPERDESK)
    assert (draft.paragraphs, draft.title, draft.url) == ((FIRST, SECOND), "Kenya, Norway sign", None)
    assert draft.publisher == "EXP"


def test_of_several_languages_english_is_read() -> None:
    bodies = [{"value": "Kenia und Norwegen " * 50, "language": "de"}, {"value": FIRST, "language": "en"}]
    assert read({"uri": URI, "bodies": bodies}).paragraphs == (FIRST,)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({**VERSION_1, "pubstatus": "canceled"}, "the agency marks this item as canceled"),
        ({**VERSION_3, "pubStatus": "withheld"}, "withheld"),
        (
            {"uri": URI, "type": "picture", "versioncreated": "2024-01-09", "headline": "Two men"},
            "(picture) has no text",
        ),
        ({"uri": URI, "bodies": [{"value": "<p> </p>"}, {"value": 7}, "x", None]}, "has no text"),
        ({"uri": URI, "body_text": None}, "has no text"),
        ({"uri": URI, "bodies": {"value": FIRST}}, "has no text"),
    ],
)
def test_what_is_no_article_is_refused(fields: object, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(fields)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": FIRST, "uri": URI, "versioncreated": "2024-01-10"},
        {"content": FIRST, "headline": "Treaty", "pubstatus": "usable", "uri": URI},
        {"body_text": FIRST, "title": "Treaty"},
    ],
)
def test_what_has_a_text_of_ours_is_ours(fields: dict[str, str]) -> None:
    draft = read(fields)
    assert (draft.paragraphs, draft.url, draft.published) == ((FIRST,), None, None)
