"""Whether a verb of speech tells of an utterance that was made, not of one to come, wished for or left out."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.clauses import auxiliaries, children, negators
from kg.extract.grammar import DO, MODALS
from kg.extract.lexicon import read_lexicon

_WILL = frozenset({"will", "'ll", "’ll"})


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_lexicon("attribution")["asserted"].items()}


def is_asserted(verb: Token, *, denying: bool = False, previewed: bool = False) -> bool:
    """True where `verb` is told of as a fact.

    Args:
        denying: the verb is a negated "confirm", which denies under "could" and "would" too.
        previewed: what is said is given, so that "will say" quotes a speech to come.
    """
    aux = {a.lower_ for a in auxiliaries(verb)}
    if aux & MODALS:
        return denying or (previewed and aux & MODALS <= _WILL and not negators(verb))
    if _is_conditional(verb):
        return False
    if "to" in aux:
        return _is_done(verb)
    if verb.tag_ == "VBG" and not aux:
        return _is_real_gerund(verb)
    return verb.tag_ != "VB" or bool(aux & DO)


def is_negated(verb: Token) -> bool:
    """True where `verb`, or the verb it shares its "not" with, is negated: "did not confirm or deny"."""
    if negators(verb):
        return True
    if verb.dep_ == "conj" and not children(verb, "nsubj", "aux"):
        return any(c.lower_ in {"or", "nor"} for c in children(verb, "cc")) and is_negated(verb.head)
    return False


def _is_conditional(verb: Token) -> bool:
    """True under "if", "unless", "whether"."""
    marks = {c.lower_ for c in children(verb, "mark")}
    return not _lists()["conditions"].isdisjoint(marks)


def _is_done(verb: Token) -> bool:
    """True for an infinitive whose act took place: "went on to say", "wrote to Chad to demand"."""
    head = verb.head
    while head.dep_ == "conj" and head.tag_ == "VB":
        head = head.head
    governing = head if verb.dep_ != "conj" else head.head
    lemma = governing.lemma_.lower()
    listed = lemma in _lists()["implying"] or (verb.dep_ == "advcl" and lemma in _lists()["vehicles"])
    return listed and governing is not verb and is_asserted(governing)


def _is_real_gerund(verb: Token) -> bool:
    """True for "adding that", "by condemning"; not for what somebody is blamed for or kept from."""
    words = {c.lower_ for c in children(verb, "mark", "case")}
    if not _lists()["unreal"].isdisjoint(words) or verb.dep_ in {"nsubj", "csubj", "nmod", "compound"}:
        return False
    governed = verb.dep_ in {"advcl", "xcomp", "conj"} and verb.head != verb and verb.head.pos_ == "VERB"
    return not governed or not {a.lower_ for a in auxiliaries(verb.head)} & MODALS
