"""The page of whoever can speak, act or be acted upon: who they are, what they said and did, what was done to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.web import questions
from kg.web.description import Ref
from kg.web.lines import Line, Mention, order_mentions, read_lines
from kg.web.querier import Querier, select
from kg.web.table import Kind, Row

MAX_PEOPLE = 100
SHOWN_OF_EACH = 25
PAGE_SIZE = 100


class Part(StrEnum):
    """One of the lists on the page of an agent."""

    SAID = "said"
    DONE = "done"
    MET = "met"


_QUESTIONS: dict[Part, Callable[[str], str]] = {
    Part.SAID: questions.said_by,
    Part.DONE: questions.done_by,
    Part.MET: questions.done_to,
}
_TITLES = {Part.SAID: "What they said", Part.DONE: "What they did", Part.MET: "What was done to them"}


@dataclass(frozen=True, slots=True)
class LineList:
    """A stretch of one list, the newest first; of `total` lines it is page `page` of `pages`."""

    part: Part
    title: str
    total: int
    lines: tuple[Line, ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who represents a state or organization, and the offices by which."""

    ref: Ref
    posts: tuple[str, ...]


def read_overview(querier: Querier, iri: str) -> tuple[LineList, ...]:
    """The beginning of each list of the agent `iri`."""
    mentions = {part: _find(querier, part, iri) for part in Part}
    shown = [mention for part in Part for mention in mentions[part][:SHOWN_OF_EACH]]
    lines = {line.iri: line for line in _read(querier, shown)}
    return tuple(
        LineList(
            part,
            _TITLES[part],
            len(found),
            _sort(lines[mention.iri] for mention in found[:SHOWN_OF_EACH] if mention.iri in lines),
        )
        for part, found in mentions.items()
    )


def read_part(querier: Querier, iri: str, part: Part, page: int) -> LineList:
    """A page of one list, empty where the list is not that long."""
    found = _find(querier, part, iri)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    return LineList(part, _TITLES[part], len(found), _sort(_read(querier, shown)), page, pages)


def _find(querier: Querier, part: Part, iri: str) -> tuple[Mention, ...]:
    return order_mentions(select(querier, _QUESTIONS[part](iri)))


def _read(querier: Querier, mentions: Iterable[Mention]) -> tuple[Line, ...]:
    """The lines of `mentions`, in their order."""
    mentions = tuple(mentions)
    if not mentions:
        return ()
    rows = select(querier, questions.parts_of(sorted({mention.iri for mention in mentions})))
    named = sorted({row["o"].value for row in rows if row["o"].kind is Kind.IRI})
    labels = select(querier, questions.labels_of(named)) if named else []
    return read_lines(rows, labels, mentions)


def _sort(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The newest first, those of one article in the order of its text."""
    in_text = sorted(lines, key=lambda line: (line.article.iri if line.article else "", line.start, line.iri))
    return tuple(sorted(in_text, key=lambda line: line.when or "", reverse=True))


def read_people(rows: list[Row]) -> tuple[Person, ...]:
    """The people that rows of ?s ?label ?post name, each once, by the last word of the name."""
    names: dict[str, str] = {}
    posts: dict[str, dict[str, None]] = {}
    for row in rows:
        iri, label = row["s"].value, row["label"].value
        names[iri] = max(names.get(iri, ""), label, key=len)
        posts.setdefault(iri, {}).update({row["post"].value: None} if "post" in row else {})
    people = (Person(Ref(iri, label), tuple(posts[iri])) for iri, label in names.items())
    return tuple(sorted(people, key=_by_surname))


def _by_surname(person: Person) -> tuple[str, str, str]:
    words = re.findall(r"\w+", person.ref.label.casefold()) or [""]
    return words[-1], person.ref.label, person.ref.iri
