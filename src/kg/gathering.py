"""What a person names -> documents: files and folders as they are; addresses, lists of them, and feeds as fetched."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Self

from kg.errors import SettingError
from kg.fetch import Client, Fetcher, Find, Memory, is_address, is_feed
from kg.settings import Settings
from kg.sources import find_documents, parse_columns, tidy_url
from kg.sources.columns import Columns
from kg.types import Document, Hints, Refusal

_FEED_SUFFIXES = {".rss", ".atom"}
# What may be a feed as well as something else.
_MIXED_SUFFIXES = {".xml", ".rdf", ".json"}
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a person names: `paths`, each a file, a folder, an address or `-`, and a list of addresses in a file."""

    paths: Sequence[str]
    urls: str | None
    hints: Hints
    settings: Settings
    stdin: BinaryIO
    columns: Columns | None
    fetches: bool
    """Whether anything of it has to be fetched, or may lead to what has."""
    only: tuple[Find, ...] = ()
    """The one document there is, where its address is given."""

    @classmethod
    def of(
        cls,
        paths: Sequence[str],
        urls: str | None,
        settings: Settings,
        stdin: BinaryIO,
        *,
        published: str | None = None,
        url: str | None = None,
        columns: str | None = None,
    ) -> Self:
        """What the options of a verb name.

        Raises:
            SettingError: they name nothing, a date that is none, or one address for more than one article.
        """
        if not paths and urls is None:
            raise SettingError("Missing argument 'PATH'; see kg --help, or kg VERB --help")
        if "-" in paths and urls == "-":
            raise SettingError("standard input cannot be both articles and a list of addresses")
        fetches = urls is not None or any(
            is_address(path) or read_feed_file(path, settings.max_body_bytes) is not None for path in paths
        )
        hints = _read_hints(published, url, fetches=fetches)
        named = parse_columns(columns) if columns is not None else None
        made = cls(paths, urls, hints, settings, stdin, named, fetches)
        return replace(made, only=_only(made.find())) if hints.url else made

    def find(self, memory: Memory | None = None, *, again: bool = False) -> Iterator[Find]:
        """All that is there, in order; what `memory` knows to be stored and unchanged is not fetched, unless `again`.

        Raises:
            SettingError: the list of addresses cannot be read.
        """
        if self.only:
            return iter(self.only)
        fetcher = None
        if self.fetches:
            fetcher = Fetcher(Client.open(self.settings), memory, again, self.hints.published)
        return itertools.chain(self._find_at_paths(fetcher), self._find_listed(fetcher) if fetcher else ())

    def _find_at_paths(self, fetcher: Fetcher | None) -> Iterator[Find]:
        asked: set[str] = set()
        max_bytes = self.settings.max_body_bytes
        for path in self.paths:
            if fetcher and is_address(path):
                yield from _once(path, fetcher, asked)
            elif fetcher and (content := read_feed_file(path, max_bytes)) is not None:
                yield from fetcher.find_in_file(path, content)
            else:
                for document in find_documents([path], self.hints, max_bytes, self.stdin, self.columns):
                    yield Find(document.name, document)

    def _find_listed(self, fetcher: Fetcher) -> Iterator[Find]:
        asked = set(self.paths)
        if self.urls is not None:
            for found in _read_list(self.urls, self.stdin, self.settings.max_body_bytes):
                yield from [Find(found.name, found)] if isinstance(found, Refusal) else _once(found, fetcher, asked)


def documents_of(finds: Iterator[Find]) -> Iterator[Document | Refusal]:
    """The documents and refusals of `finds`, where nobody wants to know what becomes of them."""
    return (find.document for find in finds if find.document is not None)


def read_feed_file(path: str, max_bytes: int) -> bytes | None:
    """What the feed in the file `path` holds; None where it is none, is too large, or cannot be read."""
    suffix = Path(path).suffix.lower()
    if suffix not in _FEED_SUFFIXES | _MIXED_SUFFIXES:
        return None
    try:
        with open(path, "rb") as file:
            content = file.read(max_bytes + 1)
    except OSError:
        return None
    # What says by its name that it is a feed is refused as one.
    is_one = len(content) <= max_bytes and (suffix in _FEED_SUFFIXES or is_feed(content))
    return content if is_one else None


def _read_hints(published: str | None, url: str | None, *, fetches: bool) -> Hints:
    try:
        date = dt.date.fromisoformat(published) if published is not None else None
    except ValueError as error:
        raise SettingError(f"--published {published} is no date: write it as 2024-01-31") from error
    address = tidy_url(url) if url is not None else None
    if address is None and url is not None:
        raise SettingError(f"--url {url} is no address: write it as https://example.org/news/1")
    if address is not None and fetches:
        raise SettingError("--url is for an article in a file: what is fetched has an address")
    return Hints(address, date)


def _only(finds: Iterator[Find]) -> tuple[Find, ...]:
    """The one document there is: more cannot have one address."""
    found = tuple(itertools.islice(finds, 2))
    if len(found) > 1:
        raise SettingError(
            "--url is the address of one article, and there are more: name one file, or give JSON with urls"
        )
    return found


def _once(address: str, fetcher: Fetcher, asked: set[str]) -> Iterator[Find]:
    if address not in asked:
        asked.add(address)
        yield from fetcher.find(address)


def _read_list(name: str, stdin: BinaryIO, max_bytes: int) -> Iterator[str | Refusal]:
    """The addresses in a list, one a line; after # stands a comment."""
    try:
        content = stdin.read(max_bytes + 1) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise SettingError(f"cannot read the list of addresses {name}: {error.strerror}") from error
    if len(content) > max_bytes:
        raise SettingError(f"the list of addresses {name} is over the limit: split it, or raise KG_MAX_BODY_MB")
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), start=1):
        text = _COMMENT.sub("", line).strip()
        if is_address(text):
            yield text
        elif text:
            shown = text if len(text) <= 60 else text[:59] + "…"
            yield Refusal(f"{name}:{number}", "fetch", f'"{shown}" is no http or https address')
