"""Where a time hangs in its tree: the verb or noun it is said of, and the preposition that leads to it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sent

from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.types import TimeMention, TimeUnit

_UP = frozenset({"nmod", "obl", "obl:agent", "obj", "nsubj", "nsubj:pass", "conj", "appos", "compound", "flat"})
_LOOSE = frozenset({"nmod", "obl", "nmod:unmarked", "obl:unmarked"})
_TIMELESS = frozenset({"place", "person", "organization"})


@dataclass(frozen=True, slots=True)
class Site:
    """A time from token `start` on, the token it is said of, and the preposition before it ("" where none)."""

    mention: TimeMention
    start: int
    governor: Token
    preposition: str

    @property
    def is_bound(self) -> bool:
        """True for "since 2014", "until Friday": where an act begins or ends."""
        return self.preposition in _prepositions("bounds")

    @property
    def is_exact(self) -> bool:
        """True where the time is a day."""
        mention = self.mention
        return mention.weekday is not None or mention.day is not None or mention.unit is TimeUnit.DAY


@functools.cache
def _prepositions(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("dating")["prepositions"][name])


def is_within(preposition: str) -> bool:
    """True for a preposition that puts an act inside another: "during the talks"."""
    return preposition in _prepositions("within")


def find_sites(scene: Scene, sent: Sent) -> tuple[Site, ...]:
    """The sites of the times in `sent`, in text order, those left out that date something before or after."""
    mentions = dict.fromkeys(scene.time_at[i] for i in range(sent.start, sent.end) if i in scene.time_at)
    return tuple(_said_of(scene.doc, mentions))


def _said_of(doc: Doc, mentions: Iterable[TimeMention]) -> Iterable[Site]:
    for mention in mentions:
        site = find_site(doc, mention)
        if site is not None and site.preposition not in _prepositions("other"):
            yield site


def find_site(doc: Doc, mention: TimeMention) -> Site | None:
    """Where `mention` hangs; None where it heads its sentence."""
    words = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if words is None:
        return None
    root = _time_phrase(words.root)
    if root.head == root:
        return None
    return Site(mention, words.start, _bearer(root), preposition(root))


def _time_phrase(root: Token) -> Token:
    """The head of the phrase of times: "night" in "the night of 5 May", "Monday" in "Monday and Tuesday"."""
    while root.head != root and (
        root.head.ent_type_ == "" and root.head._.kind == "time" and root.dep_ in {"nmod", "compound", "appos", "conj"}
    ):
        root = root.head
    return root


def _bearer(root: Token) -> Token:
    """What a time is said of: no place or person, but what is done there or by them."""
    governor = _uncrossed(root)
    loose = root.dep_ in _LOOSE and preposition(root) in {"", "on", "in", "at", "during"}
    while loose and governor.dep_ in _UP and (governor.pos_ == "PROPN" or governor._.kind in _TIMELESS):
        governor = governor.head
    return governor


def _uncrossed(root: Token) -> Token:
    """The head of a time, put right where another clause stands between the two: "On Monday, he said they had met"."""
    governor = root.head
    low, high = min(governor.i, root.i), max(governor.i, root.i)
    reports = [c for c in governor.children if low < c.i < root.i and _is_comment(c)]
    if reports:
        return reports[-1]
    between = [t for t in root.doc[low + 1 : high] if not (t.is_punct or governor.is_ancestor(t))]
    if not between:
        return governor
    if root.i < governor.i:
        return next((a for a in governor.ancestors if a in between), governor)
    verbs = [t for t in between if t.pos_ == "VERB"]
    return verbs[-1] if verbs else governor


def _is_comment(clause: Token) -> bool:
    """True for a clause put beside another without a link: "..., he said on Friday"."""
    words = {c.dep_ for c in clause.children}
    return clause.dep_ in {"parataxis", "advcl"} and "nsubj" in words and "mark" not in words


def preposition(head: Token) -> str:
    """The preposition that leads to the phrase of `head`, in lower case, all its words; "" where there is none."""
    words = [c for c in head.children if c.dep_ == "case" and c.i < head.i]
    return " ".join(t.lower_ for word in words for t in [word, *(c for c in word.children if c.dep_ == "fixed")])
