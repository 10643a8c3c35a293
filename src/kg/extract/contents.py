"""What is said: the clause, the quotation or the objects that the tree gives a cue as its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.extract.agents import Agent
from kg.extract.clauses import agents_of_passive, children
from kg.extract.complements import ends_quotation, follows_report, is_comment, is_inserted, reported
from kg.extract.cues import ACCORDING, Cue
from kg.extract.quotes import MARKS
from kg.extract.scene import Scene

_ENACTED = ("obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "nmod", "acl")
_TOUCHING = frozenset('.,!?…"”’»“‘«„') | {"''", "``"}
_BREAKING = frozenset({"while", "as", "after", "before", "when", "because", "although", "though", "since", "until"})

_TRAILING = 3
"""Fewest words after a comment that belong to what is said: "..., said Rady on Monday" has two of its own."""

Extent = tuple[int, int]
"""First token and the one after the last."""


def find_content(scene: Scene, cue: Cue, speakers: Sequence[Agent]) -> Extent | None:
    """The tokens of what `speakers` say by `cue`; None where the words do not tell."""
    found = _extent_of(scene, cue, speakers)
    return _touching(scene, found) if found is not None else None


def _extent_of(scene: Scene, cue: Cue, speakers: Sequence[Agent]) -> Extent | None:
    if cue.lemma == ACCORDING:
        return _around(_top_of_according(cue.token), speakers)
    clauses = reported(cue.token)
    if clauses and cue.noun is None:
        return _part(cue.token, clauses[0])
    if is_inserted(cue.token) or is_comment(cue.token) or follows_report(cue.token):
        return _around(cue.token, speakers)
    return None if ends_quotation(cue.token) else _done_by(scene, cue)


def _part(token: Token, clause: Token) -> Extent:
    """The side of the cue on which the clause stands; both where a cue cuts into it: "“Talks,” X said, “ended.”"."""
    tokens = [t.i for t in clause.subtree if not t.is_space]
    before, after = [i for i in tokens if i < token.i], [i for i in tokens if i > token.i]
    if not before or not after or _cuts(token, clause):
        return min(tokens), max(tokens) + 1
    own = before if clause.i < token.i else after
    return min(own), max(own) + 1


def _cuts(token: Token, clause: Token) -> bool:
    if not children(token, "nsubj"):
        return False
    core = [clause, *children(clause, "nsubj", "nsubj:pass", "obj", "ccomp", "conj")]
    return len({t.i < token.i for t in core}) == 2


def _touching(scene: Scene, extent: Extent) -> Extent:
    """`extent` with the marks that touch it, and without those that only join it to the cue."""
    start, end = extent
    while start < end - 1 and scene.doc[start].text in {",", ":", ";", "-", "–", "—"}:
        start += 1
    while end < len(scene.doc) and scene.doc[end].text in _TOUCHING and not scene.doc[end].is_sent_start:
        end += 1
    if start > 0 and scene.doc[start - 1].text in MARKS and not scene.doc[start].is_sent_start:
        start -= 1
    return start, end


def _top_of_according(token: Token) -> Token:
    """The head of the whole phrase "according to the ministry"."""
    return token.head if token.dep_ == "case" else token


def _around(comment: Token, speakers: Sequence[Agent]) -> Extent | None:
    """The clause that `comment` hangs on without it: what stands before or after, or all around it."""
    if comment.head == comment:
        return None
    clause, inside = comment.head, {t.i for t in comment.subtree}
    inside.update(i for a in speakers for i in range(a.start, a.end))
    while clause.dep_ not in {"ROOT", "root", "ccomp", "parataxis", "conj", "advcl"} and clause.head != clause:
        clause = clause.head
    rest = [t.i for t in clause.subtree if t.i not in inside and not t.is_space]
    before, after = [i for i in rest if i < comment.i], [i for i in rest if i > comment.i]
    if before and (not after or (clause.i < comment.i and sum(comment.doc[i].is_alpha for i in after) < _TRAILING)):
        return min(before), max(before) + 1
    if after and not any(comment.doc[i].is_alpha for i in before):
        return min(after), max(after) + 1
    return (min(rest), max(rest) + 1) if rest else None


def _done_by(scene: Scene, cue: Cue) -> Extent | None:
    """What a performative does: its objects and what prepositions lead to, without time, doer and later clauses."""
    doers = {t.i for head in agents_of_passive(cue.token) for t in head.subtree} if cue.passive else set()
    heads = children(cue.token, "nsubj:pass") if cue.passive else []
    heads = [*heads, *(c for c in children(cue.token, *_ENACTED) if not _is_apart(scene, c) and c.i not in doers)]
    tokens = [t.i for head in heads for t in head.subtree if t.i not in doers]
    if cue.passive or cue.token.pos_ == "NOUN":
        return _extent(tokens)
    return _extent(i for i in tokens if i > cue.token.i)


def _is_apart(scene: Scene, child: Token) -> bool:
    """True for a time, and for a clause that tells of something else."""
    if child.i in scene.time_at:
        return True
    if child.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in children(child, "mark")}
    return not marks.isdisjoint(_BREAKING) or (child.tag_ == "VBG" and child.left_edge.text == ",")


def _extent(tokens: Iterable[int]) -> Extent | None:
    found = list(tokens)
    return (min(found), max(found) + 1) if found else None
