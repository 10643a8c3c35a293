"""People: names known by a title, an honorific, an apposition or by speaking, and their later short forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.grammar import DETERMINERS
from kg.extract.lexicon import NameWords, given_names, name_words, title_words
from kg.extract.scene import Scene, is_capitalized, is_headline_case
from kg.extract.titles import Title
from kg.types import PersonMention, Span, TitleMention

_LONGEST = 7


def find_people(scene: Scene, titles: Sequence[Title], speaking: frozenset[int]) -> Iterator[PersonMention]:
    """People of `scene` in text order.

    Args:
        titles: the titles of the scene.
        speaking: tokens that are forms of a reporting verb.
    """
    names = _NameReader(scene, titles)
    found = _with_titles(scene, titles, names)
    titled = {i for title in titles for i in range(title.start, title.end)} | {i for s, e in found for i in range(s, e)}
    for start, end in names.candidates():
        if titled.isdisjoint(range(start, end)) and _is_person(scene, start, end, speaking):
            found[start, end] = ()
    for start, end in _short_forms(scene, names, list(found)):
        found.setdefault((start, end), ())
    for (start, end), own in sorted(found.items()):
        if not any(s < end and start < e and (e - s) > (end - start) for s, e in found):
            yield PersonMention(span=scene.span(start, end), name=scene.text(start, end), titles=own)


class _NameReader:
    """Reads names, token by token, out of a scene."""

    def __init__(self, scene: Scene, titles: Iterable[Title]) -> None:
        self._scene = scene
        self._words: NameWords = name_words()
        self._titled = {i for title in titles for i in range(title.start, title.end)}
        self._shouted = {i for sent in scene.sentences if is_headline_case(sent) for i in range(sent.start, sent.end)}
        self._openers = {sent.start for sent in scene.sentences}

    def is_name_token(self, i: int) -> bool:
        token = self._scene.doc[i]
        lower = token.lower_.rstrip(".")
        return (
            is_capitalized(token)
            and i not in self._titled
            and not self._scene.is_named(i)
            and lower not in self._words.never
            and lower not in self._words.honorifics
            and (not token.is_upper or len(token) <= 2 or "." in token.text)
        )

    def read(self, start: int) -> int:
        """Token after the name that starts at `start`; `start` where none does."""
        scene, end = self._scene, start
        while end < len(scene.doc) and end - start < _LONGEST:
            if end > start and scene.doc[end].is_sent_start:
                break
            if self.is_name_token(end):
                end += 1
            elif end > start and scene.is_joined(end) and scene.doc[end + 1].is_alpha:
                end += 2
            elif self._is_particle(end, start) or self._is_inner_honorific(end, start):
                end += 1
            elif end > start and scene.lower(end) in self._words.suffixes:
                end += 1
                break
            else:
                break
        while end > start and scene.lower(end - 1) in self._words.particles:
            end -= 1
        return end

    def _is_particle(self, i: int, start: int) -> bool:
        scene = self._scene
        if scene.lower(i) not in self._words.particles or i + 1 >= len(scene.doc):
            return False
        following = i + 2 if scene.is_joined(i + 1) else i + 1
        return (
            following < len(scene.doc)
            and (self.is_name_token(following) or scene.lower(following) in self._words.particles)
            and (i > start or scene.is_joined(i + 1) or scene.doc[i].is_title)
        )

    def _is_inner_honorific(self, i: int, start: int) -> bool:
        """True for "Sheikh" in "Hassan Sheikh Mohamud"."""
        return (
            i > start
            and self._scene.lower(i) in self._words.honorifics
            and i + 1 < len(self._scene.doc)
            and self.is_name_token(i + 1)
        )

    def skip_honorifics(self, i: int) -> int:
        """Token after any honorifics at `i`."""
        while self._scene.lower(i) in self._words.honorifics:
            i += 1
        return i

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Every longest run of name tokens outside headlines."""
        i = 0
        while i < len(self._scene.doc):
            end = self.read(i) if i not in self._shouted else i
            if end > i and not self._is_opener(i, end):
                yield i, end
            i = max(end, i + 1)

    def _is_opener(self, start: int, end: int) -> bool:
        """True for a lone common word that a sentence starts with."""
        return end - start == 1 and start in self._openers and self._scene.doc[start].is_stop


def _with_titles(
    scene: Scene, titles: Iterable[Title], names: _NameReader
) -> dict[tuple[int, int], tuple[TitleMention, ...]]:
    """Names that stand beside a title, and the titles of each."""
    found: dict[tuple[int, int], tuple[TitleMention, ...]] = {}
    for title in titles:
        after = _name_after(scene, title, names)
        for name in [after] if after is not None else _names_before(scene, title, names, found):
            found[name] = (*found.get(name, ()), _mention(scene, title))
    return found


