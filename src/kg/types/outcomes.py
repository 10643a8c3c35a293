"""What checking and keeping give: reports, journal entries, outcomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kg.types.articles import Format, Refusal


@dataclass(frozen=True, slots=True)
class Activity:
    """The run that made a graph: which software (code and data), which language model, ended when (UTC)."""

    software: str
    model: str
    ended: dt.datetime


@dataclass(frozen=True, slots=True)
class Violation:
    """One SHACL validation result; terms are in N-Triples syntax, None where SHACL gives none."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What validation says of one graph."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """True where nothing is violated."""
        return not self.violations


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted article as the journal keeps it. `graph` is sorted N-Triples, UTF-8."""

    article: str
    name: str
    document: bytes
    format: Format
    graph: bytes
    software: str
    model: str


class GraphKind(StrEnum):
    """What a graph in the journal is: that of an article, one that somebody wrote, or one that is no more."""

    ARTICLE = "article"
    CURATED = "curated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its article's IRI and graph (sorted N-Triples), or a refusal and perhaps a report."""

    name: str
    article_iri: str | None = None
    graph: bytes | None = None
    refusal: Refusal | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a curated graph: it is stored if the report conforms, and `is_new` if it was not there before."""

    is_new: bool
    report: Report
