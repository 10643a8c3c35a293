"""The words behind a fact, as passages of articles with what is worth marking in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.export.articles import read_article, read_quotation
from kg.export.events import find_events
from kg.export.named_graph import NamedGraph
from kg.export.records import ArticleRecord, EventRecord, Party, Quotation, StatementRecord
from kg.export.statements import find_statements
from kg.vocab import KG

_CONTEXT = 200
"""How many code points before and after the words are shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark, by their offsets in the article's text: those for an actor, recipient, speaker, act or quote."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article that tell of a fact.

    `fact` is the IRI of the event or statement, `says` what it is in short; offsets count code points of the article's
    text; `before` and `after` are what stands around the words there, empty where the text is not known.
    """

    fact: str
    says: str
    article: ArticleRecord
    words: Quotation
    before: str
    after: str
    marks: tuple[Mark, ...]


def find_passages(graph: NamedGraph, iri: str) -> Iterator[Passage]:
    """What `graph` has of `iri`: an event, a statement, an agent who says, does or suffers something, or Evidence."""
    for event in find_events(graph):
        if event.iri == iri or _takes_part(iri, (*event.actors, *event.recipients)):
            yield from _passages_of_event(graph, event)
    for statement in find_statements(graph):
        if statement.iri == iri or _takes_part(iri, statement.speakers):
            yield from _passages_of_statement(graph, statement)
    if str(KG.Evidence) in graph.types_of(iri) and (words := read_quotation(graph, iri)) is not None:
        article = read_article(graph, graph.one_of(iri, str(KG.article)) or "")
        yield _cut(graph, iri, "words of an article", article, words, ())


def describe_event(event: EventRecord) -> str:
    """An event in one line, as in `ACCUSE: Amina Tolliver → Uganda, 2031-03-03`, and by whose word it is told."""
    sides = " → ".join(_names(side) or "?" for side in (event.actors, event.recipients))
    mode = f" ({event.mode})" if event.mode else ""
    factuality = None if event.factuality == "actual" else event.factuality
    told, disputed = (_names(_speakers(event, relation)) for relation in ("reports", "disputes"))
    by = (told and f"told by {told}", disputed and f"disputed by {disputed}")
    return ", ".join(part for part in (f"{event.category}{mode}: {sides}", event.date, factuality, *by) if part)


def describe_statement(statement: StatementRecord) -> str:
    """A statement in one line, as in `Amina Tolliver condemns, about Uganda`."""
    about = _names(statement.about)
    parts = (f"{_names(statement.speakers) or '?'} {statement.stance}", about and f"about {about}", statement.said_on)
    return ", ".join(part for part in parts if part)


def _speakers(event: EventRecord, relation: str) -> list[Party]:
    """Those who tell of an event, or dispute it, each once."""
    speakers = (one for claim in event.claims if claim.relation == relation for one in claim.speakers)
    return list(dict.fromkeys(speakers))


def _takes_part(iri: str, parties: Iterable[Party]) -> bool:
    return any(party.iri == iri for party in parties)


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name for party in parties)


def _passages_of_event(graph: NamedGraph, event: EventRecord) -> Iterator[Passage]:
    spans = {
        "act": (event.trigger_span,) if event.trigger_span else (),
        "actor": event.actor_words,
        "recipient": event.recipient_words,
    }
    marks = tuple(Mark(one.start, one.end, role) for role, words in spans.items() for one in words)
    for words in event.evidence:
        yield _cut(graph, event.iri, describe_event(event), event.article, words, marks)


def _passages_of_statement(graph: NamedGraph, statement: StatementRecord) -> Iterator[Passage]:
    for words in statement.evidence:
        quotes = (mark for quote in statement.quotes for mark in _find(quote, words, "quote"))
        speakers = (mark for speaker in statement.speakers for mark in _find_name(speaker, words))
        marks = (*quotes, *speakers)
        yield _cut(graph, statement.iri, describe_statement(statement), statement.article, words, marks)


def _find_name(speaker: Party, words: Quotation) -> Iterator[Mark]:
    """Where a speaker is named: by the fullest form that occurs."""
    for name in sorted((speaker.name, *speaker.names), key=len, reverse=True):
        if found := list(_find(name, words, "speaker")):
            yield from found
            return


def _find(text: str, words: Quotation, role: str) -> Iterator[Mark]:
    pattern = rf"(?<!\w){re.escape(text)}(?!\w)"
    for found in re.finditer(pattern, words.text):
        yield Mark(words.start + found.start(), words.start + found.end(), role)


def _cut(
    graph: NamedGraph, fact: str, says: str, article: ArticleRecord, words: Quotation, marks: tuple[Mark, ...]
) -> Passage:
    """The passage, with the marks that lie within its words, and its surroundings from the article's text."""
    text = graph.one_of(article.iri, str(KG.text)) or ""
    if text[words.start : words.end] != words.text:
        text = ""
    before, after = text[max(0, words.start - _CONTEXT) : words.start], text[words.end : words.end + _CONTEXT]
    if words.start > _CONTEXT:
        before = "… " + before.partition(" ")[2]
    if words.end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    within = tuple(mark for mark in marks if words.start <= mark.start < mark.end <= words.end)
    return Passage(fact, says, article, words, before, after, within)
