"""Groups: unnamed people and bodies, "47 foreign ministers", "Ukrainian soldiers", "a court in Istanbul"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.anaphors import find_anaphors
from kg.extract.clauses import children, is_quantity, obliques
from kg.extract.grammar import DEFINITE, POSSESSIVE_PRONOUNS
from kg.extract.lexicon import group_words, number_words, singular, title_words
from kg.extract.scene import Scene
from kg.extract.titles import Title
from kg.types import GroupMention, StateForm

_KINDS = frozenset({"person", "organization"})
# Relations of a noun that is part of another name or phrase, not the head of one of its own.
_PARTS = frozenset({"compound", "flat", "nmod:desc", "amod", "det", "case", "fixed", "nummod", "goeswith", "advmod"})
_BEFORE = frozenset({"amod", "compound", "nummod", "nmod:desc", "punct", "advmod", "flat", "goeswith"})
_OWN_STATE = frozenset({"of", "in", "from", "for"})


def find_groups(scene: Scene, titles: Sequence[Title], claimed: frozenset[int]) -> Iterator[GroupMention]:
    """Groups of `scene` in text order, outside the tokens that names and `titles` have `claimed`.

    They are the plurals that the lexicon knows to act together, and every other noun phrase that names people or a
    body, save those that point back to somebody named before ("the Egyptian president").
    """
    known = [_mention(scene, t, claimed) for t in scene.doc if _is_known(scene, t, claimed)]
    taken = claimed | _tokens(scene, known)
    anaphors = find_anaphors(scene, titles, taken)
    taken |= {i for anaphor in anaphors for i in range(*scene.tokens(anaphor.span))}
    others = [_mention(scene, t, taken) for t in scene.doc if _is_unnamed(scene, t, taken)]
    yield from sorted([*known, *others], key=lambda g: g.span)


def _tokens(scene: Scene, groups: Iterable[GroupMention]) -> frozenset[int]:
    return frozenset(i for group in groups for i in range(*scene.tokens(group.span)))


def _is_known(scene: Scene, token: Token, claimed: frozenset[int]) -> bool:
    """True for the head of a group by the lexicon; "the ministers" points back and is an anaphor."""
    i, words = token.i, group_words()
    if i in claimed or i in scene.organization_at or (token.dep_ in _PARTS and token.head.pos_ in {"NOUN", "PROPN"}):
        return False
    if scene.lower(i) in words.official:
        start = _first(scene, token, claimed)
        pointing = scene.lower(start - 1) in DEFINITE | POSSESSIVE_PRONOUNS | {"both"}
        return not (pointing and _is_bare(scene, start, i))
    return scene.lower(i) in words.people or _is_paired(scene, i)


def _is_unnamed(scene: Scene, token: Token, taken: frozenset[int]) -> bool:
    """True for the head of a noun phrase of people or of a body that no name, title or pronoun stands for."""
    if token.pos_ != "NOUN" or token._.kind not in _KINDS or token.dep_ in _PARTS or is_quantity(token):
        return False
    if token.i in taken or scene.is_named(token.i) or children(token, "cop") or token.lower_ in group_words().official:
        return False
    beside = [*children(token, "appos", "flat"), *([token.head] if token.dep_ == "appos" else [])]
    if any(t.i in taken or scene.is_named(t.i) for t in beside):
        return False  # "Ada Berg, a lawyer": the name stands for her
    owners = children(token, "nmod:poss")
    return not (token._.kind == "organization" and any(o.i in taken or scene.is_named(o.i) for o in owners))


def _is_paired(scene: Scene, i: int) -> bool:
    """True for the second word of a head of two: "asylum seekers", "asylum-seekers"."""
    first = scene.lower(i - 2) if i >= 2 and scene.is_joined(i - 1) else scene.lower(i - 1)
    return f"{first} {scene.lower(i)}" in group_words().people


def _first(scene: Scene, head: Token, claimed: frozenset[int]) -> int:
    """First token of what stands before the head and describes it: no article, possessor or date."""
    start = head.i
    while start > 0 and not scene.doc[start].is_sent_start and start - 1 not in claimed:
        if not _describes(scene, scene.doc[start - 1], head):
            break
        start -= 1
    while scene.doc[start].dep_ in {"punct", "advmod"} and start < head.i:
        start += 1  # "about 300 refugees"
    return start


def _describes(scene: Scene, before: Token, head: Token) -> bool:
    """True for a word of the noun phrase of `head`, or a number or known modifier where the tree has it elsewhere."""
    if before.i in scene.time_at:
        return False
    if (state := scene.state_at.get(before.i)) is not None and state.form is StateForm.DEMONYM:
        return True
    if head.is_ancestor(before):
        return _branch(before, head) in _BEFORE
    if (before.dep_, before.head.i) == (head.dep_, head.head.i) and before.pos_ != "PRON":
        return True  # cut apart: no verb has two subjects side by side
    return before.lower_ in group_words().modifiers or _number(scene, before.i) is not None


def _branch(token: Token, head: Token) -> str:
    """The relation by which `head` governs `token` or what `token` hangs on."""
    while token.head.i != head.i:
        token = token.head
    return token.dep_


def _is_bare(scene: Scene, start: int, head: int) -> bool:
    """True where nothing but numbers and modifiers stands before the head: "the two foreign ministers"."""
    return all(_number(scene, i) is not None or scene.lower(i) in group_words().modifiers for i in range(start, head))


def _mention(scene: Scene, head: Token, claimed: frozenset[int]) -> GroupMention:
    start, end = _first(scene, head, claimed), head.i + 1
    count = next((n for i in range(start, head.i) if (n := _number(scene, i)) is not None), None)
    if count is None and head.tag_ == "NN" and head._.kind == "person" and head.lower_ not in group_words().people:
        count = 1
    words = [scene.lower(i) for i in range(start, head.i) if not scene.is_named(i) and _number(scene, i) is None]
    return GroupMention(
        span=scene.span(start, end),
        role=" ".join([*words, singular(scene.lower(head.i))]),
        official=_is_official(scene, head),
        count=count,
        iso3=_state(scene, head, start),
        organized=head._.kind == "organization" or scene.lower(head.i) in group_words().organized,
    )


def _is_official(scene: Scene, head: Token) -> bool:
    """True for holders of a public office, by the lexicon."""
    return scene.lower(head.i) in group_words().official or singular(scene.lower(head.i)) in title_words().office


def _state(scene: Scene, head: Token, start: int) -> str | None:
    """The state that the phrase shows: "Turkish officials", "Turkey's judges", "a court in Turkey"."""
    after = [t for p, t in obliques(head) if p in _OWN_STATE]
    places = [*range(start, head.i), *(t.i for t in children(head, "nmod:poss")), *(t.i for t in after)]
    states = [scene.state_at[i].iso3 for i in places if i in scene.state_at]
    bodies = [o.iso3 for i in places if (o := scene.organization_at.get(i)) is not None and o.iso3]
    return next(iter([*states, *bodies]), None)


def _number(scene: Scene, i: int) -> int | None:
    """What a numeral counts: "47", "1,500", "two"."""
    text = scene.lower(i).replace(",", "")
    if text.isdecimal() and len(text) < 10 and not scene.time_at.get(i):
        return int(text)
    return number_words().get(text)
