"""Event frames: which words name an act of which category, from `data/lexicon/frames.toml`."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.acts import Frame as Frame
from kg.extract.acts import Roles as Roles
from kg.extract.acts import Trigger as Trigger
from kg.extract.clauses import is_passive, is_suffered
from kg.extract.governors import govern
from kg.extract.lexicon import read_lexicon
from kg.extract.moods import settle
from kg.extract.patterns import (
    Pattern,
    is_verbal,
    match,
    name_tokens,
    objects,
    prepositional,
    read_patterns,
    verb_lemmas,
)
from kg.extract.scene import Scene

_INTO = frozenset({"in", "into", "on"})
_REACH = 8
# Acts that a participle before a noun tells of as done to what it names: "the murdered minister".
_SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION"})
# What a verb that only carries a noun adds to the weight of the noun.
_LIGHT = 15


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pattern and the act it names."""

    pattern: Pattern
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Match:
    """An entry met at a token, by the tokens `met`."""

    weight: int
    frame: Frame
    met: tuple[Token, ...]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """Entries by the lemma of their verb, adjective or noun (its name's last word); idioms; verbs that carry a noun."""

    verbs: Mapping[str, tuple[_Entry, ...]]
    adjectives: Mapping[str, tuple[_Entry, ...]]
    nouns: Mapping[str, tuple[_Entry, ...]]
    idle: Mapping[str, tuple[Pattern, ...]]
    light: Mapping[str, tuple[Pattern, ...]]
    entering: Mapping[str, tuple[Pattern, ...]]


@functools.cache
def _table() -> _Table:
    lexicon = read_lexicon("frames")
    tables: dict[str, dict[str, list[_Entry]]] = {"verbs": {}, "adjectives": {}, "nouns": {}}
    for entry in lexicon["frame"]:
        frame = Frame(entry["category"], Roles(entry["roles"]), entry.get("mode"), "needs" in entry)
        for part, table in tables.items():
            for text in entry.get(part, ()):
                for pattern in read_patterns(text, lexicon["words"]):
                    table.setdefault(pattern.lemma.rpartition("_")[2], []).append(_Entry(pattern, frame))
    verbs, adjectives, nouns = ({k: tuple(v) for k, v in table.items()} for table in tables.values())
    idle = _by_lemma(lexicon["idle"]["verbs"], lexicon["words"])
    return _Table(verbs, adjectives, nouns, idle, *(_by_lemma(lexicon["light"][key], {}) for key in ("verbs", "in")))


def _by_lemma(texts: Iterable[str], classes: Mapping[str, Sequence[str]]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, tuple[Pattern, ...]] = {}
    for text in texts:
        for pattern in read_patterns(text, classes):
            found[pattern.lemma] = (*found.get(pattern.lemma, ()), pattern)
    return found


def find_triggers(scene: Scene, start: int, end: int) -> Iterator[Trigger]:
    """Triggers between tokens `start` and `end`, in text order; one that is part of a greater one is left out."""
    found = [t for token in scene.doc[start:end] if (t := _trigger_at(scene, token)) is not None]
    governed = govern(scene.doc, found)
    whole = [settle(scene.doc, trigger) for trigger in _outer(scene.doc, governed)]
    yield from sorted(whole, key=lambda t: t.head)


def _outer(doc: Doc, triggers: Sequence[Trigger]) -> list[Trigger]:
    """`triggers` without those whose head another one names as its own, or counts: "a round of talks was held"."""
    inside = {i for t in triggers for i in t.parts if i != t.head}
    counted = {(i, t.frame.category) for t in triggers for i in t.parts if i != t.head}
    return [
        t
        for t in triggers
        if t.head not in inside and not (not t.is_verb and (doc[t.head].head.i, t.frame.category) in counted)
    ]


def _trigger_at(scene: Scene, token: Token) -> Trigger | None:
    if token.i in scene.organization_at or token.i in scene.state_at or token.ent_type_ == "PERSON":
        return None
    if is_verbal(token):
        return _verb_at(scene, token)
    if token.pos_ == "ADJ":
        return _adjective_at(scene, token)
    return _noun_at(token) if token.pos_ in {"NOUN", "PROPN"} else None


