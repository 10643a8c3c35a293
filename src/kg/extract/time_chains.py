"""Which time of a sentence dates an act: the one said of its verb or noun, else of an act that it shares one with.

A time belongs to the word it hangs on. An act without one of its own takes that of the act it is part of ("held talks
on Friday", "attacked on Monday, killing two"), or of the verb it is joined to. A time said of saying something does
not date what is said to have been before.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.clauses import children, is_predicate, obliques
from kg.extract.lexicon import read_lexicon
from kg.extract.tenses import Tense, tense
from kg.extract.time_sites import Site, is_within, preposition

_TOLD = frozenset({Tense.PAST, Tense.PERFECT})
_SIMULTANEOUS = frozenset({"when", "as", "while", "where", "by", "with", "to"})
_SUBJECTS = ("nsubj", "nsubj:pass")


@functools.cache
def verbs(name: str) -> frozenset[str]:
    """The lemmas of a list of `dating.toml`."""
    return frozenset(read_lexicon("dating")["verbs"][name])


@functools.cache
def _speech() -> frozenset[str]:
    return frozenset(verb.split()[0] for verbs in read_lexicon("attribution")["verbs"].values() for verb in verbs)


def is_speech(predicate: Token) -> bool:
    """True for a verb that reports an utterance."""
    return predicate.lemma_.lower() in _speech()


def is_clause(token: Token) -> bool:
    """True for what heads a clause: a predicate, and a participle that is tagged as one only in part."""
    return is_predicate(token) or token.tag_.startswith("VB")


def site_of(sites: Sequence[Site], token: Token) -> Site | None:
    """The site of the time that dates the act of `token`: its own, or that of an act it shares one with."""
    leading = False
    top = token
    for act, shares_leading in _chain(token):
        leading = leading or shares_leading
        found = [s for s in _beside(sites, act) if not leading or s.start < top.i]
        if found:
            return min(found, key=lambda s: (not s.is_exact, abs(s.start - token.i)))
        top = act
    saying = _saying(top) if is_clause(top) else None
    return next(iter(_beside(sites, saying)), None) if saying is not None else None


def chain_of(token: Token) -> tuple[Token, ...]:
    """`token` and the acts up the tree that it shares its time with, nearest first."""
    return tuple(act for act, _ in _chain(token))


def _chain(token: Token) -> Iterator[tuple[Token, bool]]:
    """`token` and what it shares its time with, and whether of that only a time that stands before both."""
    yield token, False
    while (above := (_above_verb if is_clause(token) else _above_noun)(token)) is not None:
        yield above, above.dep_ != "" and _is_apart(token)
        token = above


def _is_apart(predicate: Token) -> bool:
    """True for a joined clause with a subject of its own."""
    return predicate.dep_ == "conj" and bool(children(predicate, *_SUBJECTS)) and is_predicate(predicate)


def _above_noun(noun: Token) -> Token | None:
    """The verb or noun whose act happens when that of `noun` does."""
    head = noun.head
    if head == noun or is_another(noun):
        return None
    if noun.dep_ == "nsubj":
        return head
    if noun.dep_ in {"nsubj:pass", "obj"}:
        return head if head.lemma_.lower() in verbs("light") | verbs("phases") else None
    if noun.dep_ in {"obl", "obl:agent", "nmod"}:
        return head if is_within(preposition(noun)) else None
    return head if noun.dep_ == "conj" else None


def _above_verb(verb: Token) -> Token | None:
    """The verb or noun that shares its time with `verb`; none for what lies before it or ahead of it."""
    head = verb.head
    if head == verb or (tense(verb) is Tense.BEFORE_PAST and verb.dep_ != "conj"):
        return None
    if verb.dep_ == "conj":
        return head if is_predicate(head) and _goes_with(tense(verb), tense(head)) else None
    if verb.dep_ == "xcomp":
        return head if head.lemma_.lower() in verbs("phases") or verb.tag_ == "VBG" else None
    if verb.dep_ == "advcl":
        return head if _is_simultaneous(verb) else None
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" else None
    if verb.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in verb.children):
        return next((a for a in head.ancestors if is_predicate(a)), None)
    return None


def _goes_with(own: Tense, other: Tense) -> bool:
    return own is other or own is Tense.NONE or {own, other} <= _TOLD


def _is_simultaneous(verb: Token) -> bool:
    """True for "killing two", "to discuss trade", "as it met": no other time than that of the main clause."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "case"}} | {
        c.lower_ for c in children(verb, "advmod") if c.lower_ in {"when", "where"}
    }
    if marks:
        return marks <= _SIMULTANEOUS
    return verb.tag_ in {"VBG", "VBN"} and not children(verb, *_SUBJECTS)


def is_another(noun: Token) -> bool:
    """True for a noun that is told from others of its kind: "the latest talks", "his first visit"."""
    words = [c for c in noun.children if c.dep_ in {"amod", "nmod:unmarked"}]
    return any(
        c.lower_ in read_lexicon("dating")["others"] or c.tag_ == "JJS" or "NumType=Ord" in str(c.morph) for c in words
    )


def _beside(sites: Sequence[Site], act: Token) -> list[Site]:
    """The sites of times said of `act`, or of what it was done in ("in a meeting on Monday") or gave ("a pact")."""
    own = [s for s in sites if s.governor == act]
    if own or not is_clause(act):
        return own
    purpose = {c for c in children(act, "advcl") if any(m.lower_ == "to" for m in children(c, "mark"))}
    found = [s for s in sites if s.governor in purpose and act.i < s.start]
    inside = {noun for part in (act, *purpose, *children(act, "obj")) for noun in _events_around(part, act)}
    found += [s for s in sites if s.governor in inside and s.start > s.governor.i]
    given = {planned for noun in children(act, "obj") for planned in children(noun, "acl")}
    if act.lemma_.lower() in verbs("light"):
        given |= {noun for noun in children(act, "obj") if not _is_definite(noun)}
    return found or [s for s in sites if s.governor in given and s.is_exact and s.start > act.i]


def _events_around(part: Token, act: Token) -> Iterator[Token]:
    """What `act` is said to be done in; what hangs on its object only where that is an event: "trade in a meeting"."""
    for word, noun in obliques(part):
        if is_within(word) and (part == act or is_clause(part) or noun._.kind == "event"):
            yield noun


def _is_definite(noun: Token) -> bool:
    """True for a noun that points at something known: "the attack", "Chad's attack"."""
    return any(c.lower_ in {"the", "this", "that", "these", "those"} or c.dep_ == "nmod:poss" for c in noun.children)


def _saying(act: Token) -> Token | None:
    """The verb of saying whose time holds for the news it gives: "has left, he said on Friday"."""
    told = tense(act)
    if act.dep_ in {"ccomp", "parataxis"} and is_speech(act.head):
        after = act.head.i > act.i
        return act.head if told is Tense.PERFECT or (after and told is Tense.PAST) else None
    comments = [c for c in children(act, "parataxis", "advcl", "ccomp") if is_speech(c) and c.i > act.i]
    return comments[0] if comments and told in _TOLD and children(comments[0], *_SUBJECTS) else None
