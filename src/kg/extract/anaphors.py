"""Anaphors: words that stand for an agent named before, "they", "both officials", "the Egyptian president"."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from kg.extract.lexicon import anaphor_words, group_words, number_words, singular, title_words
from kg.extract.scene import Scene
from kg.extract.titles import Title
from kg.types import Anaphor

_POINTING = frozenset({"the", "both", "these", "two", "his", "her", "their"})


def find_anaphors(scene: Scene, titles: Sequence[Title], claimed: frozenset[int]) -> Iterator[Anaphor]:
    """Anaphors of `scene` in text order, outside the tokens that names have `claimed`."""
    found = [*_pronouns(scene), *_descriptions(scene, titles, claimed), *_plurals(scene, claimed)]
    taken: set[int] = set()
    for anaphor in sorted(found, key=lambda a: (a.span.start, -a.span.end)):
        own = range(anaphor.span.start, anaphor.span.end)
        if taken.isdisjoint(own):
            taken.update(own)
            yield anaphor


def _pronouns(scene: Scene) -> Iterator[Anaphor]:
    words = anaphor_words()
    for token in scene.doc:
        text = token.lower_
        if token.i in scene.state_at:  # "US"
            continue
        if text in words.singular or text in words.neuter or text in words.speaker:
            yield Anaphor(span=scene.span(token.i, token.i + 1), plural=text in {"we", "our", "us"})
        elif text in words.plural:
            yield Anaphor(span=scene.span(token.i, token.i + 1), plural=True)


def _descriptions(scene: Scene, titles: Sequence[Title], claimed: frozenset[int]) -> Iterator[Anaphor]:
    """Titles without a name: "the Egyptian president", "both officials", "Egypt's prime minister"."""
    for title in titles:
        if not claimed.isdisjoint(range(title.start, title.end)):
            continue
        definite = title.determiner in _POINTING or title.iso3 is not None or title.organization is not None
        if not definite and not (scene.doc[title.start].is_title and not title.plural):
            continue
        start = title.start - bool(title.determiner)
        yield Anaphor(
            span=scene.span(start, title.end),
            plural=title.plural,
            role=title.head if title.plural else title.role,
            count=2 if title.determiner == "both" else number_words().get(scene.lower(title.start)),
            iso3=title.iso3,
            official=title.official or title.head in _public_heads(),
        )


@functools.cache
def _public_heads() -> frozenset[str]:
    """Nouns of holders of some public office: "official", "minister"."""
    return frozenset(singular(word) for word in group_words().official) | title_words().national


def _plurals(scene: Scene, claimed: frozenset[int]) -> Iterator[Anaphor]:
    """ "the two countries", "both sides", "the advisers", "the two leaders"."""
    words, groups = anaphor_words(), group_words()
    for i in range(1, len(scene.doc)):
        text = scene.lower(i)
        if i in claimed or text not in words.states | words.sides | groups.official:
            continue
        start = i
        count = number_words().get(scene.lower(start - 1))
        if count:
            start -= 1
        if scene.lower(start - 1) in _POINTING:
            start -= 1
            count = 2 if scene.lower(start) == "both" else count
        if start < i and (count or text in groups.official or scene.lower(start) == "both"):
            yield Anaphor(span=scene.span(start, i + 1), plural=True, role=singular(text), count=count)
