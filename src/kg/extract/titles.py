"""Titles: words that name an office, found around their head noun.

"the White House National Security Council Coordinator", "Egypt's former president", "minister of defense",
"his South Korean counterpart", and plural forms for descriptions such as "both officials".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import DETERMINERS, POSSESSIVE_MARKS, POSSESSIVE_PRONOUNS
from kg.extract.lexicon import TitleWords, singular, title_words
from kg.extract.scene import Scene
from kg.types import Span, StateForm
from kg.vocab import PUBLIC_KINDS

_ELECT = frozenset({"elect", "designate"})
_COMPLEMENT = frozenset({"of", "for", "to", "at"})
_INSIDE = frozenset({"of", "and", "for", "the", "&", ","})


@dataclass(frozen=True, slots=True)
class Title:
    """A title as tokens `start` to `end`; `head` is its noun, `determiner` the word before it."""

    start: int
    end: int
    head: str
    role: str
    official: bool
    plural: bool
    determiner: str
    iso3: str | None
    organization: Span | None
    counterpart: bool


def find_titles(scene: Scene) -> Iterator[Title]:
    """Titles of `scene` in text order; of two that overlap only the later, longer one."""
    words = title_words()
    last: Title | None = None
    for i in range(len(scene.doc)):
        kind = _head_kind(scene, i, words)
        if kind is None:
            continue
        title = _grow(scene, i, kind, words)
        if last is not None and last.end > title.start:
            if last.end >= title.end:
                continue
        elif last is not None:
            yield last
        last = title
    if last is not None:
        yield last


def _head_kind(scene: Scene, i: int, words: TitleWords) -> str | None:
    """Which kind of head token `i` ends: office, body, private; None where it ends none."""
    if i in scene.time_at or i in scene.state_at or _goes_on_joined(scene, i):
        return None
    organization = scene.organization_at.get(i)
    if organization is not None and scene.tokens(organization.span)[1] > i + 1:
        return None
    whole, text = scene.compound(i).rstrip("."), scene.lower(i).rstrip(".")
    for form in dict.fromkeys((whole, singular(whole), text, singular(text))):
        for kind in ("office", "body", "private"):
            if form in getattr(words, kind):
                return kind
    return None


def _goes_on_joined(scene: Scene, i: int) -> bool:
    """True inside a hyphenated word that says more than "-elect": "director" in "director-general"."""
    return i + 2 < len(scene.doc) and scene.is_joined(i + 1) and scene.lower(i + 2) not in _ELECT


def _grow(scene: Scene, head: int, kind: str, words: TitleWords) -> Title:
    start = _grow_left(scene, head, words)
    end = _grow_right(scene, head + 1, words)
    determiner = scene.lower(start - 1)
    own = [scene.state_at[i] for i in range(start, head) if i in scene.state_at]
    bodies = [scene.organization_at[i] for i in range(start, end) if i in scene.organization_at]
    iso3 = own[0].iso3 if own else next((b.iso3 for b in bodies if b.iso3), None) or _state_after(scene, head + 1, end)
    text = _head_word(scene, head, words)
    shown = bool(own) or iso3 is not None or any(b.kind in PUBLIC_KINDS for b in bodies)
    named = any(scene.lower(i) in words.public for i in range(start, end) if i != head)
    public = kind == "office" or (kind == "body" and (shown or named))
    return Title(
        start=start,
        end=end,
        head=singular(text),
        role=_role(scene, start, head, end, words),
        official=public and not any(b.kind in {"company", "media"} for b in bodies),
        plural=singular(text) != text,
        determiner=determiner if determiner in DETERMINERS or determiner in POSSESSIVE_PRONOUNS else "",
        iso3=iso3,
        organization=bodies[0].span if bodies else None,
        counterpart=text in {"counterpart", "counterparts"},
    )


def _head_word(scene: Scene, i: int, words: TitleWords) -> str:
    """The head that token `i` ends, as the word lists have it or as a plural of theirs."""
    known = words.office | words.body | words.private
    whole, text = scene.compound(i).rstrip("."), scene.lower(i).rstrip(".")
    return whole if {whole, singular(whole)} & known else text


def _grow_left(scene: Scene, head: int, words: TitleWords) -> int:
    """First token of the title that ends in `head`."""
    start = head
    while start > 0:
        before = start - 1
        token = scene.doc[before]
        if "/" in token.text:
            break  # an agency's mark: "/MONTSAME/"
        if before in scene.state_at or before in scene.organization_at:
            start = scene.tokens((scene.organization_at.get(before) or scene.state_at[before]).span)[0]
        elif token.text in POSSESSIVE_MARKS and (before - 1 in scene.state_at or before - 1 in scene.organization_at):
            start = before
        elif scene.is_joined(before) and before - 1 >= 0:
            start = before - 1
        elif (
            (token.lower_ in words.modifiers and not token.is_sent_start)
            or (token.lower_ in words.modifiers and token.is_title)
        ) or (
            token.is_title
            and token.is_alpha
            and not token.is_stop
            and (not token.is_sent_start or scene.doc[head].is_title)
        ):
            start = before
        elif (owned := _owned_from(scene, before)) is not None:
            start = owned
        else:
            break
        if head - start > 9:
            break
    return start


def _owned_from(scene: Scene, i: int) -> int | None:
    """First token of the up to three plain nouns that end at `i` and that a state owns: "Nepal's water resources"."""
    for first in range(i, i - 3, -1):
        token = scene.doc[first] if first > 0 else None
        if token is None or not token.is_alpha or not token.is_lower or token.is_stop or token.text.endswith("ed"):
            return None
        if token.nbor(-1).text in POSSESSIVE_MARKS and first - 2 in scene.state_at:
            return first
        owner = scene.state_at.get(first - 1)
        if owner is not None:
            return first if owner.form is StateForm.DEMONYM else None
    return None


def _grow_right(scene: Scene, end: int, words: TitleWords) -> int:
    """Token after the complement ("of Economic Affairs", "for the parliamentary committee") that starts at `end`."""
    if end + 1 < len(scene.doc) and scene.is_joined(end) and scene.lower(end + 1) in _ELECT:
        end += 2
    elif scene.lower(end) in {"general", "elect"}:
        end += 1
    if scene.lower(end) not in _COMPLEMENT:
        return end
    last = end
    i = end + 1
    while i < len(scene.doc) and i - end < 12:
        token = scene.doc[i]
        if i in scene.time_at or token.is_sent_start:
            break
        if (
            i in scene.state_at
            or i in scene.organization_at
            or token.text in POSSESSIVE_MARKS
            or (token.lower_ in words.domains and token.lower_ != "the")
        ):
            last = i + 1
        elif last == end and token.is_title and token.is_alpha and not token.is_stop:
            i = last = _end_of_name(scene, i)
            continue
        elif token.lower_ not in _INSIDE or (token.text == "," and not _goes_on(scene, i + 1)):
            break
        i += 1
    return last if last > end else end


def _end_of_name(scene: Scene, i: int) -> int:
    """Token after the run of capitalised words that starts at `i`: the name of a body in no list."""
    while i < len(scene.doc) and scene.doc[i].is_title and scene.doc[i].is_alpha and not scene.is_named(i):
        i += 1
    return i


def _goes_on(scene: Scene, i: int) -> bool:
    """True where a list in a ministry's name goes on: "Digital, Culture, Media and Sport"."""
    return (
        i + 1 < len(scene.doc)
        and scene.doc[i].is_title
        and not scene.is_named(i)
        and scene.lower(i + 1) in {",", "and"}
    )


def _state_after(scene: Scene, start: int, end: int) -> str | None:
    """The state that "of" gives: "President of Ukraine", not "ambassador to Ukraine"."""
    if scene.lower(start) != "of":
        return None
    return next((scene.state_at[i].iso3 for i in range(start, end) if i in scene.state_at), None)


def _role(scene: Scene, start: int, head: int, end: int, words: TitleWords) -> str:
    """The words of the title without its state and without words such as "former"."""
    while start < head and (
        start in scene.state_at
        or scene.doc[start].text in POSSESSIVE_MARKS
        or scene.lower(start) in words.tense | {"-", "the"}
    ):
        start += 1
    if scene.lower(head + 1) == "of" and all(
        i in scene.state_at or scene.lower(i) in {"of", "the", "republic"} for i in range(head + 1, end)
    ):
        end = head + 1
    return scene.text(start, end)
