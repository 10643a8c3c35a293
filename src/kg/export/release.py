"""What a release of the whole graph consists of, and where it comes from."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg.export.articles import find_articles
from kg.export.named_graph import NamedGraph
from kg.resources import resource
from kg.vocab import KG, PREFIXES

_ACTIVITY = PREFIXES["prov"] + "Activity"
_ASSOCIATED_WITH = PREFIXES["prov"] + "wasAssociatedWith"
_ENDED = PREFIXES["prov"] + "endedAtTime"
_LABEL = PREFIXES["rdfs"] + "label"

RIGHTS = (
    "The texts of the articles, and what is quoted of them, belong to their publishers: who passes them on needs their "
    "permission or an exception in law. What the graph says beyond those words was found by software, and is not free "
    "of error. Categories, modes, contexts and scores of events are those of the PLOVER manual, by the Open Event Data "
    "Alliance, CC BY-SA 4.0."
)
CODE_LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"
"""That of the software, the ontology and the shapes."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a release: its path there, `/` between folders, what it is, and what writes it.

    `media_types` are those of the file, with that of what it packs behind that of the packing; `license` is the address
    of its licence, None where that of the release holds. `is_result` says that it was made from the articles.
    """

    path: str
    name: str
    description: str
    media_types: tuple[str, ...]
    write: Callable[[BinaryIO], object]
    license: str | None = None
    is_result: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who answers for a release, and on what terms it may be used.

    Where no `publisher` is named, it is whoever runs the service at `base_iri`; where no `license`, the address of a
    licence, is given, the release says only whose the texts are. `published` is a day, by default that on which the
    last article was read, so that the same graph gives the same release.
    """

    base_iri: str
    title: str = "Political events and statements found in news articles"
    publisher: str | None = None
    publisher_url: str | None = None
    license: str | None = None
    published: dt.date | None = None

    def published_on(self, origin: Origin) -> dt.date:
        """The day of publication; today, where nothing else says it."""
        if self.published is not None:
            return self.published
        return dt.date.fromisoformat(origin.ended[1][:10]) if origin.ended else dt.datetime.now(dt.UTC).date()


@dataclass(frozen=True, slots=True)
class Software:
    """What read articles: `label` is name and version, `models` the language models that it did so with."""

    iri: str
    label: str
    models: tuple[str, ...]

    @property
    def version(self) -> str:
        """The last word of its label."""
        return self.label.rpartition(" ")[2]


@dataclass(slots=True)
class Origin:
    """Where a graph comes from: how many articles, published and read when, by what.

    `first` and `last` are the days that articles were published on, `ended` the times, as the graph has them, at which
    the first and the last was read; each None where no graph says so.
    """

    articles: int = 0
    first: str | None = None
    last: str | None = None
    ended: tuple[str, str] | None = None
    languages: set[str] = field(default_factory=set)
    software: dict[str, Software] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What the graph holds, in one sentence."""
        period = f", published from {self.first} to {self.last}" if self.first else ""
        articles = "1 news article" if self.articles == 1 else f"{self.articles:,} news articles"
        return (
            f"What {articles}{period} say: who did what to whom, who said what, and the words that say so, as a graph "
            "in RDF and in files made from it."
        )

    @classmethod
    def gather(cls, graphs: Iterable[NamedGraph]) -> Origin:
        """That of `graphs`."""
        origin = cls()
        for graph in graphs:
            origin._add(graph)
        return origin

    def _add(self, graph: NamedGraph) -> None:
        for article in find_articles(graph):
            self.articles += 1
            if article.language:
                self.languages.add(article.language)
            if article.published:
                self.first = min(self.first or article.published, article.published)
                self.last = max(self.last or article.published, article.published)
        for activity in graph.instances_of(_ACTIVITY):
            if (ended := graph.one_of(activity, _ENDED)) is not None:
                first, last = self.ended or (ended, ended)
                self.ended = min(first, ended), max(last, ended)
            if (iri := graph.resource_of(activity, _ASSOCIATED_WITH)) is not None:
                self._add_software(graph, iri, graph.all_of(activity, str(KG.modelVersion)))

    def _add_software(self, graph: NamedGraph, iri: str, models: list[str]) -> None:
        known = self.software.get(iri)
        label = known.label if known else graph.literal_of(iri, _LABEL) or iri
        self.software[iri] = Software(iri, label, tuple(sorted({*(known.models if known else ()), *models})))


def graph_member(pieces: Callable[[], Iterable[bytes]]) -> Member:
    """All graphs as N-Quads, packed; `pieces` gives them, as `kg.triples.write_graphs` does."""
    return Member(
        path="graph.nq.gz",
        name="The graph",
        description="All named graphs, one per article, and those that analysts wrote, as N-Quads, packed with gzip.",
        media_types=("application/gzip", "application/n-quads"),
        write=lambda file: _pack(pieces(), file),
    )


def shipped_members() -> Iterator[Member]:
    """The ontology, with its schemes of concepts and the context for JSON-LD, and the shapes."""
    for folder, what in (("ontology", "vocabulary"), ("shapes", "SHACL shapes")):
        for file in sorted(resource(folder).iterdir()):
            if file.suffix in _MEDIA_TYPES:
                yield Member(
                    path=f"{folder}/{file.name}",
                    name=f"{file.stem}, {what}",
                    description=_DESCRIPTIONS[folder],
                    media_types=(_MEDIA_TYPES[file.suffix],),
                    write=_copy(file),
                    license=CODE_LICENSE,
                    is_result=False,
                )


_MEDIA_TYPES = {".ttl": "text/turtle", ".jsonld": "application/ld+json"}
_DESCRIPTIONS = {
    "ontology": "Terms that the graph is written in.",
    "shapes": "What a graph must satisfy, https://www.w3.org/TR/shacl/; every graph of an article does.",
}


def _copy(file: Path) -> Callable[[BinaryIO], object]:
    return lambda target: target.write(file.read_bytes())


def _pack(pieces: Iterable[bytes], file: BinaryIO) -> None:
    """The same bytes whenever it is done: no name and no time stand in it."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        for piece in pieces:
            packed.write(piece)
