"""Articles as a table, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kg.export.articles import find_articles
from kg.export.named_graph import NamedGraph
from kg.export.records import ArticleRecord
from kg.export.selection import Selection
from kg.export.table import Table, as_date


def gather_articles(graphs: Iterable[NamedGraph], selection: Selection) -> Iterator[ArticleRecord]:
    """The articles published in the period of a selection."""
    return (article for graph in graphs for article in find_articles(graph) if selection.takes_article(article))


def source_of(article: ArticleRecord) -> str | None:
    """Where an article is from: its publisher, else the host of its address."""
    if article.publisher or not article.url:
        return article.publisher
    try:
        return (urlsplit(article.url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


ARTICLES: Table[ArticleRecord] = Table(
    name="articles",
    title="Articles",
    meaning="One row for each article of the graph.",
    key=("Article ID",),
    criteria=("since", "until"),
    readers={
        "Article ID": lambda article: article.iri,
        "Article URL": lambda article: article.url,
        "Headline": lambda article: article.headline,
        "Section": lambda article: article.section,
        "Source": source_of,
        "Publication Date": lambda article: as_date(article.published),
        "Language": lambda article: article.language,
        "Words": lambda article: article.words,
        "Version": lambda article: article.version,
    },
    gather=gather_articles,
)
