"""An IPTC ninjs item, a JSON object -> Draft: versions 1 to 3. https://iptc.org/standards/ninjs/

Version 1 has one `headline` and bodies named by their kind (`body_xhtml`, `body_text`); versions 2 and 3 have lists of
`headlines` and `bodies`. Version 3 writes names in camel case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.agency import first_date, is_english, require_usable
from kg.sources.blocks import read_markup
from kg.sources.draft import Draft
from kg.sources.elements import first_text
from kg.sources.markup import has_markup, strip_markup
from kg.sources.names import NAMES, TEXT

_BODY = "body_"
_HEADLINE = "headline"
# By its names and by nothing else: an object with a text of ours is ours.
_SIGNS = frozenset(["versioncreated", "firstcreated", "pubstatus", "headlines", "representationtype"])
_DATES = ("firstcreated", "contentcreated", "versioncreated")
_MAIN = frozenset(["main", "headline", ""])


@dataclass(frozen=True, slots=True)
class _Body:
    """One rendition of an item's text."""

    kind: str
    value: str
    language: str = ""

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What to read first: English where it says so, then markup, plain text and other XML, then the longest."""
        is_html = "html" in self.kind or (has_markup(self.value) and "xml" not in self.kind)
        kind = 0 if is_html else 2 if "xml" in self.kind or "nitf" in self.kind else 1
        return bool(self.language) and not is_english(self.language), kind, -len(self.value)


def is_ninjs(fields: Mapping[str, Any]) -> bool:
    """True for an object with the names of ninjs and without those of our own."""
    ours = [name for name in NAMES[TEXT] if not name.startswith(_BODY)]
    if any(isinstance(fields.get(name), str) and fields[name].strip() for name in ours):
        return False
    names = {name.lower() for name in fields}
    has_body = "bodies" in names or any(name.startswith(_BODY) for name in names)
    signs = len(names & _SIGNS) + ("uri" in names) + has_body
    return signs >= 2


def read_ninjs(fields: Mapping[str, Any]) -> Draft:
    """The draft that a ninjs object holds.

    Raises:
        SourceError: it has no body with words in it, or the agency withheld or cancelled it.
    """
    item = {name.lower(): value for name, value in fields.items()}
    require_usable(_text(item.get("pubstatus")))
    paragraphs = _find_text(item)
    if not paragraphs:
        kind = _text(item.get("type")) or "of no type"
        raise SourceError(f'the ninjs item ({kind}) has no text: no "bodies" or "body_…" with words in them')
    return Draft(
        paragraphs=paragraphs,
        title=first_text(_headlines(item)),
        url=tidy_url(_text(item.get("uri"))) or tidy_url(_text(item.get("guid"))),
        published=first_date(_text(item.get(name)) for name in _DATES),
        section=first_text(_names(item, "subject", "subjects")),
        publisher=first_text(
            (_text(item.get("source")), _text(item.get("copyrightholder")), *_names(item, "infosource", "infosources"))
        ),
        language=_text(item.get("language")),
    )


def _find_text(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The paragraphs of the first body, by rank, that holds words."""
    bodies = sorted(_bodies(item), key=lambda body: body.rank)
    return next((paragraphs for body in bodies if (paragraphs := read_markup(body.value))), ())


def _bodies(item: Mapping[str, Any]) -> Iterator[_Body]:
    for name, value in item.items():
        if name.startswith(_BODY) and isinstance(value, str):
            yield _Body(name.removeprefix(_BODY), value)
    for body in _objects(item.get("bodies")):
        if value := _text(body.get("value")):
            kind = f"{_text(body.get('role'))} {_text(body.get('contenttype'))}".lower()
            yield _Body(kind, value, _text(body.get("language")))


def _headlines(item: Mapping[str, Any]) -> list[str]:
    """The headlines, the main one first; "title" is a name for the item, where it has no headline."""
    several = _objects(item.get("headlines"))
    several.sort(key=lambda headline: _text(headline.get("role")).lower() not in _MAIN)
    values = (_text(item.get(_HEADLINE)), *(_text(one.get("value")) for one in several), _text(item.get("title")))
    return [strip_markup(value) for value in values]


def _names(item: Mapping[str, Any], *fields: str) -> list[str]:
    return [_text(one.get("name")) for field in fields for one in _objects(item.get(field))]


def _objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list, their names in lower case; none where `value` is no list."""
    items = value if isinstance(value, list) else []
    return [{name.lower(): field for name, field in one.items()} for one in items if isinstance(one, dict)]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
