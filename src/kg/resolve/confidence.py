"""How sure to be of a fact: the share of facts like it that people found right.

A logistic model over signs, numbers that say how a fact came about; the weights of `data/confidence.toml` were fitted
to articles whose facts are known (`training/calibrate.py`).
"""

from __future__ import annotations

import dataclasses
import functools
import math
import tomllib
from collections.abc import Collection, Mapping
from typing import TypeVar

from kg.resources import resource
from kg.types import Attribution, EventFact, EventMention, Facts, Findings, PersonFact, Span, StatementFact
from kg.vocab import CATEGORIES

Signs = Mapping[str, float]
F = TypeVar("F", PersonFact, EventFact, StatementFact)


def rate(facts: Facts, findings: Findings) -> Facts:
    """`facts`, each official, event and statement with its confidence; `findings` are what they were resolved from."""
    signs = find_signs(facts, findings)

    def rated(kind: str, own: tuple[F, ...]) -> tuple[F, ...]:
        return tuple(dataclasses.replace(fact, confidence=_share(kind, signs[fact.key])) for fact in own)

    return dataclasses.replace(
        facts,
        people=tuple(one for p in facts.people for one in (rated("official", (p,)) if p.official else (p,))),
        events=rated("event", facts.events),
        statements=rated("statement", facts.statements),
    )


def find_signs(facts: Facts, findings: Findings) -> dict[str, Signs]:
    """The signs of each official, event and statement, by key."""
    acts = {(m.trigger, m.category): m for m in findings.events}
    pointing = frozenset(a.span for a in findings.anaphors)
    cues = {a.sentence: a for a in reversed(findings.attributions)}
    named: dict[str, int] = {}
    for person in findings.people:
        named[person.name] = named.get(person.name, 0) + 1
    told = frozenset(key for s in facts.statements for key in s.reports)
    return {
        **{
            p.key: _of_official(p, sum(named.get(n, 0) for n in {p.label, *p.names}))
            for p in facts.people
            if p.official
        },
        **{e.key: _of_event(e, acts.get((e.trigger, e.category)), pointing, told=e.key in told) for e in facts.events},
        **{s.key: _of_statement(s, cues.get(s.evidence), pointing) for s in facts.statements},
    }


def _of_official(person: PersonFact, mentions: int) -> Signs:
    return {
        "posted": float(any(post.state or post.organization for post in person.posts)),
        "represents": float(bool(person.represents)),
        "one_word": float(" " not in person.label),
        "mentions": math.log(max(mentions, 1)),
    }


def _of_event(event: EventFact, mention: EventMention | None, pointing: Collection[Span], *, told: bool) -> Signs:
    support = mention.support if mention is not None else None
    return {
        **{f"is_{category}": float(event.category == category) for category in CATEGORIES},
        "by_pronoun": float(mention is not None and any(span in pointing for span in mention.actors)),
        "support": _log_odds(support) if support is not None else 0.0,
        "nominal": float(mention is not None and mention.nominal),
        "performed": float(mention is not None and mention.cue is not None),
        "told": float(told),
        "two_sided": float(bool(event.actors and event.recipients)),
        "no_state": float(not event.actor_states and not event.recipient_states),
        "not_actual": float(event.factuality != "actual"),
    }


def _of_statement(statement: StatementFact, attribution: Attribution | None, pointing: Collection[Span]) -> Signs:
    speakers = statement.speakers
    return {
        "by_pronoun": float(attribution is not None and any(span in pointing for span in attribution.speakers)),
        "quoted": float(statement.quote is not None),
        "running": float(attribution is None or attribution.cue is None),
        "stance": float(statement.stance != "states"),
        "by_person": float(any(key.startswith("person/") for key in speakers)),
        "by_group": float(any(key.startswith("group/") for key in speakers)),
        "joint": float(len(speakers) > 1),
    }


def _log_odds(share: float) -> float:
    bounded = min(max(share, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(resource("data", "confidence.toml").read_text("utf-8"))


def _share(kind: str, signs: Signs) -> float:
    """What the model of `kind` gives for `signs`, to two decimals."""
    weights = _weights()[kind]
    total = weights["intercept"] + sum(weights[name] * value for name, value in signs.items())
    return round(1 / (1 + math.exp(-total)), 2)
