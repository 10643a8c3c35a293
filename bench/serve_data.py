"""A data directory of few articles -> one of any size, and the same graph as N-Quads for other engines.

Copies of an article are articles of their own: another ID, in the IRIs of the article and of all that is named after
it, and dates that lie some days later. States, organizations, people and posts stay who they are, as they do where
many articles speak of them.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import BinaryIO

from kg import iris
from kg.disk import is_data_directory
from kg.journal import Journal
from kg.keeper import Keeper, fixed_graphs
from kg.settings import Settings
from kg.types import Entry

BATCH = 100
DAYS_APART = 3
"""How many days the dates of a copy lie behind those of the copy before."""

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "3m": 3_000_000}
"""Triples that articles say, each counted once; what is known beyond articles comes on top, 9 thousand triples."""

_DATE = re.compile(rb'"(\d{4}-\d\d-\d\d)"(?=\^\^<http://www\.w3\.org/2001/XMLSchema#date>)')


@dataclass(frozen=True, slots=True)
class Dataset:
    """One graph in the forms that the servers take, in files beside each other."""

    data: Path
    """The data directory."""

    @property
    def named(self) -> Path:
        """Every graph by its name, in N-Quads."""
        return self.data.with_name(f"{self.data.name}.nq")

    @property
    def union(self) -> Path:
        """Each triple of any graph once, in N-Triples."""
        return self.data.with_name(f"{self.data.name}-union.nt")

    @property
    def done(self) -> Path:
        """Written last; holds the numbers of articles, of quads and of triples."""
        return self.data.with_name(f"{self.data.name}.txt")

    @property
    def counts(self) -> tuple[int, int, int]:
        """Articles, quads and triples."""
        articles, quads, triples = map(int, self.done.read_text("ascii").split())
        return articles, quads, triples


def copy_entry(entry: Entry, copy: int) -> Entry:
    """`entry` as another article; copy 0 is the entry itself."""
    if not copy:
        return entry
    old = entry.article.rsplit("/", 1)[1]
    new = iris.digest(f"{old} {copy}")
    graph = shift_dates(entry.graph.replace(old.encode(), new.encode()), copy * DAYS_APART)
    lines = sorted(graph.splitlines(keepends=True))
    return replace(entry, article=entry.article.replace(old, new), name=f"{entry.name} ({copy})", graph=b"".join(lines))


def shift_dates(graph: bytes, days: int) -> bytes:
    """`graph` with each xsd:date that many days later; months, years and times stay."""

    def shift(found: re.Match[bytes]) -> bytes:
        date = dt.date.fromisoformat(found[1].decode()) + dt.timedelta(days)
        return f'"{date.isoformat()}"'.encode()

    return _DATE.sub(shift, graph)


def multiply(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All entries, then a copy of each, then another, without end."""
    originals = list(entries)
    return (copy_entry(entry, number) for number in count() for entry in originals)


def read_entries(data: Path) -> list[Entry]:
    """What the journal of a data directory holds, in the order of acceptance."""
    settings = Settings(data=data)
    with Journal.open(data, base_iri=settings.base_iri, write=False) as journal:
        found = (journal.get(article) for _, article, _ in journal.since(0))
        return [entry for entry in found if entry]


def ingest(articles: Path, data: Path) -> Path:
    """The data directory `data`, with what could be taken in of the folder `articles`, unless it is there."""
    if not is_data_directory(data):
        unfinished = data.with_name(f"{data.name}-new")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "kg", "ingest", articles, "--data", unfinished], check=False)
        unfinished.rename(data)
    return data


def make_dataset(base: Path, data: Path, triples: int) -> Dataset:
    """The dataset at `data` with that many triples, from the articles of the data directory `base`.

    What was made before is taken as it is.
    """
    dataset = Dataset(data)
    if not dataset.done.exists():
        shutil.rmtree(data, ignore_errors=True)
        with ExitStack() as stack:
            keeper = stack.enter_context(Keeper.open(Settings(data=data)))
            writer = _Writer(
                stack.enter_context(dataset.named.open("wb")), stack.enter_context(dataset.union.open("wb"))
            )
            for fixed in fixed_graphs(Settings().base_iri):
                writer.write(fixed.iri, fixed.triples)
            wanted = writer.triples + triples
            entries = multiply(read_entries(base))
            articles = 0
            while writer.triples < wanted:
                articles += _keep(keeper, writer, entries, wanted)
            keeper.pack()
        dataset.done.write_text(f"{articles} {writer.quads} {writer.triples}", "ascii")
    return dataset


def _keep(keeper: Keeper, writer: _Writer, entries: Iterator[Entry], wanted: int) -> int:
    """Take one batch in, or as much of it as makes `wanted` triples; how many articles that were."""
    batch = []
    for entry in islice(entries, BATCH):
        writer.write(entry.article, entry.graph)
        batch.append(entry)
        if writer.triples >= wanted:
            break
    keeper.keep(batch, [])
    return len(batch)


class _Writer:
    """Writes graphs as N-Quads, and each triple once as N-Triples; counts both."""

    def __init__(self, named: BinaryIO, union: BinaryIO) -> None:
        self._named = named
        self._union = union
        # A hash of 64 bits stands for a triple: of 3 million, two share one once in four million runs.
        self._seen: set[int] = set()
        self.quads = 0

    @property
    def triples(self) -> int:
        return len(self._seen)

    def write(self, iri: str, graph: bytes) -> None:
        end = f" <{iri}> .\n".encode()
        for line in graph.splitlines(keepends=True):
            self._named.write(line.removesuffix(b" .\n") + end)
            self.quads += 1
            if (key := hash(line)) not in self._seen:
                self._seen.add(key)
                self._union.write(line)
