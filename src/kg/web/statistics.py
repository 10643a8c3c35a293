"""How much there is in the index, counted by its own engine: for VoID, the service description and `/`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from kg.errors import QueryError
from kg.web import counting
from kg.web.querier import Querier, select
from kg.web.table import Row


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """A property: in how many triples, from how many things, to how many."""

    iri: str
    triples: int
    subjects: int | None = None
    objects: int | None = None


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class: how many things are of it, and how many triples they have by each property."""

    iri: str
    entities: int
    properties: tuple[PropertyCount, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphCount:
    """A named graph that no article made, and how many triples it has."""

    iri: str
    triples: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was counted at `at` (UTC). A figure that could not be had within the limits of a query is None, or empty.

    `first` and `last` are the days of publication of the oldest and the newest article, as ISO dates; `examples` the
    IRI of one thing of each of our classes.
    """

    at: dt.datetime
    triples: int | None = None
    subjects: int | None = None
    objects: int | None = None
    entities: int | None = None
    articles: int | None = None
    first: str | None = None
    last: str | None = None
    properties: tuple[PropertyCount, ...] = ()
    classes: tuple[ClassCount, ...] = ()
    graphs: tuple[GraphCount, ...] = ()
    examples: tuple[str, ...] = ()

    def count(self, class_: str) -> int:
        """How many things are of a class."""
        return next((counted.entities for counted in self.classes if counted.iri == class_), 0)


def count_all(querier: Querier, base_iri: str, *, distinct: bool) -> Statistics:
    """The statistics of all graphs together, each triple counted once; takes as long as it takes.

    `distinct` says that the engine may give a triple once for each graph that holds it.

    Raises:
        KgError: the index cannot be asked at all.
    """
    properties = _ask(querier, counting.properties(distinct=distinct))
    articles = _first(_ask(querier, counting.articles()))
    return Statistics(
        at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        triples=sum(_number(row, "triples") or 0 for row in properties) if properties else None,
        subjects=_number(_first(_ask(querier, counting.subjects())), "n"),
        objects=_number(_first(_ask(querier, counting.objects())), "n"),
        entities=_number(_first(_ask(querier, counting.entities(base_iri))), "n"),
        articles=_number(articles, "n"),
        first=_text(articles, "first"),
        last=_text(articles, "last"),
        properties=_by_size(_read_properties(properties)),
        classes=_read_classes(querier, distinct=distinct),
        graphs=tuple(GraphCount(row["g"].value, int(row["n"].value)) for row in _ask(querier, counting.other_graphs())),
        examples=tuple(row["s"].value for row in _ask(querier, counting.examples(base_iri))),
    )


def _ask(querier: Querier, query: str) -> list[Row]:
    """The solutions, none where the query is more than a query may be."""
    try:
        return select(querier, query)
    except QueryError:
        return []


def _read_classes(querier: Querier, *, distinct: bool) -> tuple[ClassCount, ...]:
    by_class: dict[str, list[PropertyCount]] = defaultdict(list)
    for row in _ask(querier, counting.properties_of_classes(distinct=distinct)):
        by_class[row["c"].value].append(PropertyCount(row["p"].value, int(row["triples"].value)))
    found = [
        ClassCount(row["c"].value, int(row["n"].value), _by_size(by_class.get(row["c"].value, [])))
        for row in _ask(querier, counting.classes())
    ]
    return tuple(sorted(found, key=lambda counted: (-counted.entities, counted.iri)))


def _read_properties(rows: list[Row]) -> list[PropertyCount]:
    return [
        PropertyCount(row["p"].value, int(row["triples"].value), _number(row, "subjects"), _number(row, "objects"))
        for row in rows
    ]


def _by_size(counted: list[PropertyCount]) -> tuple[PropertyCount, ...]:
    return tuple(sorted(counted, key=lambda one: (-one.triples, one.iri)))


def _first(rows: list[Row]) -> Row:
    return rows[0] if rows else {}


def _number(row: Row, name: str) -> int | None:
    return int(row[name].value) if name in row else None


def _text(row: Row, name: str) -> str | None:
    return row[name].value if name in row and row[name].value else None
