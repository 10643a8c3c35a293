"""The names that files give what an article has: fields of JSON, columns of tables, front matter of Markdown.

They are those of schema.org, NewsAPI, news-please, RSS-to-JSON feeds, static sites, web clippers and the exports of
press databases.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT = "text"
PUBLISHED = "published"
URL = "url"
PUBLISHER = "publisher"

NAMES: Mapping[str, tuple[str, ...]] = {
    TEXT: (
        "text", "body", "content", "articleBody", "maintext", "article", "full_text", "article_text", "body_text",
    ),
    "title": ("title", "headline", "name"),
    URL: ("url", "link", "canonical_url", "source_url", "@id", "canonical"),
    PUBLISHED: (
        "published", "date", "datePublished", "date_published", "published_at", "publishedAt", "published_date",
        "publication_date", "pubDate", "date_publish", "pub_date", "publish_date",
    ),
    "section": ("section", "category", "articleSection", "categories"),
    PUBLISHER: (
        "publisher", "source", "site", "sitename", "site_name", "siteName", "source_domain", "publication", "outlet",
        "media_name", "newspaper", "domain",
    ),
    "language": ("language", "lang", "inLanguage"),
}  # fmt: skip
"""By our name of a field its common names, the first that holds something is taken."""


def key_of(name: str) -> str:
    """`name` without case, spaces and punctuation: what "Publication Date" and `publication_date` share."""
    return "".join(filter(str.isalnum, name.lower()))
