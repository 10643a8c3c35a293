"""People: names known to the entity recognizer, by a title, an honorific or by speaking, and their short forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.lexicon import name_words, title_words
from kg.extract.names import Name, Names
from kg.extract.posts import find_posts
from kg.extract.scene import Scene, is_capitalized
from kg.extract.titles import Title
from kg.types import PersonMention, Span, TitleMention


def find_people(scene: Scene, titles: Sequence[Title], speaking: frozenset[int]) -> Iterator[PersonMention]:
    """People of `scene` in text order.

    Args:
        titles: the titles of the scene.
        speaking: tokens that are forms of a reporting verb.
    """
    names = Names(scene, titles)
    found: dict[Name, tuple[TitleMention, ...]] = {}
    for name, title in find_posts(scene, titles, names):
        found[name] = (*found.get(name, ()), _mention(scene, title))
    for start, end in names.seen:
        if _is_likely(scene, names, found, start, end):
            found.setdefault((start, end), ())
    for start, end in names.unseen():
        if _is_person(scene, start, end, speaking) and not _overlaps(found, start, end):
            found[start, end] = ()
    for start, end in _short_forms(scene, names, list(found)):
        found.setdefault((start, end), ())
    for (start, end), own in sorted(found.items()):
        if not any(s < end and start < e and (e - s) > (end - start) for s, e in found):
            yield PersonMention(scene.span(start, end), scene.text(start, end), own, _gender(scene, start))


def _gender(scene: Scene, start: int) -> str:
    """What the honorific before a name shows."""
    before, words = scene.lower(start - 1), name_words()
    return "m" if before in words.men else "f" if before in words.women else ""


def _overlaps(found: Mapping[Name, object], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in found)


def _is_likely(scene: Scene, names: Names, found: Mapping[Name, object], start: int, end: int) -> bool:
    """False for a lone word seen as a name that nothing else shows to be a person's."""
    if end - start > 1 or scene.lower(start - 1) in name_words().honorifics:
        return True
    word = scene.lower(start)
    longer = (n for n in (*names.seen, *found) if n[1] - n[0] > 1)
    return scene.doc[start]._.kind == "person" or any(word in {scene.lower(i) for i in range(*n)} for n in longer)


def _mention(scene: Scene, title: Title) -> TitleMention:
    return TitleMention(
        span=scene.span(title.start - (title.counterpart and bool(title.determiner)), title.end),
        role=title.role,
        official=title.official,
        iso3=title.iso3,
        organization=title.organization,
        counterpart=title.counterpart,
        political=title.political,
    )


def _is_person(scene: Scene, start: int, end: int, speaking: frozenset[int]) -> bool:
    """True where a name that was not seen as one is shown to be a person's: by an honorific, by what follows it."""
    if scene.lower(start - 1) in name_words().honorifics or scene.lower(end) in title_words().rule:
        return True
    if any(scene.doc[i]._.kind != "person" for i in range(start, end)):
        return False
    verb = scene.doc[start].head
    return verb.i in speaking and scene.doc[start].dep_ == "nsubj"


def _short_forms(scene: Scene, names: Names, known: Sequence[Name]) -> Iterator[Name]:
    """Runs of tokens that repeat part of a known name, and unknown single names coordinated with one."""
    parts = {scene.lower(i) for start, end in known for i in range(start, end) if len(scene.doc[i]) > 1}
    parts -= name_words().particles | {"-"}
    taken = {i for start, end in known for i in range(start, end)}
    i = 0
    while i < len(scene.doc):
        end = i
        while end < len(scene.doc) and end not in taken and _repeats(scene, end, parts, names, i):
            end += 1
        while end > i and scene.lower(end - 1) not in parts:
            end -= 1
        if end > i:
            yield i, end
            yield from _partner(scene, end, names, taken)
        i = max(end, i + 1)


def _repeats(scene: Scene, i: int, parts: set[str], names: Names, start: int) -> bool:
    token = scene.doc[i]
    if i > start and (scene.is_joined(i) or token.lower_ in name_words().particles):
        return True
    return (
        token.lower_ in parts
        and is_capitalized(token)
        and not scene.is_named(i)
        and token.lower_ not in name_words().never
    )


def _partner(scene: Scene, end: int, names: Names, taken: set[int]) -> Iterator[Name]:
    """The unknown name in "Sullivan and Chan"."""
    if scene.lower(end) == "and" and end + 1 < len(scene.doc) and end + 1 not in taken:
        last = names.starting(end + 1)
        if last is not None and last[1] - last[0] <= 3:
            yield last


def extent(mention: PersonMention) -> Span:
    """The name with all its titles."""
    spans = [mention.span, *(title.span for title in mention.titles)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
