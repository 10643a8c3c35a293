"""Groups: unnamed people acting or speaking together, "47 foreign ministers", "Ukrainian soldiers"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.grammar import DEFINITE, POSSESSIVE_PRONOUNS
from kg.extract.lexicon import group_words, number_words, singular
from kg.extract.scene import Scene
from kg.types import GroupMention


def find_groups(scene: Scene, claimed: frozenset[int]) -> Iterator[GroupMention]:
    """Groups of `scene` in text order, outside the tokens that names and titles have `claimed`."""
    words = group_words()
    for i in range(len(scene.doc)):
        text = scene.lower(i)
        official = text in words.official
        paired = _is_paired(scene, i)
        if (official or paired or text in words.people) and i not in claimed and i not in scene.organization_at:
            start = _grow(scene, i, claimed, paired=paired)
            if (
                official
                and scene.lower(start - 1) in DEFINITE | POSSESSIVE_PRONOUNS | {"both"}
                and _is_bare(scene, start, i)
            ):
                continue  # "the ministers" points back: an anaphor
            yield _mention(scene, start, i, official)


def _is_paired(scene: Scene, i: int) -> bool:
    """True for the second word of a head of two: "asylum seekers", "asylum-seekers"."""
    first = scene.lower(i - 2) if i >= 2 and scene.is_joined(i - 1) else scene.lower(i - 1)
    return f"{first} {scene.lower(i)}" in group_words().people


def _grow(scene: Scene, head: int, claimed: frozenset[int], *, paired: bool) -> int:
    words = group_words()
    start = head - 1 - scene.is_joined(head - 1) if paired else head
    while start > 0 and head - start < 6 and not scene.doc[start].is_sent_start and start - 1 not in claimed:
        before = start - 1
        if before in scene.state_at:
            start = scene.tokens(scene.state_at[before].span)[0]
        elif before in scene.organization_at:
            start = scene.tokens(scene.organization_at[before].span)[0]
        elif scene.is_joined(before):
            start = before - 1
        elif scene.lower(before) in words.modifiers or (scene.doc[before].like_num and before not in scene.time_at):
            start = before
        else:
            break
    return start


def _is_bare(scene: Scene, start: int, head: int) -> bool:
    """True where nothing but numbers and modifiers stands before the head: "the two foreign ministers"."""
    return all(_number(scene, i) is not None or scene.lower(i) in group_words().modifiers for i in range(start, head))


def _mention(scene: Scene, start: int, head: int, official: bool) -> GroupMention:
    states = [scene.state_at[i] for i in range(start, head) if i in scene.state_at]
    bodies = [scene.organization_at[i] for i in range(start, head) if i in scene.organization_at]
    iso3 = states[0].iso3 if states else next((b.iso3 for b in bodies if b.iso3), None)
    count = next((n for i in range(start, head) if (n := _number(scene, i)) is not None), None)
    role = [scene.lower(i) for i in range(start, head) if not scene.is_named(i) and _number(scene, i) is None]
    return GroupMention(
        span=scene.span(start, head + 1),
        role=" ".join([*role, singular(scene.lower(head))]),
        official=official,
        count=count,
        iso3=iso3,
    )


def _number(scene: Scene, i: int) -> int | None:
    """What a numeral counts: "47", "1,500", "two"."""
    text = scene.lower(i).replace(",", "")
    if text.isdecimal() and len(text) < 10 and not scene.time_at.get(i):
        return int(text)
    return number_words().get(text)