def _mention(scene: Scene, title: Title) -> TitleMention:
    return TitleMention(
        span=scene.span(title.start - (title.counterpart and bool(title.determiner)), title.end),
        role=title.role,
        official=title.official,
        iso3=title.iso3,
        organization=title.organization,
        counterpart=title.counterpart,
    )


def _name_after(scene: Scene, title: Title, names: _NameReader) -> tuple[int, int] | None:
    """The name a title leads to: "President Xi", "his counterpart, Chung Ho Jin"."""
    if title.plural:
        return None
    start = title.end
    comma = scene.lower(start) == ","
    if comma:
        start += 1
    start = names.skip_honorifics(start)
    end = names.read(start) if start < len(scene.doc) else start
    if end == start or (comma and not _closes(scene, end)):
        return None
    return start, end


def _closes(scene: Scene, end: int) -> bool:
    """True where an apposition ends at `end`."""
    return (
        end >= len(scene.doc)
        or scene.doc[end].text[:1] in ",.;:)(—–"
        or scene.lower(end) in {"and", "who"}
        or scene.doc[end].is_sent_start is True
    )


def _names_before(
    scene: Scene, title: Title, names: _NameReader, known: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The names a title is said of: "Jake Sullivan, the US National Security Advisor", "Abe was prime minister"."""
    i = title.start - 1 - bool(title.determiner)
    word = scene.lower(i)
    if word == "and":
        return [(s, e) for s, e in known if 0 < i - e < 12 and _is_list_of_titles(scene, e, i)][-1:]
    if word in _COPULAS:
        i -= scene.lower(i - 1) in {"who", "also"}
        i -= scene.lower(i - 1) == ","
    elif word not in {",", "("} or not _closes(scene, title.end):
        return []
    last = _name_ending(scene, names, i)
    if last is None:
        return []
    partner = _name_ending(scene, names, last[0] - 1) if title.plural and scene.lower(last[0] - 1) == "and" else None
    if title.plural and partner is None:
        return []
    return [partner, last] if partner is not None else [last]


_COPULAS = frozenset({"is", "was", "became", "being", "as"})


def _name_ending(scene: Scene, names: _NameReader, end: int) -> tuple[int, int] | None:
    """The name that ends right before token `end`."""
    for start in range(max(0, end - _LONGEST), end):
        if names.read(start) == end and (start == 0 or not names.is_name_token(start - 1)):
            return start, end
    return None


def _is_list_of_titles(scene: Scene, start: int, end: int) -> bool:
    """True where only a comma-led apposition lies between a name and the "and" of its next title."""
    return scene.lower(start) == "," and all(
        scene.lower(i) not in {",", ".", ";", "who", "said"} for i in range(start + 1, end)
    )


def _is_person(scene: Scene, start: int, end: int, speaking: frozenset[int]) -> bool:
    """True where a name without a title is shown to be a person's: by an honorific or by speaking."""
    words = name_words()
    if scene.lower(start - 1) in words.honorifics:
        return True
    if scene.lower(end) in title_words().rule:
        return True
    if end - start == 1 and (scene.lower(start - 1) in DETERMINERS | {"all"} or start - 1 in scene.state_at):
        return False  # "the Sides", "all Member States"
    after = end
    while after < len(scene.doc) and (
        scene.lower(after) in {"also", "has", "had", "then", "later", "further", "himself", "herself"}
        or after in scene.time_at
        or (scene.lower(after) in {"on", "in"} and after + 1 in scene.time_at)
    ):
        after += 1
    if after in speaking:
        return True
    if end - start > 1 and scene.doc[start].text in given_names():
        return True
    dated = end in scene.time_at or (scene.lower(end) in {"on", "in"} and end + 1 in scene.time_at)
    return start - 1 in speaking and end - start > 1 and (dated or _closes(scene, end))


def _short_forms(scene: Scene, names: _NameReader, known: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
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


def _repeats(scene: Scene, i: int, parts: set[str], names: _NameReader, start: int) -> bool:
    token = scene.doc[i]
    if i > start and (scene.is_joined(i) or token.lower_ in name_words().particles):
        return True
    return (
        token.lower_ in parts
        and is_capitalized(token)
        and not scene.is_named(i)
        and token.lower_ not in name_words().never
    )


def _partner(scene: Scene, end: int, names: _NameReader, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The unknown name in "Sullivan and Chan"."""
    if scene.lower(end) == "and" and end + 1 < len(scene.doc) and end + 1 not in taken:
        last = names.read(end + 1)
        if 0 < last - end - 1 <= 3:
            yield end + 1, last


def extent(mention: PersonMention) -> Span:
    """The name with all its titles."""
    spans = [mention.span, *(title.span for title in mention.titles)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
