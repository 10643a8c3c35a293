"""The graph of one article -> what its page shows: its text with the evidence marked, and its facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib.namespace import RDF

from kg.vocab import KG, OA, SCHEMA
from kg.web.description import Description, name_of
from kg.web.highlights import Highlight, Segment, split_text
from kg.web.lines import Line, to_event, to_statement
from kg.web.questions import MAX_TITLE

_WORDS = {KG.triggerSpan: "trigger", KG.actorSpan: "actor", KG.recipientSpan: "recipient"}


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the page of an article shows; facts in the order of the text, each with its number in that order."""

    iri: str
    headline: str
    url: str | None
    published: str | None
    section: str | None
    publisher: str | None
    language: str | None
    segments: tuple[Segment, ...]
    statements: tuple[Line, ...]
    events: tuple[Line, ...]
    titles: dict[str, str]
    numbers: dict[str, int]

    def sort(self, facts: Iterable[str]) -> list[str]:
        """Those of `facts` that are shown, in the order of their numbers."""
        return sorted((fact for fact in facts if fact in self.numbers), key=self.numbers.__getitem__)


def read_article(said: Description, iri: str) -> ArticlePage:
    """The page of the article `iri` from what its graph says."""
    statements = _in_order(to_statement(said, fact) for fact in said.subjects(KG.Statement))
    events = _in_order(to_event(said, fact) for fact in said.subjects(KG.Event))
    headline = said.value(iri, SCHEMA.headline)
    return ArticlePage(
        iri=iri,
        headline=headline or _begin(said.value(iri, KG.text)) or name_of(iri),
        url=said.value(iri, SCHEMA.url),
        published=said.value(iri, SCHEMA.datePublished),
        section=said.value(iri, SCHEMA.articleSection),
        publisher=said.value(iri, SCHEMA.publisher),
        language=said.value(iri, SCHEMA.inLanguage),
        segments=tuple(_segments(said.value(iri, KG.text) or "", headline or "", tuple(_highlights(said)))),
        statements=statements,
        events=events,
        titles={line.iri: line.title for line in (*statements, *events)},
        numbers={line.iri: number for number, line in enumerate(_in_order((*statements, *events)), start=1)},
    )


def _begin(text: str | None) -> str | None:
    """What an article without a headline is called: the first words of its text."""
    return text and re.sub(r"\s+\S*$", "", text[:MAX_TITLE]) + " …"


def _in_order(lines: Iterable[Line | None]) -> tuple[Line, ...]:
    return tuple(sorted((line for line in lines if line), key=lambda line: (line.start, line.iri)))


def _segments(text: str, headline: str, highlights: tuple[Highlight, ...]) -> Iterator[Segment]:
    """The text without the headline it starts with, for the page shows that above, unless something rests on it."""
    start = len(text) - len(text.removeprefix(headline).lstrip()) if text.startswith(f"{headline}\n") else 0
    if any(highlight.start < start for highlight in highlights):
        start = 0
    return split_text(text, highlights, start=start)


def _highlights(said: Description) -> Iterator[Highlight]:
    """Each span that stands behind a fact, and each that is the very words for a part of one."""
    supported: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact, predicates in said.objects.items():
        types = {term.value for term in said.of(fact, RDF.type)}
        for term in predicates.get(str(KG.evidence), ()):
            supported[term.value, "event" if str(KG.Event) in types else "statement"].append(fact)
        for predicate, kind in _WORDS.items():
            for term in predicates.get(str(predicate), ()):
                supported[term.value, kind].append(fact)
    for (evidence, kind), facts in supported.items():
        start, end = said.value(evidence, OA.start), said.value(evidence, OA.end)
        if start and end:
            yield Highlight(int(start), int(end), kind, name_of(evidence), tuple(facts))
