"""A JSON object -> Draft. Fields: text, title, url, published, section, publisher, each also by its common other names.

The other names are those of schema.org, NewsAPI, news-please and RSS-to-JSON feeds.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.dates import parse_date
from kg.sources.draft import Draft
from kg.sources.encoding import decode
from kg.sources.markup import has_markup, strip_markup
from kg.sources.normalise import normalise
from kg.sources.paragraphs import to_paragraphs

_TEXT = ("text", "body", "content", "articleBody", "maintext", "article", "full_text")
_TITLE = ("title", "headline", "name")
_URL = ("url", "link", "canonical_url", "source_url", "@id")
_PUBLISHED = (
    "published", "date", "datePublished", "date_published", "published_at", "publishedAt", "published_date",
    "publication_date", "pubDate", "date_publish", "pub_date",
)  # fmt: skip
_SECTION = ("section", "category", "articleSection")
_PUBLISHER = ("publisher", "source", "site", "sitename", "site_name", "siteName", "source_domain")


def read_json(content: bytes) -> Draft:
    """The draft that the bytes of one JSON object hold.

    Raises:
        SourceError: the bytes are no JSON object, it has no text, or a field is of the wrong kind.
    """
    fields = _parse_object(decode(content))
    name, text = _find_string(fields, _TEXT)
    if not text:
        raise SourceError(
            f'the JSON object has no text: field "{name}" is ' + ("empty" if name in fields else "missing")
        )
    published_name, published = _find_string(fields, _PUBLISHED)
    return Draft(
        paragraphs=to_paragraphs(normalise(strip_markup(text) if has_markup(text) else text)),
        title=" ".join(normalise(_find_string(fields, _TITLE)[1]).split()) or None,
        url=tidy_url(_find_string(fields, _URL)[1]),
        published=_read_date(published_name, published) if published else None,
        section=normalise(_find_string(fields, _SECTION)[1]) or None,
        publisher=normalise(_find_string(fields, _PUBLISHER)[1]) or None,
    )


def _parse_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        # A line of JSON lines has its number in the name of the document.
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise SourceError(f"broken JSON at {line}column {error.colno}: {_lower(error.msg)}") from error
    except (RecursionError, ValueError) as error:
        raise SourceError("the JSON cannot be read: it is nested too deeply or holds too long a number") from error
    if not isinstance(value, dict):
        raise SourceError(f'the JSON is {_kind(value)}; an article is an object with a field "text"')
    return value


def _find_string(fields: dict[str, Any], names: tuple[str, ...]) -> tuple[str, str]:
    """Name and value of the first field among `names` that holds something; the first name and "" where none does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str):
            return name, value.strip()
        raise SourceError(f'the JSON field "{name}" is {_kind(value)}; it must be a string')
    return next((name for name in names if name in fields), names[0]), ""


def _read_date(name: str, value: str) -> dt.date:
    try:
        return parse_date(value)
    except ValueError as error:
        shown = value if len(value) <= 40 else value[:40] + "…"
        raise SourceError(
            f'the JSON field "{name}" is "{shown}"; it must be a date that exists, as 2024-01-09'
        ) from error


def _kind(value: object) -> str:
    """What `value` is, in JSON's words."""
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
