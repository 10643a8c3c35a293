"""An agent -> what its small page shows: who it is, and sentences that tell of it, its names marked in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.web import questions
from kg.web.querier import Querier, select
from kg.web.reconcile.entities import Fact, NameKind
from kg.web.reconcile.kinds import find_kind, find_property
from kg.web.reconcile.register import Listed, Register
from kg.web.reconcile.writing import describe

_MOST_FACTS_READ = 30
_MOST_SENTENCES = 3
_MOST_LETTERS = 280  # of a sentence
_MOST_NAMES = 6

# May be shown in a frame of any page, unlike all other pages; it runs nothing and loads our style sheet alone.
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; marked where it is a name of the agent."""

    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, in pieces; `when` is the day it came out, ISO 8601."""

    pieces: tuple[Piece, ...]
    article: str
    headline: str | None
    when: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of an agent. `facts` are pairs of the name of a property and its values."""

    agent: Listed
    description: str
    other_names: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sentences: tuple[Sentence, ...]


def read_preview(register: Register, querier: Querier, agent: Listed) -> Preview:
    """The preview of `agent`.

    Raises:
        QueryError: its sentences cannot be asked for.
    """
    names = register.names_of(agent)
    own = [text for text, kind in names if kind in (NameKind.MAIN, NameKind.OTHER, NameKind.HINT)]
    others = [text for text, kind in names if kind is NameKind.OTHER]
    facts = register.facts_of(agent)
    return Preview(
        agent,
        describe(agent, facts),
        tuple(others[:_MOST_NAMES]),
        tuple(_list_facts(facts)),
        tuple(_find_sentences(querier, agent.iri, own)),
    )


def _list_facts(facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    for id in dict.fromkeys(fact.property for fact in facts):
        property_ = find_property(id)
        if property_:
            values = [fact.value for fact in facts if fact.property == id][:_MOST_NAMES]
            yield property_.name, ", ".join(values)


def _find_sentences(querier: Querier, iri: str, names: Sequence[str]) -> Iterator[Sentence]:
    """Some sentences, first those that hold a name; one article tells no more than one, where others tell more."""
    rows = select(querier, questions.sentences_about(iri, limit=_MOST_FACTS_READ))
    found = []
    for row in rows:
        pieces = tuple(split_sentence(row["sentence"].value, names))
        headline, when = (row[name].value if name in row else None for name in ("headline", "when"))
        found.append(Sentence(pieces, row["article"].value, headline, when))
    found.sort(key=lambda one: (not any(piece.is_name for piece in one.pieces), one.article))
    firsts = {sentence.article: sentence for sentence in reversed(found)}
    rest = [sentence for sentence in found if firsts[sentence.article] is not sentence]
    yield from sorted([*firsts.values()], key=found.index)[:_MOST_SENTENCES]
    yield from rest[: max(0, _MOST_SENTENCES - len(firsts))]


def split_sentence(sentence: str, names: Iterable[str]) -> Iterator[Piece]:
    """`sentence` in pieces, the names in it marked; a long one is cut."""
    text = sentence if len(sentence) <= _MOST_LETTERS else sentence[: _MOST_LETTERS - 2].rsplit(" ", 1)[0] + " …"
    longest = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    if not longest:
        yield Piece(text, False)
        return
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    for number, piece in enumerate(pattern.split(text)):
        if piece:
            yield Piece(piece, number % 2 == 1)


def write_flyout(name: str, description: str) -> str:
    """A name and what it is, as HTML that a client puts into its own page; all of it is escaped."""
    return f"<p><strong>{html.escape(name)}</strong></p><p>{html.escape(description)}</p>"


def write_flyout_of_term(shelf: str, id: str) -> str | None:
    """The same of a type or property; None where there is no such thing."""
    term = find_kind(id) if shelf == "type" else find_property(id)
    return write_flyout(term.name, term.description) if term else None
