"""Factuality: did the act take place, is it to come, only possible, or did it not take place.

A small version of what FactBank (Saurí and Pustejovsky 2009) calls event factuality, from the words around a trigger.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from kg.extract.frames import Trigger
from kg.extract.grammar import NEGATORS
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.extract.verbs import auxiliaries

_CLAUSE_END = frozenset({";", ":", "“", "”", '"', "who", "which"})


@functools.cache
def _words(table: str) -> Mapping[str, str]:
    """Which factuality each word of a table of `factuality.toml` gives."""
    return {word: value for value, words in read_lexicon("factuality")[table].items() for word in words}


def factuality(scene: Scene, trigger: Trigger, start: int) -> str:
    """One of actual, future, hypothetical, negated, for a trigger in a sentence from token `start`."""
    if _is_conditional(scene, trigger.start, start) or _is_asked(scene, trigger.start):
        return "hypothetical"
    return _of_verb(scene, trigger, start) if trigger.is_verb else _of_noun(scene, trigger, start)


def leads_to(word: str) -> str | None:
    """The factuality of what "to" introduces after `word`: "intends" to, "refused" to."""
    return _words("before_to").get(word)


def _is_asked(scene: Scene, i: int) -> bool:
    """True in a question."""
    end = next((j for j in range(i, len(scene.doc)) if j + 1 == len(scene.doc) or scene.doc[j + 1].is_sent_start), i)
    return any(scene.lower(j) == "?" for j in range(max(i, end - 2), end + 1))


def _is_conditional(scene: Scene, i: int, start: int) -> bool:
    """True where "if" or its like opens the clause of token `i`."""
    openers = _words("openers")
    for j in range(i - 1, max(start, i - 12) - 1, -1):
        if scene.lower(j) in openers:
            return True
        if scene.lower(j) in _CLAUSE_END | {","}:
            return False
    return False


def _of_verb(scene: Scene, trigger: Trigger, start: int) -> str:
    aux = auxiliaries(scene, trigger.head)
    if aux & NEGATORS:
        return "negated"
    modals = _words("modals")
    for word in sorted(aux):
        if word in modals:
            return modals[word]
    if "to" in aux:
        return _of_infinitive(scene, trigger.head, start)
    if "VBG" in trigger.tags and not aux:
        return _of_gerund(scene, trigger.head, start)
    return "actual"


def _of_infinitive(scene: Scene, head: int, start: int) -> str:
    """The factuality that the word before "to" gives; a bare infinitive of purpose is taken as actual."""
    i = head - 1
    while i > start and scene.lower(i) != "to":
        i -= 1
    governors = _words("before_to")
    for j in range(i - 1, max(start, i - 7) - 1, -1):
        if scene.lower(j) in governors:
            return governors[scene.lower(j)]
        if scene.lower(j) in _CLAUSE_END | {",", "that"}:
            break
    # "Norway to visit Chad": a headline's future.
    heads = i > start and all(scene.is_named(j) or scene.doc[j].is_title for j in range(start, i))
    return "future" if heads else "actual"


def _of_gerund(scene: Scene, head: int, start: int) -> str:
    """A participle shares the fate of the verb it hangs on: "intends to raise it, demanding ..." is to come."""
    governors = _words("before_to")
    for j in range(head - 1, start - 1, -1):
        if scene.lower(j) in _CLAUSE_END:
            break
        if scene.lower(j) == "to" and governors.get(scene.lower(j - 1)) == "future":
            return "future"
        if scene.lower(j) in {"will", "'ll", "’ll"}:
            return "future"
    return "actual"


def _of_noun(scene: Scene, trigger: Trigger, start: int) -> str:
    adjectives = _words("adjectives")
    for j in range(trigger.start - 1, max(start, trigger.start - 5) - 1, -1):
        word = scene.lower(j)
        if word in adjectives:
            return adjectives[word]
        if not (scene.doc[j].is_alpha or word in {"-", "'s", "’s"}) or scene.doc[j].is_stop:
            break
    return _of_light_verb(scene, trigger, start)


def _of_light_verb(scene: Scene, trigger: Trigger, start: int) -> str:
    """A noun under a future or negated verb right before it: "will hold talks", "did not pay a visit"."""
    modals = _words("modals")
    for j in range(trigger.start - 1, max(start, trigger.start - 6) - 1, -1):
        word = scene.lower(j)
        if word in modals and modals[word] == "future":
            return "future"
        if word in NEGATORS:
            return "negated"
        if word == "to" and scene.lower(j - 1) in _words("before_to"):
            return _words("before_to")[scene.lower(j - 1)]
        if word in _CLAUSE_END | {","}:
            break
    return "actual"
