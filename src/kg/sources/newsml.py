"""NewsML -> Draft: items of NewsML-G2 and of NewsML 1, and the messages that carry them.

https://iptc.org/standards/newsml-g2/ and https://iptc.org/standards/newsml-1/
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.agency import first_date, is_english, put_dateline, require_usable
from kg.sources.blocks import find_paragraphs, read_markup, text_of
from kg.sources.draft import Draft
from kg.sources.elements import XML_LANG, attributes, find, find_all, first_text, language_of, local_name
from kg.sources.encoding import decode
from kg.sources.nitf import read_nitf

# The providers of this scheme have their names as codes: https://cv.iptc.org/newscodes/newsprovider/
_NAMED_PROVIDERS = "nprov:"
_NAMED_SUBJECTS = ("", "cpnat:abstract")


def read_newsml(item: Any) -> Draft:
    """The draft that a `newsItem` of NewsML-G2 holds.

    Raises:
        SourceError: it holds no text, or the agency withheld or cancelled it.
    """
    require_usable(first_text(attributes(item, "pubStatus", "qcode") + attributes(item, "pubStatus", "uri")))
    meta = find(item, "contentMeta")
    found = _best_content(item)
    if found is None:
        kind = first_text(attributes(item, "itemClass", "qcode")) or "unknown class"
        raise SourceError(f"the news item ({kind}) holds no text: no inlineXML or inlineData with words in it")
    content, (paragraphs, inner) = found
    return Draft(
        paragraphs=put_dateline(text_of(find(meta, "dateline")), paragraphs),
        title=_headline(meta) or inner.title,
        url=tidy_url(item.get("guid", "")) or inner.url,
        published=first_date(_dates(item)) or inner.published,
        section=_subject(meta) or inner.section,
        publisher=first_text(_publishers(item)) or inner.publisher,
        language=_language(content, meta),
    )


def read_newsml_1(item: Any) -> Draft:
    """The draft that a `NewsItem` of NewsML 1 holds.

    Raises:
        SourceError: it holds no text, or the agency withheld or cancelled it.
    """
    require_usable(first_text(attributes(item, "Status", "FormalName")))
    contents = [_read_content(content) for content in find_all(item, "DataContent")]
    words = [content for content in contents if content is not None]
    if not words:
        raise SourceError("the news item holds no text: no DataContent with words in it")
    paragraphs, inner = max(words, key=_length)
    dates = (text_of(find(item, name)) for name in ("FirstCreated", "ThisRevisionCreated", "DateId"))
    identifier = text_of(find(item, "PublicIdentifier")) or text_of(find(item, "NewsItemId"))
    providers = (*attributes(find(item, "Provider"), "Party", "FormalName"), text_of(find(item, "ProviderId")))
    return Draft(
        paragraphs=put_dateline(text_of(find(item, "DateLine")), paragraphs),
        title=text_of(find(item, "HeadLine")) or inner.title,
        url=tidy_url(identifier) or inner.url,
        published=first_date(dates) or inner.published,
        section=inner.section,
        publisher=first_text(providers) or inner.publisher,
        language=first_text(attributes(item, "Language", "FormalName")),
    )


_Content = tuple[tuple[str, ...], Draft]
"""The paragraphs of one rendition of an item, and what that rendition says of itself."""


def _best_content(item: Any) -> tuple[Any, _Content] | None:
    """The fullest rendition with words, in English where one says so, and what it holds."""
    contents = list(find_all(find(item, "contentSet"), "inlineXML", "inlineData"))
    in_english = [content for content in contents if is_english(language_of(content))]
    for some in (in_english, contents):
        words = [(content, read) for content in some if (read := _read_content(content)) is not None]
        if words:
            return max(words, key=lambda found: _length(found[1]))
    return None


def _read_content(content: Any) -> _Content | None:
    """What one element of content holds: NITF, other markup in XML, or text; None for no words."""
    nitf = find(content, "nitf")
    if nitf is not None:
        return _read_nitf(nitf)
    elements = [child for child in content if local_name(child)]
    if elements:
        body = find(content, "body")
        paragraphs = find_paragraphs(*([body] if body is not None else elements))
        inner = Draft((), title=text_of(find(content, "h1")) or text_of(find(content, "title")) or None)
    else:
        paragraphs, inner = read_markup(_decode_data(content)), Draft(())
    return (paragraphs, inner) if paragraphs else None


def _read_nitf(nitf: Any) -> _Content | None:
    try:
        draft = read_nitf(nitf)
    except SourceError:
        return None
    return draft.paragraphs, draft


def _decode_data(content: Any) -> str:
    """The text of an element that holds no other, unpacked where it says that it is packed; "" where it cannot be."""
    text = content.text or ""
    if not content.get("encoding"):
        return text
    try:
        return decode(base64.b64decode(text))
    except (binascii.Error, ValueError, SourceError):
        return ""


def _length(content: _Content) -> int:
    return sum(map(len, content[0]))


def _headline(meta: Any) -> str | None:
    """The main headline: in English before other languages, of the first rank before others."""
    headlines = [headline for headline in find_all(meta, "headline") if text_of(headline)]
    headlines.sort(key=lambda headline: (not is_english(language_of(headline)), headline.get("rank", "1")))
    return text_of(headlines[0]) if headlines else None


def _dates(item: Any) -> Iterator[str]:
    return (text_of(find(item, name)) for name in ("firstCreated", "contentCreated", "versionCreated"))


def _subject(meta: Any) -> str | None:
    """The name of the first subject that is a topic: neither a person, an organisation nor a place."""
    subjects = [found for found in find_all(meta, "subject") if found.get("type", "") in _NAMED_SUBJECTS]
    names = [name for subject in subjects for name in subject if local_name(name) == "name"]
    names.sort(key=lambda name: not is_english(language_of(name)))
    return first_text(map(text_of, names))


def _publishers(item: Any) -> Iterator[str]:
    provider = find(item, "provider")
    yield text_of(find(provider, "name"))
    yield text_of(find(item, "copyrightHolder", "name"))
    yield from attributes(provider, "provider", "literal")
    for code in attributes(provider, "provider", "qcode"):
        if code.startswith(_NAMED_PROVIDERS):
            yield code.removeprefix(_NAMED_PROVIDERS)


def _language(content: Any, meta: Any) -> str | None:
    """The language of the content, where it or its metadata say one; of several, English.

    xml:lang of the item is that of its metadata, and tells nothing.
    """
    own = [tag for element in (content, *content) if (tag := element.get(XML_LANG) or element.get("lang"))]
    tags = own or attributes(meta, "language", "tag")
    return next(filter(is_english, tags), None) or (tags[0] if tags else None)
