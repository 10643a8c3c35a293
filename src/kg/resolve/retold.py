"""Acts told more than once: what one telling leaves out, another of the same article gives.

Two tellings are of one act where they name it by the same word in the same category, or are meetings, and no side of
one contradicts the other's. A date is taken where all dated tellings agree; sides only by a noun that points back to an
act told before ("the invasion"), from the telling that is commonest, then nearest.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.types import Article, EventFact, EventMention

Told = tuple[EventMention, EventFact]
"""An event as its words give it, and what they mean."""

# Deeds: of words, the same verb often tells of another utterance.
_DEEDS = frozenset(
    {"CONSULT", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "SUPPORT"}
)
_SIDES = ("actor", "recipient")
# How many letters two words of one stem share at least.
_STEM = 4


def complete(article: Article, told: Sequence[Told]) -> Iterator[Told]:
    """`told`, each deed with the sides and the date that other tellings of it give."""
    whole = [(mention, _with_sides(article, (mention, fact), told[:i])) for i, (mention, fact) in enumerate(told)]
    for one in whole:
        yield one[0], _with_date(article, one, whole)


def _with_sides(article: Article, one: Told, before: Sequence[Told]) -> EventFact:
    mention, fact = one
    missing = [side for side in _SIDES if not getattr(fact, f"{side}s")]
    if not missing or not mention.nominal or fact.category not in _DEEDS:
        return fact
    fitting = [
        other
        for other in reversed([earlier for earlier in before if _same_act(article, one, earlier)])
        if _gives(other[1], missing) and (len(missing) == 2 or _agree(fact, other[1]))
    ]
    if not fitting:
        return fact
    # That which the article tells of most, of those the nearest.
    often = Counter(_sides(other) for _, other in fitting)
    _, chosen = max(fitting, key=lambda told: often[_sides(told[1])])
    names = [f"{side}{part}" for side in missing for part in ("s", "_states", "_spans")]
    return dataclasses.replace(fact, **{name: getattr(chosen, name) for name in names})


def _same_act(article: Article, one: Told, other: Told) -> bool:
    """True for acts named by one word, and for meetings, and violence by the same side, whatever they are called."""
    if one[1].category != other[1].category:
        return False
    meetings = one[1].category == "CONSULT" and one[1].mode == other[1].mode
    violence = one[1].category == "ASSAULT" and bool(one[1].actor_states) and _sides(one[1])[0] == _sides(other[1])[0]
    return meetings or violence or _same_word(article, one, other)


def _gives(fact: EventFact, sides: Sequence[str]) -> bool:
    """True where `fact` has one of `sides`, and all that it must: the parties to a meeting are its actors."""
    if fact.category == "CONSULT" and fact.mode != "visit":
        return len(fact.actors) > 1
    return any(getattr(fact, f"{side}s") for side in sides)


def _with_date(article: Article, one: Told, told: Iterable[Told]) -> EventFact:
    fact = one[1]
    if fact.date is not None or fact.factuality != "actual" or fact.category not in _DEEDS:
        return fact
    dates = {
        other[1].date
        for other in told
        if other[1].date is not None
        and other[1].factuality == "actual"
        and (_same_word(article, one, other) or _same_meeting(fact, other[1]))
        and _agree(fact, other[1])
    }
    return dataclasses.replace(fact, date=dates.pop()) if len(dates) == 1 else fact


def _same_word(article: Article, one: Told, other: Told) -> bool:
    """True for one category named by one word: "invasion", "invaded"."""
    words = [article.text[m.trigger.start : m.trigger.end].lower().split()[-1] for m, _ in (one, other)]
    least = min(_STEM, *map(len, words))
    return one[1].category == other[1].category and words[0][:least] == words[1][:least]


def _same_meeting(fact: EventFact, other: EventFact) -> bool:
    """True for meetings of the same two states or more."""
    if fact.category != "CONSULT" or other.category != "CONSULT":
        return False
    both = [{*f.actor_states, *f.recipient_states} for f in (fact, other)]
    return len(both[0]) > 1 and both[0] == both[1]


def _agree(fact: EventFact, other: EventFact) -> bool:
    """True where some side is the same and none contradicts."""
    pairs = [(mine, theirs) for mine, theirs in zip(_sides(fact), _sides(other), strict=True) if mine and theirs]
    return bool(pairs) and all(mine <= theirs or theirs <= mine for mine, theirs in pairs)


def _sides(fact: EventFact) -> tuple[frozenset[str], frozenset[str]]:
    """Actors and recipients as states where there are states behind them, else as who they are."""
    return frozenset(fact.actor_states or fact.actors), frozenset(fact.recipient_states or fact.recipients)
