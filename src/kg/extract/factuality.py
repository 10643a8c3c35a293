"""Factuality: did the act take place, is it to come, only possible, or did it not take place.

A small version of what FactBank (Saurí and Pustejovsky 2009) calls event factuality, from the tree around a trigger:
its auxiliaries and negation, the words that govern it, and what those are worth themselves.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.acts import Trigger
from kg.extract.clauses import auxiliaries, children, is_infinite, negators
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene

# Prepositions that put an act beside what the verb tells: "threatened to leave during the war".
_APART = frozenset({"after", "during", "since", "amid", "despite", "following", "before", "until", "because of"})
_FORCING = frozenset({"force", "compel", "oblige", "make", "get"})
_TELLING = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
_CLAUSES = frozenset({"xcomp", "acl", "ccomp", "csubj", "csubj:pass", "obl", "nmod"})


@functools.cache
def _words(table: str) -> Mapping[str, str]:
    """Which factuality each word of a table of `factuality.toml` gives."""
    return {word: value for value, words in read_lexicon("factuality")[table].items() for word in words}


def factuality(scene: Scene, trigger: Trigger) -> str:
    """One of actual, future, hypothetical, negated, for the act of `trigger`."""
    token = scene.doc[trigger.head]
    return "hypothetical" if _is_asked(token) else certainty(token)


def certainty(token: Token) -> str:
    """The factuality of what a verb, adjective or noun tells."""
    return _of_verb(token) if token.pos_ in {"VERB", "AUX", "ADJ"} else _of_noun(token)


def is_only_aimed_at(token: Token) -> bool:
    """True for an act that somebody else's words only aim at: "forced Chad to negotiate", "ways to widen cooperation".

    What may happen or is in doubt is no such act.
    """
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        bare = is_infinite(token) and not any(c.lower_ in _words("modals") for c in auxiliaries(token))
        return bare and token.dep_ in _CLAUSES | {"advcl"} and certainty(token) == "hypothetical"
    verb = token.head
    lemma = verb.lemma_.lower()
    return token.dep_ == "obj" and lemma in _words("furthering") and (is_infinite(verb) or lemma in _words("speaking"))


def _is_asked(token: Token) -> bool:
    """True in a question."""
    return any(t.text == "?" for t in token.sent[-3:])


def _of_verb(verb: Token) -> str:
    if any(c.lower_ in _words("openers") for c in children(verb, "mark", "advmod")):
        return "hypothetical"
    if negators(verb) or _shares_negation(verb):
        return "negated"
    aux = [c.lower_ for c in auxiliaries(verb)]
    modal = next((_words("modals")[word] for word in aux if word in _words("modals")), None)
    if modal is not None:
        return modal
    finite = not is_infinite(verb) and not _is_subjunctive(verb)
    if finite and (verb.dep_ != "conj" or aux or verb.tag_ in {"VBD", "VBZ", "VBP"}):
        return _of_condition(verb)
    return _of_governed(verb)


def _is_subjunctive(verb: Token) -> bool:
    """True for "leave" in "urged that it leave" and "be deployed" in "asked that they be deployed"."""
    bare = verb if verb.tag_ == "VB" else next(iter(children(verb, "aux:pass", "cop")), verb)
    return verb.dep_ == "ccomp" and bare.tag_ == "VB" and not children(verb, "aux")


def _of_condition(verb: Token) -> str:
    """A finite verb is told as a fact, unless a condition holds for the verb it is joined to or says more of."""
    awaited = verb.dep_ == "advcl" and any(c.lower_ == "until" for c in children(verb, "mark"))
    if awaited and any(c.lower_ in _words("modals") for c in auxiliaries(verb.head)):
        return "hypothetical"  # "would not reopen the border until Chad apologised"
    if verb.dep_ == "conj" and any(c.lower_ in _words("openers") for c in children(verb.head, "mark")):
        return "hypothetical"
    return "actual"


def _shares_negation(verb: Token) -> bool:
    """True for "meet" in "did not visit or meet"."""
    joined = verb.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in children(verb, "cc"))
    return joined and bool(negators(verb.head))


def _of_governed(verb: Token) -> str:
    """What the word above says of an infinitive, a participle or a bare subjunctive."""
    head = verb.head
    if head.i == verb.i:
        # "Norway to visit Chad": a headline's future.
        return "future" if any(c.lower_ == "to" for c in children(verb, "mark")) else "actual"
    if verb.dep_ in _CLAUSES and (own := _given("clause", head)) is not None:
        return own
    if head.lemma_ in _FORCING and any(c.lower_ == "to" for c in children(head, "mark")):
        return "hypothetical"  # "forced it to leave" tells that it left, "sued to force it to leave" does not
    above = certainty(head) if verb.dep_ in {*_CLAUSES, "conj", "advcl"} and head.pos_ in _TELLING else "actual"
    if verb.dep_ == "advcl" and above == "negated":
        return "hypothetical" if any(c.lower_ == "to" for c in children(verb, "mark")) else "actual"
    return above


def _given(table: str, word: Token) -> str | None:
    """The factuality that a governor gives by `table`; "did not fail to" undoes the failing."""
    if word.lower_ == "going" and any(c.lemma_ == "be" for c in children(word, "aux")):
        return "future"
    value = _words(table).get(word.lemma_.lower()) or _words(table).get(word.lower_)
    if value in {"negated", "future"} and word.pos_ == "VERB" and negators(word):
        return "actual" if value == "negated" else "negated"
    return value


def _of_noun(noun: Token) -> str:
    near = [c.lower_ for c in children(noun, "amod", "compound", "det")]
    own = next((_words("adjectives")[word] for word in near if word in _words("adjectives")), None)
    return own or _under(noun)


def _under(noun: Token) -> str:
    """What the words that govern a noun of action say of it."""
    head, before = noun.head, children(noun, "case")
    if head.i == noun.i:
        return "actual"
    preposition = " ".join(t.lower_ for c in before for t in (c, *children(c, "fixed")))
    if preposition in _words("prepositions"):
        return _words("prepositions")[preposition]
    if noun.dep_ == "conj":
        return certainty(head) if head.pos_ == "NOUN" else "actual"
    if noun.dep_ in {"obj", "nsubj:pass", "nsubj", "obl", "nmod", "iobj"}:
        if noun.dep_ != "nsubj" and preposition not in _APART and (own := _given("noun", head)) is not None:
            return own
        carried = noun.dep_ in {"obj", "nsubj:pass", "nsubj"} or preposition in {"in", "for"}
        if carried and head.lemma_ in _words("carriers") and head.pos_ in {"VERB", "AUX"}:
            return certainty(head)
        # "will raise it at the meeting", "plans to speak during the visit"
        if preposition in {"at", "during"} and head.pos_ == "VERB" and certainty(head) == "future":
            return "future"
    return "actual"
