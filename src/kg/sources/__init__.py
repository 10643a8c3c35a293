"""Bytes -> Article: files, folders and standard input become cleaned English articles, one file per format."""

from kg.sources.address import tidy_url
from kg.sources.article import read_article
from kg.sources.columns import parse_columns
from kg.sources.documents import find_documents
from kg.sources.kinds import SUFFIXES, is_read_in_folders, may_hold_articles

__all__ = [
    "SUFFIXES",
    "find_documents",
    "is_read_in_folders",
    "may_hold_articles",
    "parse_columns",
    "read_article",
    "tidy_url",
]
