"""A JSON object -> Draft: our own fields, each also by its common other names, or an IPTC ninjs item."""

from __future__ import annotations

import json
from typing import Any

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.dates import read_field_date
from kg.sources.draft import Draft
from kg.sources.encoding import decode
from kg.sources.markup import has_markup, strip_markup
from kg.sources.names import NAMES
from kg.sources.ninjs import is_ninjs, read_ninjs
from kg.sources.normalise import normalise
from kg.sources.paragraphs import to_paragraphs

# Of what may be several things an article is filed under the first.
_MANY = frozenset(["section", "publisher"])


def read_json(content: bytes) -> Draft:
    """The draft that the bytes of one JSON object hold.

    Raises:
        SourceError: the bytes are no JSON object, it has no text, or a field is of the wrong kind.
    """
    fields = _parse_object(decode(content))
    if is_ninjs(fields):
        return read_ninjs(fields)
    name, text = _find_string(fields, "text")
    if not text:
        raise SourceError(
            f'the JSON object has no text: field "{name}" is ' + ("empty" if name in fields else "missing")
        )
    published_name, published = _find_string(fields, "published")
    return Draft(
        paragraphs=to_paragraphs(normalise(strip_markup(text) if has_markup(text) else text)),
        title=" ".join(normalise(_find_string(fields, "title")[1]).split()) or None,
        url=tidy_url(_find_string(fields, "url")[1]),
        published=read_field_date(f'the JSON field "{published_name}"', published) if published else None,
        section=normalise(_find_string(fields, "section")[1]) or None,
        publisher=normalise(_find_string(fields, "publisher")[1]) or None,
        language=next((value for name in NAMES["language"] if isinstance(value := fields.get(name), str)), None),
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


def _find_string(fields: dict[str, Any], field: str) -> tuple[str, str]:
    """Name and value of the first name of a field that holds something; the first name and "" where none does."""
    names = NAMES[field]
    for name in names:
        value = fields.get(name)
        if field in _MANY and isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name")
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str):
            return name, value.strip()
        raise SourceError(f'the JSON field "{name}" is {_kind(value)}; it must be a string')
    return next((name for name in names if name in fields), names[0]), ""


def _kind(value: object) -> str:
    """What `value` is, in JSON's words."""
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
