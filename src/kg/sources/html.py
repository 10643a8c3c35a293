"""An HTML page -> Draft: text and metadata by trafilatura, the publication date only where the page declares it."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.dates import parse_date
from kg.sources.draft import Draft
from kg.sources.encoding import decode
from kg.sources.normalise import normalise
from kg.sources.paragraphs import is_sentence, to_paragraphs

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)|^\s*<\?xml[^>]+encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# https://ogp.me/#type_article, https://schema.org/datePublished and the names that publishers use beside them
_DATE_META = (
    "article:published_time", "datepublished", "og:article:published_time", "og:published_time", "date", "pubdate",
    "publish-date", "publish_date", "publication_date", "date.issued", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "sailthru.date", "parsely-pub-date", "citation_publication_date",
    "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished", "published_time",
)  # fmt: skip
_NO_GUESSES = {"extensive_search": False, "original_date": True, "min_date": "1990-01-01", "max_date": "2100-01-01"}

# What they log about a page that holds no article is said once, in the refusal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_html(content: bytes, charset: str | None = None) -> Draft:
    """The draft that the bytes of an HTML page hold.

    Args:
        content: the page.
        charset: its encoding as HTTP declares it, which comes before what the page says itself.

    Raises:
        SourceError: the bytes are no text, or there is no article on the page.
    """
    markup = _XML_DECLARATION.sub("", decode(content, charset or _declared_charset(content)))
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise SourceError("the file is no HTML page that can be read")
    published = find_declared_date(tree)
    page = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=dict(_NO_GUESSES)
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise SourceError("no article was found on the HTML page")
    paragraphs = to_paragraphs(normalise(page.text))
    if not any(map(is_sentence, paragraphs)):
        raise SourceError("no article was found on the HTML page, only menus or labels")
    return Draft(
        paragraphs=paragraphs,
        title=_title(page),
        url=tidy_url(page.url or ""),
        published=published,
        section=normalise(page.categories[0]) if page.categories else None,
        publisher=_publisher(page),
    )


def find_declared_date(tree: Any) -> dt.date | None:
    """The publication date in the metadata of an HTML page: meta elements, JSON-LD, marked time elements."""
    candidates = (*_meta_dates(tree), *_linked_data_dates(tree), *_time_dates(tree))
    for value in candidates:
        try:
            return parse_date(value)
        except ValueError:
            continue
    return None


def _declared_charset(content: bytes) -> str | None:
    match = _CHARSET.search(content[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def _meta_dates(tree: Any) -> list[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            found.setdefault((meta.get(attribute) or "").lower(), meta.get("content") or "")
    return [found[name] for name in _DATE_META if found.get(name)]


def _linked_data_dates(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                yield from _find_published(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue


def _find_published(value: Any) -> Iterator[str]:
    """Every `datePublished` of the top objects of JSON-LD, those inside `@graph` too."""
    if isinstance(value, list):
        for item in value:
            yield from _find_published(item)
    elif isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        yield from _find_published(value.get("@graph"))


def _time_dates(tree: Any) -> Iterator[str]:
    for time in tree.iter("time"):
        marks = " ".join((time.get("itemprop") or "", time.get("class") or "")).lower()
        if time.get("pubdate") is not None or "datepublished" in marks or "publish" in marks:
            yield time.get("datetime") or ""


def _title(page: Any) -> str | None:
    """The headline, without the name of the site behind it."""
    title = normalise(page.title or "").strip()
    name = normalise(page.sitename or "").strip()
    if name and title.endswith(name):
        title = re.sub(r"\s+[|–—·:-]\s+$", "", title[: -len(name)]) or title
    return " ".join(title.split()) or None


def _publisher(page: Any) -> str | None:
    """The name that the page gives its site; trafilatura falls back on the host, which is no name."""
    name = normalise(page.sitename or "").strip()
    return name if name and name.lower() not in (page.url or "").lower() else None
