"""Stretches of articles with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.assistant.bounds import shorten
from kg.assistant.parts import int_of
from kg.assistant.said import Said, list_iris
from kg.assistant.source import Source
from kg.vocab import KG, OA

_AROUND = 300
_MOST_TEXT = 2_000
_WITH_CONTEXT = ("sentence", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an article, at code points `start` to `end` (not included) of its text.

    `role` says what they are for the fact: its sentence, with the words before and after, or in that sentence those for
    its trigger, actor or recipient; `name` is where a name was found in the text, which has no IRI.
    """

    role: str
    text: str
    start: int
    end: int
    article: str
    iri: str | None = None
    before: str | None = None
    after: str | None = None


def read_passages(source: Source, said: Said, roles: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    """A passage for each pair of a role and the IRI of evidence of which `said` has article, offsets and words.

    Raises:
        KgError: the graph cannot be asked.
    """
    roles = tuple(dict.fromkeys(roles))
    articles = dict.fromkeys(article for _, iri in roles for article in said.values(iri, str(KG.article)))
    texts = read_texts(source, articles)
    return tuple(passage for role, iri in roles for passage in _find_passage(said, role, iri, texts))


def find_words(source: Source, articles: Iterable[str], forms: Iterable[str]) -> tuple[Passage, ...]:
    """In each of `articles`, the first place of the first of `forms` that stands in its text as words of their own.

    Raises:
        KgError: the graph cannot be asked.
    """
    patterns = [re.compile(rf"(?<!\w){re.escape(form)}(?!\w)") for form in dict.fromkeys(forms) if form]
    texts = read_texts(source, articles)
    places = ((article, next(_search(patterns, text), None)) for article, text in texts.items())
    return tuple(
        _cut(texts[article], place.start(), place.end(), "name", article) for article, place in places if place
    )


def read_texts(source: Source, articles: Iterable[str]) -> dict[str, str]:
    """The text of each of `articles`.

    Raises:
        KgError: the graph cannot be asked.
    """
    listed = list_iris(articles)
    if not listed:
        return {}
    pattern = source.within(f"VALUES ?article {{ {listed} }} ?article kg:text ?text")
    rows = source.select(f"SELECT DISTINCT ?article ?text WHERE {{ {pattern} }} ORDER BY ?article")
    return {row["article"]: row["text"] for row in rows}


def _search(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    return (found for pattern in patterns if (found := pattern.search(text)))


def _find_passage(said: Said, role: str, iri: str, texts: Mapping[str, str]) -> Iterator[Passage]:
    """The passage, where all is known that makes one."""
    start, end = (int_of(said.value(iri, str(name))) for name in (OA.start, OA.end))
    words, article = said.value(iri, str(OA.exact)), said.value(iri, str(KG.article))
    if start is not None and end is not None and words is not None and article is not None:
        yield _cut(texts.get(article, ""), start, end, role, article, words=words, iri=iri)


def _cut(
    text: str, start: int, end: int, role: str, article: str, *, words: str | None = None, iri: str | None = None
) -> Passage:
    return Passage(
        role=role,
        text=shorten(text[start:end] if words is None else words, _MOST_TEXT),
        start=start,
        end=end,
        article=article,
        iri=iri,
        before=text[max(0, start - _AROUND) : start] if role in _WITH_CONTEXT else None,
        after=text[end : end + _AROUND] if role in _WITH_CONTEXT else None,
    )
