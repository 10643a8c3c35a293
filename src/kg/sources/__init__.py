"""Bytes -> Article: files, folders and standard input become cleaned English articles, one file per format."""

from kg.sources.article import read_article
from kg.sources.documents import find_documents

__all__ = ["find_documents", "read_article"]
