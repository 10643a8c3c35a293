"""Document -> Article: read the format, clean, find title and date, refuse what is no English article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from kg import iris
from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.clean import clean
from kg.sources.dates import find_stated_date, find_url_date
from kg.sources.draft import Draft
from kg.sources.headline import split_title
from kg.sources.html import read_html
from kg.sources.json import read_json
from kg.sources.language import require_declared_english, require_english
from kg.sources.markdown import read_markdown
from kg.sources.text import read_text
from kg.sources.warc import read_warc
from kg.sources.xml import read_xml
from kg.types import Article, Document, Format

_READERS: Mapping[Format, Callable[[bytes], Draft]] = {
    Format.TEXT: read_text,
    Format.HTML: read_html,
    Format.JSON: read_json,
    Format.MARKDOWN: read_markdown,
    Format.XML: read_xml,
    Format.WARC: read_warc,
}
_FEWEST_WORDS = 3


def read_article(document: Document, max_words: int) -> Article:
    """The article that `document` holds, cleaned; `max_words` is the longest text accepted.

    Metadata are what the document says, else its hints, else absent.

    Raises:
        SourceError: the bytes are no English article that can be read; the message says why in one line.
    """
    draft = _READERS[document.format](document.content)
    require_declared_english(draft.language)
    _require_length(draft, max_words)
    title, body = split_title(draft.title or document.hints.title, clean(draft.paragraphs), draft.headed)
    text = "\n\n".join([title, *body] if title else body)
    if not text:
        raise SourceError("no article text is left when labels, links and notices are removed")
    require_english(text)
    if _count_words(body) < _FEWEST_WORDS:
        raise SourceError(f'too short for an article: the text is only "{text[:60]}"')
    url = draft.url or tidy_url(document.hints.url or "")
    return Article(
        id=iris.article_id(url, text),
        text=text,
        language="en",
        title=title,
        url=url,
        published=_find_published(draft, document, url),
        section=draft.section or document.hints.section,
        publisher=draft.publisher or document.hints.publisher,
    )


def _require_length(draft: Draft, max_words: int) -> None:
    words = _count_words(draft.paragraphs)
    if words > max_words:
        raise SourceError(
            f"the text has {words:,} words, over the limit of {max_words:,}; split it or raise KG_MAX_WORDS"
        )


def _count_words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _find_published(draft: Draft, document: Document, url: str | None) -> dt.date | None:
    """The publication date: metadata, hints, the address, a line that states it, in this order."""
    given = draft.published or document.hints.published
    return given or find_url_date(url) or find_stated_date(draft.paragraphs)
