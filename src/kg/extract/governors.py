"""Acts that other words govern: "agreed to withdraw", "lifted the ban", "refused to meet", by `frames.toml`."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.acts import Frame, Roles, Trigger
from kg.extract.clauses import children
from kg.extract.lexicon import read_lexicon
from kg.extract.patterns import Pattern, is_verbal, match, read_patterns, verb_lemmas

_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})
_ACTED_ON = frozenset({"obj", "nsubj:pass", "iobj", "obl", "nmod", "dep"})
# How deep one governor may lie in another: "agreed to end the war" takes two steps.
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class _Governor:
    """What becomes of acts of some categories under some words; see `[[governor]]` in `frames.toml`."""

    of: frozenset[str]
    to: frozenset[str]
    gives: str
    mode: str | None
    prepositions: frozenset[str]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A governor under one of its words."""

    pattern: Pattern
    governor: _Governor


@functools.cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    found: dict[str, list[_Rule]] = {}
    for entry in read_lexicon("frames")["governor"]:
        governor = _Governor(
            of=frozenset(entry["of"]),
            to=frozenset(entry["to"]),
            gives=entry["gives"],
            mode=entry.get("mode"),
            prepositions=frozenset(entry.get("prepositions", ())),
            only=frozenset(entry.get("only", ())),
        )
        for text in (*entry.get("verbs", ()), *entry.get("adjectives", ()), *entry.get("nouns", ())):
            for pattern in read_patterns(text, {}):
                found.setdefault(pattern.lemma, []).append(_Rule(pattern, governor))
    return {lemma: tuple(rules) for lemma, rules in found.items()}


def govern(doc: Doc, triggers: Sequence[Trigger]) -> list[Trigger]:
    """`triggers`, each that another word governs replaced by the act that the two name together."""
    by_head = {t.head: t for t in triggers}
    settled: set[int] = set()
    for _ in range(_DEPTH):
        step = [
            (inner, outer)
            for inner in by_head.values()
            if inner.head not in settled and (outer := _governed(doc, inner, by_head)) is not None
        ]
        settled.update(inner.head for inner, _ in step)
        if not step:
            break
        for inner, outer in step:
            if _stands(doc, inner, outer):
                parts = outer.parts - inner.parts
                outer = dataclasses.replace(outer, parts=parts, end=max(parts) + 1)
                by_head[inner.head] = dataclasses.replace(inner, factuality="actual")
            else:
                by_head.pop(inner.head, None)
            own = by_head.get(outer.head)
            by_head[outer.head] = outer if own is None else _merged(own, outer)
    return list(by_head.values())


def _stands(doc: Doc, inner: Trigger, outer: Trigger) -> bool:
    """True for a treaty, which was made whatever becomes of it, and for somebody's act whose end is only spoken of.

    "The cancellation of the peace agreement", "called for an end to Chad's attacks".
    """
    if inner.is_verb:
        return False
    treaty = inner.frame.category == "SUPPORT" and inner.frame.roles is Roles.MUTUAL
    return treaty or (outer.frame.mode == "ceasefire" and doc[outer.head].pos_ == "NOUN")


def _merged(own: Trigger, outer: Trigger) -> Trigger:
    """The trigger of a governor that names an act by itself as well; what it says with its complement counts more."""
    kept = own if own.complement is not None and outer.complement in own.parts else outer
    return dataclasses.replace(kept, parts=own.parts | outer.parts, end=max(own.end, kept.end))


def _governed(doc: Doc, inner: Trigger, by_head: Mapping[int, Trigger]) -> Trigger | None:
    for head, relation, preposition in _above(doc[inner.head]):
        if head.i in by_head and inner.head in by_head[head.i].parts:
            continue
        for rule in _rules_of(head):
            governor = rule.governor
            if (
                inner.frame.category in governor.of
                and relation in governor.to
                and (not preposition or preposition in governor.prepositions)
                and (not governor.only or doc[inner.head].lemma_.lower() in governor.only)
                and (met := match(rule.pattern, head)) is not None
            ):
                return _combined(inner, head, governor, met)
    return None


def _rules_of(head: Token) -> Iterator[_Rule]:
    for lemma in dict.fromkeys((head.lower_, *(verb_lemmas(head) if is_verbal(head) else (head.lemma_.lower(),)))):
        yield from _rules().get(lemma, ())


def _combined(inner: Trigger, head: Token, governor: _Governor, met: Sequence[Token]) -> Trigger:
    frame = inner.frame
    if governor.gives != "same":
        roles = frame.roles if frame.roles is Roles.VISIT else Roles.DIRECTED
        frame = Frame(governor.gives, roles, governor.mode)
    near = [t.i for t in met if t.i > head.i]
    verbal = is_verbal(head) or head.pos_ in {"ADJ", "AUX"}
    # The words of the inner act belong to the trigger where they follow at once: "lifted the ban".
    ends = [i + 1 for i in inner.parts if head.i < i <= head.i + 6] if not inner.is_verb else []
    return Trigger(
        start=head.i,
        end=max([head.i + 1, *(i + 1 for i in near), *ends]),
        head=head.i,
        frame=frame,
        tags=frozenset({head.tag_}) if verbal else frozenset(),
        complement=inner.head,
        parts=inner.parts | {head.i, *near},
    )


def _above(token: Token) -> Iterator[tuple[Token, str, str]]:
    """What may govern the act of `token`, how it hangs on it (clause or noun), and by which preposition."""
    while token.dep_ == "conj" and not children(token, "nsubj", "nsubj:pass"):
        token = token.head
    cases = [c.lower_ for c in children(token, "case")]
    if token.pos_ in {"VERB", "AUX", "ADJ"} and token.dep_ in _CLAUSES:
        aside = token.dep_ == "advcl" and "to" not in {c.lower_ for c in children(token, "mark")}
        if not aside and not children(token, "nsubj", "nsubj:pass", "aux:pass"):
            yield token.head, "clause", ""
    elif token.dep_ in _ACTED_ON:
        yield token.head, "noun", cases[0] if cases else ""
        # "an end to attacks", "the end of the siege", "part of the talks" under what governs those.
        if cases and token.head.dep_ in {"obj", "nsubj:pass"} and cases[0] in {"of", "to", "on", "in"}:
            yield token.head.head, "noun", ""
