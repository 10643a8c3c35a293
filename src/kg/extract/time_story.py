"""Acts that a text tells without a time, of an occasion that it dated before: "During the talks, she said ...".

Two things show that the occasion is the same. Either the words point at it: the act, or what it was done in, is a
definite noun for an act dated before. Or the story goes on: somebody who took part in what was last dated speaks, or
does the same again. What is told of other times (a pluperfect, a plan, a relative clause) belongs to no such story.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from spacy.tokens import Span as Sent
from spacy.tokens import Token

from kg.extract.clauses import children, obliques, phrase, subjects
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.extract.tenses import Tense, tense
from kg.extract.time_chains import chain_of, is_another, is_clause, is_speech, site_of, verbs
from kg.extract.time_sites import Site, find_sites, is_within

_POINTERS = frozenset({"the", "this", "that", "these", "those"})
_PERSONAL = frozenset({"he", "she", "they", "we", "i", "both"})
_REACH = 25  # sentences


@functools.cache
def _groups(words: str) -> dict[str, frozenset[int]]:
    """The numbers of the occasions that each of the `words`, "nouns" or "verbs", may name."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(read_lexicon("dating")["occasion"]):
        for word in group[words]:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def occasion_of(scene: Scene, token: Token) -> Site | None:
    """The time of the occasion that the act of `token` belongs to, from an earlier clause; None where none is shown."""
    if is_another(token):
        return None
    acts = chain_of(token)
    pointers = [noun for act in acts for noun in _named_in(act)]
    if pointers:
        return next((site for noun in pointers if (site := _antecedent(scene, noun)) is not None), None)
    return _story(scene, token, acts[-1])


def _named_in(act: Token) -> Iterator[Token]:
    """The definite nouns for occasions that `act` is, was done in, or began or ended."""
    if not is_clause(act):
        nouns = [act]
    else:
        nouns = [noun for word, noun in obliques(act) if is_within(word)]
        nouns += children(act, "obj", "nsubj") if act.lemma_.lower() in verbs("phases") else []
    for noun in nouns:
        inner = [child for word, child in obliques(noun) if word == "of"]  # "in the course of the war"
        yield from (n for n in (noun, *inner) if _occasion(n) and _points(n))


def _occasion(word: Token) -> frozenset[int]:
    """The occasions that a noun or verb may name."""
    table = _groups("verbs" if word.pos_ in {"VERB", "AUX"} else "nouns")
    return table.get(word.lemma_.lower()) or table.get(word.lower_, frozenset())


def _points(noun: Token) -> bool:
    """True for "the talks", "this visit": known from before, and no other than that ("the latest talks")."""
    return any(c.lower_ in _POINTERS and c.dep_ == "det" for c in noun.children) and not is_another(noun)


def _antecedent(scene: Scene, noun: Token) -> Site | None:
    """The time of the last dated act before `noun` that it may point at; None where an undated one comes between."""
    wanted = _occasion(noun)
    for i in range(noun.i - 1, -1, -1):
        word = scene.doc[i]
        if word.pos_ not in {"NOUN", "VERB", "PROPN"} or not _occasion(word) & wanted:
            continue
        site = site_of(find_sites(scene, _sentence(scene, word)), word)
        if site is not None:
            return site if site.start < noun.i else None
        if word.pos_ != "VERB" and word.lemma_ == noun.lemma_ and _is_new(word):
            return None
    return None


def _is_new(noun: Token) -> bool:
    """True for "a meeting", "the latest talks": not told before."""
    return is_another(noun) or any(c.lower_ in {"a", "an"} and c.dep_ == "det" for c in noun.children)


def _sentence(scene: Scene, token: Token) -> Sent:
    return next(sent for sent in scene.sentences if sent.start <= token.i < sent.end)


def _story(scene: Scene, token: Token, top: Token) -> Site | None:
    """The time of what was last dated before, where `token`, of the clause of `top`, goes on with it."""
    if not _is_told(top) or not (_reporter(top) is not None or _is_main(top)) or token.dep_ in {"obl", "nmod"}:
        return None
    who = _names(top)
    reporter = _reporter(top)
    if reporter is not None and who & _PERSONAL:
        who = who | _names(reporter)
    before = [sent for sent in scene.sentences if sent.end <= top.i and sent.start < top.sent.start][-_REACH:]
    for sent in reversed(before):
        told = _told_at(scene, sent)
        if told is not None:
            return told[1] if _goes_on(top, told[0], who) else None
        if who <= _PERSONAL:
            who = who | _names(sent.root)  # whom "he" is likely to mean
    return None


def _is_told(predicate: Token) -> bool:
    return tense(predicate) in {Tense.PAST, Tense.PERFECT}


def _is_main(predicate: Token) -> bool:
    return predicate.head == predicate or (predicate.dep_ in {"conj", "parataxis"} and _is_main(predicate.head))


def _reporter(predicate: Token) -> Token | None:
    """The main verb of saying whose content `predicate` is."""
    head = predicate.head
    said = predicate.dep_ in {"ccomp", "parataxis"} and head != predicate and is_speech(head)
    return head if said and _is_main(head) and _is_told(head) else None


def _told_at(scene: Scene, sent: Sent) -> tuple[Token, Site] | None:
    """What `sent` mainly tells, in the past, and the day that dates it; None where it gives none.

    It is worked out once for each sentence: many acts after it ask.
    """
    if sent.start not in scene.told_at:
        scene.told_at[sent.start] = _find_told(scene, sent)
    return scene.told_at[sent.start]


def _find_told(scene: Scene, sent: Sent) -> tuple[Token, Site] | None:
    root = sent.root
    first = [act for act in children(root, "ccomp", "parataxis") if act.i < root.i and is_speech(root)]
    sites = find_sites(scene, sent)
    for act in (*first, root, *children(root, "conj")):
        site = site_of(sites, act) if _is_told(act) else None
        if site is not None and site.is_exact:
            return act, site
    return None


def _goes_on(act: Token, dated: Token, who: frozenset[str]) -> bool:
    """True where somebody who took part in what is dated does the same again or, if that was to talk, speaks."""
    there = {t.lower_ for t in dated.subtree if t.pos_ == "PROPN" or t.dep_ in {"nsubj", "nsubj:pass"}}
    if not who & there:
        return False
    speaks = is_speech(act) or _reporter(act) is not None
    return bool(_occasion(act) & _occasion(dated)) or (speaks and _is_talk(dated))


def _is_talk(act: Token) -> bool:
    """True for an act of talking, or one that is done in talks or on a visit ("answered a call")."""
    inner = [act, *children(act, "obj"), *(noun for word, noun in obliques(act) if is_within(word))]
    return is_speech(act) or any(_occasion(word) & _talks() for word in inner)


@functools.cache
def _talks() -> frozenset[int]:
    return frozenset(n for n, group in enumerate(read_lexicon("dating")["occasion"]) if group.get("talk"))


def _names(predicate: Token) -> frozenset[str]:
    """The words of the subject of `predicate` that tell who it is, in lower case."""
    found: set[str] = set()
    for head in subjects(predicate):
        start, end = phrase(head)
        names = {t.lower_ for t in head.doc[start:end] if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"}
        found |= names or {head.lower_}
    return frozenset(found)
