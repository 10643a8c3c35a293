"""The parts that answers are made of: things with their names, articles, sentences; each carries its IRI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.assistant.bounds import MAX_EACH, first, shorten
from kg.assistant.said import Said, name_of
from kg.vocab import KG, OA, SCHEMA


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing and its name."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """A news article; without a headline it is called by its first words."""

    iri: str
    headline: str
    published: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of an article; `iri` is that of the evidence, to be cited."""

    iri: str
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What an argument was taken for: the facts are those of any of these things, and of `more` that are called so."""

    argument: str
    given: str
    taken_for: tuple[Ref, ...]
    more: int | None = None


def to_ref(said: Said, iri: str) -> Ref:
    """`iri` with its name."""
    return Ref(iri, shorten(name_of(said, iri)))


def to_refs(said: Said, iris: Iterable[str]) -> tuple[Ref, ...] | None:
    """The first of `iris` with their names; None where there is none."""
    refs = first(iris)
    return tuple(to_ref(said, iri) for iri in refs) if refs else None


def to_article(said: Said, iri: str) -> ArticleRef:
    """The article `iri`."""
    optional = (said.value(iri, str(name)) for name in (SCHEMA.datePublished, SCHEMA.url, SCHEMA.publisher))
    published, url, publisher = (shorten(value) if value else None for value in optional)
    return ArticleRef(iri, shorten(name_of(said, iri)), published[:10] if published else None, url, publisher)


def to_sentences(said: Said, fact: str) -> tuple[Sentence, ...]:
    """The words that say `fact`, in the order of the text."""
    found = said.values(fact, str(KG.evidence))
    ordered = sorted(found, key=lambda iri: (int_of(said.value(iri, str(OA.start))) or 0, iri))
    return tuple(Sentence(iri, shorten(text)) for iri in ordered[:MAX_EACH] if (text := said.value(iri, str(OA.exact))))


def int_of(text: str | None) -> int | None:
    """The number that `text` writes out; None where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() else None


def float_of(text: str | None) -> float | None:
    """The number, as a decimal has it; None where it is none."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
