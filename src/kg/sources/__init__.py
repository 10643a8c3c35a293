"""Bytes -> Article: files, folders and standard input become cleaned English articles, one file per format."""

from kg.sources.address import tidy_url
from kg.sources.article import read_article
from kg.sources.documents import SUFFIXES, find_documents

__all__ = ["SUFFIXES", "find_documents", "read_article", "tidy_url"]
