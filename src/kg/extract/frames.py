"""Event frames: which words trigger an act of which category, from `data/lexicon/frames.toml`."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.extract.verbs import Form, is_verb, noun_forms, prefix_start, verb_forms

_GAP = 5


class Roles(StrEnum):
    """Who takes part in which role; see the head of `frames.toml`."""

    DIRECTED = "directed"
    MUTUAL = "mutual"
    VISIT = "visit"
    HOST = "host"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True)
class Frame:
    """One PLOVER act: its category, roles and mode."""

    category: str
    roles: Roles
    mode: str | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One further word of a trigger: any of `words`, right here or, where `far`, up to five words on."""

    words: frozenset[str]
    far: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What follows the first word of a trigger."""

    frame: Frame
    steps: tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger as tokens `start` to `end`; `tags` are the verb's, empty for a noun. `head` is its verb or noun."""

    start: int
    end: int
    head: int
    frame: Frame
    tags: frozenset[str]

    @property
    def is_verb(self) -> bool:
        """True for a verbal trigger."""
        return bool(self.tags)


@dataclass(frozen=True, slots=True)
class _Table:
    """Patterns by the lemma of their verb and by the first form of their noun."""

    forms: Mapping[str, tuple[Form, ...]]
    verbs: Mapping[str, tuple[_Pattern, ...]]
    nouns: Mapping[str, tuple[_Pattern, ...]]


@functools.cache
def _table() -> _Table:
    verbs: dict[str, list[_Pattern]] = {}
    nouns: dict[str, list[_Pattern]] = {}
    for entry in read_lexicon("frames")["frame"]:
        frame = Frame(entry["category"], Roles(entry["roles"]), entry.get("mode"))
        for trigger in entry.get("verbs", ()):
            first, *rest = _split(trigger)
            verbs.setdefault(first, []).append(_Pattern(frame, _steps(rest)))
        for trigger in entry.get("nouns", ()):
            for form, steps in _noun_patterns(trigger):
                nouns.setdefault(form, []).append(_Pattern(frame, steps))
    return _Table(verb_forms(verbs), _longest_first(verbs), _longest_first(nouns))


def _longest_first(table: Mapping[str, list[_Pattern]]) -> dict[str, tuple[_Pattern, ...]]:
    return {word: tuple(sorted(patterns, key=lambda p: -len(p.steps))) for word, patterns in table.items()}


def _split(trigger: str) -> list[str]:
    """The words of a trigger as the tokenizer would cut them: hyphens stand apart, save among alternatives."""
    return [part for word in trigger.split() for part in ([word] if "/" in word else word.replace("-", " - ").split())]


def _steps(words: list[str]) -> tuple[_Step, ...]:
    steps = []
    for previous, word in zip(["", *words], words, strict=False):
        if word != "~":
            steps.append(_Step(frozenset(word.split("/")), previous == "~"))
    return tuple(steps)


def _noun_patterns(trigger: str) -> Iterator[tuple[str, tuple[_Step, ...]]]:
    """The first word of a noun trigger, in each form, with the steps that follow it."""
    name, _, rest = trigger.partition(" ~ ")
    tail = _steps(["~", *_split(rest)]) if rest else ()
    *before, head = _split(name)
    forms = noun_forms(head)
    if not before:
        for form in forms:
            yield form, tail
    else:
        middle = tuple(_Step(frozenset({word}), False) for word in before[1:])
        yield before[0], (*middle, _Step(forms, False), *tail)


def find_triggers(scene: Scene, start: int, end: int, agent_ends: frozenset[int]) -> Iterator[Trigger]:
    """Triggers between tokens `start` and `end`, in text order, the longest where several overlap."""
    i = start
    while i < end:
        found = _verb_at(scene, i, end, agent_ends) or _noun_at(scene, i, end, agent_ends)
        if found is not None:
            yield found
        i = found.head + 1 if found is not None and found.is_verb else found.end if found is not None else i + 1


def _verb_at(scene: Scene, i: int, end: int, agent_ends: frozenset[int]) -> Trigger | None:
    table = _table()
    for form in table.forms.get(scene.lower(i), ()):
        if not is_verb(scene, i, form.tags, agent_ends):
            continue
        for pattern in table.verbs[form.lemma]:
            last = _match(scene, i + 1, end, pattern.steps)
            if last is not None:
                return Trigger(prefix_start(scene, i), last, i, pattern.frame, form.tags)
    return None


def _noun_at(scene: Scene, i: int, end: int, agent_ends: frozenset[int]) -> Trigger | None:
    table = _table()
    text = scene.lower(i)
    if i in scene.organization_at or any(
        is_verb(scene, i, form.tags, agent_ends) for form in table.forms.get(text, ())
    ):
        return None
    for pattern in table.nouns.get(text, ()):
        last = _match(scene, i + 1, end, pattern.steps)
        if last is not None:
            near = 1 + sum(not step.far for step in pattern.steps)
            return Trigger(i, i + near, i + near - 1, pattern.frame, frozenset())
    return None


def _match(scene: Scene, i: int, end: int, steps: tuple[_Step, ...]) -> int | None:
    """Token after the last step, or None where a step has no word."""
    for step in steps:
        reach = range(i, min(end, i + _GAP + 1 if step.far else i + 1))
        hit = next(((j, last) for j in reach if (last := _end_of(scene, j, step.words)) is not None), None)
        if hit is None or any(scene.lower(j) in {";", "that", "who", "which"} for j in range(i, hit[0])):
            return None
        i = hit[1]
    return i


def _end_of(scene: Scene, i: int, words: frozenset[str]) -> int | None:
    """Token after the one of `words` that starts at `i`, which a hyphen may cut in three: "sit-in"."""
    if scene.lower(i) in words:
        return i + 1
    joined = i + 2 < len(scene.doc) and scene.is_joined(i + 1) and f"{scene.lower(i)}-{scene.lower(i + 2)}" in words
    return i + 3 if joined else None