def _verb_at(scene: Scene, token: Token) -> Trigger | None:
    entries = [e for lemma in verb_lemmas(token) for e in _table().verbs.get(lemma, ())]
    if token.dep_ == "compound" and token.i < token.head.i:
        return None  # "the shooting team"
    if token.dep_ == "amod" and token.i < token.head.i:
        entries = [e for e in entries if is_suffered(token) and e.frame.category in _SUFFERED]
    matches = [*_matches(entries, token), *_carried(token)]
    if not matches:
        return _adjective_at(scene, token)
    heaviest = _heaviest(matches)
    return None if _idleness(token) > heaviest.weight else _to_trigger(scene, token, heaviest)


def _idleness(token: Token) -> int:
    """The weight of the idiom that `token` is part of, 0 where there is none."""
    idioms = (p for lemma in verb_lemmas(token) for p in _table().idle.get(lemma, ()))
    return max((p.weight + 3 * len(met) for p in idioms if (met := match(p, token)) is not None), default=0)


def _adjective_at(scene: Scene, token: Token) -> Trigger | None:
    matches = list(_matches(_table().adjectives.get(token.lower_, ()), token))
    return _to_trigger(scene, token, _heaviest(matches)) if matches else None


def _to_trigger(scene: Scene, token: Token, found: _Match) -> Trigger:
    after = token.doc[token.i + 1 : token.i + 1 + _REACH]
    named = next((t.i for t in after if t.ent_type_), token.i + 1 + _REACH)  # "supplied" in "supplied Chad with tanks"
    near = [t.i for t in found.met if token.i < t.i < named]
    heads = [t for t in found.met if t.pos_ in {"NOUN", "PROPN", "VERB", "NUM", "SYM"} and t.i != token.i]
    return Trigger(
        start=_prefix_start(scene, token.i),
        end=max([token.i, *near]) + 1,
        head=token.i,
        frame=found.frame,
        tags=frozenset({token.tag_}),
        complement=heads[0].i if heads else None,
        parts=frozenset({token.i, *(t.i for t in found.met)}),
        factuality="actual" if found.refuses else None,
    )


def _prefix_start(scene: Scene, i: int) -> int:
    """First token of the word that token `i` ends: of "re" in "re-establish"."""
    return i - 2 if i >= 2 and scene.is_joined(i - 1) else i


def _matches(entries: Iterable[_Entry], token: Token) -> Iterator[_Match]:
    for entry in entries:
        met = match(entry.pattern, token)
        if met is not None:
            yield _Match(entry.pattern.weight + 3 * len(met), entry.frame, met, entry.pattern.refuses)


def _heaviest(matches: Sequence[_Match]) -> _Match:
    return max(matches, key=lambda m: m.weight)


def _carried(verb: Token) -> Iterator[_Match]:
    """The acts that nouns name which `verb` only carries: "carried out an attack"; not where it is a passive."""
    table, lemma = _table(), verb.lemma_.lower()
    if is_passive(verb):
        return
    for carriers, nouns in (
        (table.light, list(objects(verb))),
        (table.entering, [n for _, n in prepositional(verb, _INTO)]),
    ):
        for carrier in carriers.get(lemma, ()):
            met = match(carrier, verb)
            for noun in nouns if met is not None else ():
                if (own := _noun_match(noun)) is not None:
                    yield _Match(own.weight + _LIGHT, own.frame, (noun, *(met or ()), *own.met))


def _noun_at(token: Token) -> Trigger | None:
    if token.dep_ == "compound" and token.head.i > token.i:
        return None
    found = _noun_match(token)
    if found is None:
        return None
    name = [t.i for t in found.met if token.i - 4 < t.i < token.i]
    parts = frozenset({token.i, *(t.i for t in found.met)})
    return Trigger(min([token.i, *name]), token.i + 1, token.i, found.frame, frozenset(), parts=parts)


def _noun_match(noun: Token) -> _Match | None:
    table = _table().nouns
    matches = []
    for key in {noun.lemma_.lower(), noun.lower_}:
        for entry in table.get(key, ()):
            name = name_tokens(noun, entry.pattern.lemma)
            met = match(entry.pattern, noun) if name is not None else None
            if name is not None and met is not None:
                tokens = (*name, *(t for t in met if t.pos_ != "ADP"))
                matches.append(_Match(entry.pattern.weight + 3 * len(tokens), entry.frame, name))
    return _heaviest(matches) if matches else None
