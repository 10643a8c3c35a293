"""Cues of attribution: reporting verbs, light verbs with a noun of speech ("expressed concern"), "according to"."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.grammar import DO, MODALS, NEGATORS
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.extract.verbs import Form, auxiliaries, is_passive, is_verb, verb_forms

_CLAUSE_OPENERS = frozenset({"that", "“", '"', "‘", ":", "how", "why", "whether", "if"})
_REACH = 9
ACCORDING = "according to"
"""The lemma of every phrase that leads to a source."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as tokens `start` to `end`; `kind` is a stance or `neutral`."""

    start: int
    end: int
    lemma: str
    kind: str
    tags: frozenset[str]
    negated: bool
    passive: bool
    auxiliaries: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue lists, by form."""

    forms: Mapping[str, tuple[Form, ...]]
    kinds: Mapping[str, str]
    light: frozenset[str]
    nouns: Mapping[str, str]
    clausal: frozenset[str]
    vessels: frozenset[str]
    according: frozenset[str]
    declining: frozenset[str]
    confirming: frozenset[str]
    silent: frozenset[str]


@functools.cache
def _cues() -> _Cues:
    lexicon = read_lexicon("attribution")
    kinds = {lemma: kind for kind, lemmas in lexicon["verbs"].items() for lemma in lemmas}
    light = frozenset(lexicon["nouns"]["light"])
    nouns = {noun: kind for kind, words in lexicon["nouns"].items() if kind != "light" for noun in words}
    clausal, vessels = frozenset(lexicon["clausal"]["verbs"]), frozenset(lexicon["phrases"]["vessels"])
    declining = {name: frozenset(words) for name, words in lexicon["declining"].items()}
    return _Cues(
        verb_forms([*kinds, *light]),
        kinds,
        light,
        nouns,
        clausal,
        vessels,
        frozenset(lexicon["phrases"]["according"]),
        declining["verbs"],
        declining["confirming"],
        declining["silent"],
    )


def speech_tokens(scene: Scene) -> frozenset[int]:
    """Tokens that are past or present forms of a verb of neutral speech, whatever stands around them."""
    cues = _cues()
    return frozenset(
        token.i
        for token in scene.doc
        for form in cues.forms.get(token.lower_, ())
        if cues.kinds.get(form.lemma) == "neutral" and form.lemma not in cues.clausal and form.tags & {"VBD", "VBZ"}
    )


def find_cues(scene: Scene, start: int, end: int, agent_ends: frozenset[int]) -> Iterator[Cue]:
    """Cues between tokens `start` and `end`, in text order."""
    i = start
    while i < end:
        cue = _according(scene, i) or _cue_at(scene, i, end, agent_ends)
        if cue is not None:
            yield cue
        i = cue.end if cue is not None else i + 1


def _according(scene: Scene, i: int) -> Cue | None:
    if f"{scene.lower(i)} {scene.lower(i + 1)}" in _cues().according:
        return Cue(i, i + 2, ACCORDING, "neutral", frozenset(), False, False, frozenset())
    return None


def _cue_at(scene: Scene, i: int, end: int, agent_ends: frozenset[int]) -> Cue | None:
    cues = _cues()
    for form in cues.forms.get(scene.lower(i), ()):
        if not is_verb(scene, i, form.tags, agent_ends, vessels=cues.vessels):
            continue
        for lemma, last, kind in _readings(scene, i, end, form.lemma, cues):
            aux = auxiliaries(scene, i)
            negated = bool(aux & NEGATORS) != (form.lemma in cues.declining and kind == "confirms")
            return Cue(i, last, lemma, kind, form.tags, negated, is_passive(scene, i, form.tags, by=i + 1), aux)
    return None


def _readings(scene: Scene, i: int, end: int, first: str, cues: _Cues) -> Iterator[tuple[str, int, str]]:
    """What a verb with lemma `first` at `i` may be a cue of, the most telling first: lemma, end, kind."""
    if first in cues.declining and scene.lower(i + 1) == "to" and scene.lower(i + 2) in cues.confirming | cues.silent:
        if scene.lower(i + 2) in cues.confirming:
            yield f"{first} to {scene.lower(i + 2)}", i + 3, "confirms"
        return
    if first in cues.light:
        for j in range(i + 1, min(end, i + _REACH)):
            kind = cues.nouns.get(scene.lower(j))
            if kind is not None:
                yield f"{first} {scene.lower(j)}", j + 1, kind
            if scene.lower(j) in {",", ";", "that", "and"}:
                break
    for last in (i + 3, i + 2):
        lemma = " ".join([first, *(scene.lower(j) for j in range(i + 1, last))])
        if lemma in cues.kinds and (lemma not in cues.clausal or _has_clause(scene, last - 1, end)):
            yield lemma, last, cues.kinds[lemma]
    if first in cues.kinds and (first not in cues.clausal or _has_clause(scene, i, end)):
        yield first, i + 1, cues.kinds[first]


def _has_clause(scene: Scene, i: int, end: int) -> bool:
    """True where a clause or a quotation goes with the verb at `i`."""
    after = i + 1 + (scene.lower(i + 1) in {",", "on", "in"})
    if i + 2 >= end or scene.lower(i + 1) in _CLAUSE_OPENERS or scene.lower(after) in _CLAUSE_OPENERS:
        return True
    return any(scene.lower(j) == "that" for j in range(i + 1, min(end, i + 5)))


def is_asserted(cue: Cue) -> bool:
    """True where the cue tells of an utterance that was made, not of one to come, wished for or left out."""
    if cue.auxiliaries & MODALS:
        return cue.negated and cue.kind == "confirms"  # "could not confirm"
    if "to" in cue.auxiliaries:
        return False
    return "VB" not in cue.tags or bool(cue.auxiliaries & DO) or "VBP" in cue.tags or "VBD" in cue.tags
