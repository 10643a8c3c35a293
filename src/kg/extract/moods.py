"""What "will" and "not" make of an act: "will not meet" refuses, "would strike" threatens."""

from __future__ import annotations

import dataclasses

from spacy.tokens import Doc, Token

from kg.extract.acts import Frame, Roles, Trigger
from kg.extract.clauses import auxiliaries, children, is_passive, negators

_WILL = frozenset({"will", "would", "wo", "'ll", "’ll"})
_DO = frozenset({"did", "do", "does"})
_CONDITIONS = frozenset({"if", "unless", "until", "should"})
_YIELDING = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
_GRANTING = frozenset({"AGREE", "CONCEDE"})
_HOSTILE = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT"})


def settle(doc: Doc, trigger: Trigger) -> Trigger:
    """`trigger` as a refusal or a threat where its auxiliaries make it one, else as it is."""
    verb = doc[trigger.head]
    if not trigger.is_verb:
        return trigger
    category = _of_mood(verb, trigger.frame)
    if category is None:
        return trigger
    done = None if category == "AGREE" else "actual"
    return dataclasses.replace(trigger, frame=Frame(category, Roles.DIRECTED, None), factuality=done)


def _of_mood(verb: Token, frame: Frame) -> str | None:
    words = {a.lower_ for a in auxiliaries(verb)}
    will, negated = bool(words & _WILL), bool(negators(verb))
    if negated:
        refused = will and frame.category in _YIELDING
        return "REJECT" if refused or (words & _DO and frame.category in _GRANTING) else None
    if will and frame.category in _HOSTILE and frame.mode != "convict" and not is_passive(verb) and _is_warned(verb):
        return "THREATEN"
    return None


def _is_warned(verb: Token) -> bool:
    """True where who would do it says so, or says on which condition: "said it would strike", "will strike if"."""
    conditions = [m.lower_ for clause in children(verb, "advcl") for m in children(clause, "mark")]
    if not _CONDITIONS.isdisjoint(conditions):
        return True
    pronouns = all(t.pos_ == "PRON" for t in children(verb, "nsubj"))
    return verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and pronouns
