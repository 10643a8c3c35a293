"""Events: who the actors and recipients are, the states behind them, and the date; doubles within a sentence fall."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import iris
from kg.resolve.cast import Cast
from kg.resolve.retold import Told, complete
from kg.types import Article, EventFact, EventMention, Span
from kg.vocab import AS_FUTURE

_ENDS = frozenset(".!?…\"”’'»)")
# Bodies whose acts among themselves are no politics.
_BUSINESS = frozenset({"company", "media"})
# What any people and bodies may do among themselves without its being politics.
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
_PUBLIC = frozenset({"PROTEST", "MOBILIZE", "SANCTION"})
_OF_AUTHORITY = frozenset({"arrest", "deport", "censor", "curfew", "martial-law", "convict", "expel"})


def resolve_events(
    article: Article, mentions: Iterable[EventMention], cast: Cast, dates: Mapping[Span, str]
) -> Iterator[Told]:
    """Each event with the mention it comes from, in text order, where somebody in public life takes part.

    Args:
        dates: ISO dates by the span of a time expression.
    """
    told = [(mention, _to_fact(article, mention, cast, dates)) for mention in mentions]
    told = [one for one in complete(article, told) if _is_political(one[1], cast)]
    told = [one for one in told if not _is_headed(article, one, told)]
    numbers: dict[str, int] = {}
    for (mention, fact), beside in _with_neighbours(told):
        if any(_covers(other, (mention, fact), earlier=earlier) for other, earlier in beside):
            continue
        base = iris.event(article.id, mention.trigger, fact.category, 0)
        number = numbers[base] = numbers.get(base, -1) + 1
        yield mention, dataclasses.replace(fact, key=iris.event(article.id, mention.trigger, fact.category, number))


def _is_headed(article: Article, one: Told, told: Sequence[Told]) -> bool:
    """True for an act of a headline that a sentence tells too."""
    words = article.text[one[0].sentence.start : one[0].sentence.end]
    if words[-1:] in _ENDS:
        return False
    fact, sides = one[1], _sides(one[1])
    return any(
        fact.category == other.category
        and article.text[mention.sentence.end - 1] in _ENDS
        and all(set(mine) <= set(theirs) for mine, theirs in zip(sides, _sides(other), strict=True))
        for mention, other in told
    )


def _with_neighbours(told: Sequence[Told]) -> Iterator[tuple[Told, list[tuple[Told, bool]]]]:
    """Each event with the others of its sentence, and whether those come before it."""
    for _, group in itertools.groupby(told, key=lambda one: one[0].sentence):
        own = list(group)
        for i, one in enumerate(own):
            yield one, [(other, j < i) for j, other in enumerate(own) if j != i]


def _covers(other: Told, told: Told, *, earlier: bool) -> bool:
    """True where `other`, of the same sentence, tells of the same act as `told` and should stand for both.

    So it does where it has the same participants and one of the two is a noun ("held talks ... the talks"), and where
    it alone says to whom it was done and the other is a noun ("attacked Ukraine in an attack").
    """
    (mention, fact), (twin, same) = told, other
    if fact.category != same.category or _sides(fact)[0] != _sides(same)[0] or (fact.actors and not same.actors):
        return False
    if _sides(fact)[1] == _sides(same)[1]:
        return earlier and (mention.nominal or twin.nominal or bool(mention.cue) or bool(twin.cue))
    silent = not fact.recipients and fact.actors == same.actors
    return silent and mention.nominal and mention.cue is None and twin.cue is None


def _sides(fact: EventFact) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients as states where there are states behind them, else as who they are."""
    return fact.actor_states or fact.actors, fact.recipient_states or fact.recipients


def _to_fact(article: Article, mention: EventMention, cast: Cast, dates: Mapping[Span, str]) -> EventFact:
    actors = cast.keys(mention.actors)
    behind = cast.states_behind(actors)
    # Who speaks of what "Chad" will do is no party to it where that is his own state.
    own = behind if mention.candidates else ()
    phrases = dict(zip(mention.recipients, mention.recipient_phrases, strict=True))
    spans = [s for s in mention.recipients if _is_other(cast, s, actors, own)]
    if mention.candidates:
        spans = spans[:1]
    recipients = cast.keys(spans)
    place = cast.keys([mention.location])[:1] if mention.location is not None else ()
    date = dates.get(mention.time) if mention.time is not None else None
    category, mode, factuality = mention.category, mention.mode, mention.factuality
    if date is not None and _is_after(date, article.published):
        # What is dated after the day of writing has not happened yet, whatever its tense ("meets on Friday").
        if factuality == "actual" and mention.cue is None:
            factuality, category = "future", AS_FUTURE.get(category, category)
            mode = mode if category == mention.category else None
        elif factuality != "future":
            date = None
    return EventFact(
        key=iris.event(article.id, mention.trigger, category, 0),
        category=category,
        factuality=factuality,
        evidence=mention.sentence,
        trigger=mention.trigger,
        actors=actors,
        recipients=recipients,
        actor_states=behind,
        recipient_states=cast.states_behind(recipients),
        actor_spans=_known(mention.actors, mention.actor_phrases, cast) or mention.done_by,
        recipient_spans=tuple(dict.fromkeys(phrases[s] for s in spans)) or mention.undergone,
        mode=mode,
        contexts=mention.contexts,
        date=date,
        location=place[0] if place and place[0].startswith("state/") else None,
    )


def _known(names: Sequence[Span], phrases: Sequence[Span], cast: Cast) -> tuple[Span, ...]:
    """The phrases whose names denote somebody, each once."""
    return tuple(dict.fromkeys(p for name, p in zip(names, phrases, strict=True) if cast.denoted.get(name)))


def _is_political(fact: EventFact, cast: Cast) -> bool:
    """True for an act by or toward somebody in public life, one that only authorities or crowds can do, and one of
    bodies or many that is more than a private matter.
    """
    agents = {*fact.actors, *fact.recipients}
    groups = [g for g in cast.groups if g.key in agents]
    if not agents.isdisjoint(cast.public) or any(g.organized or g.official for g in groups):
        return True
    if agents and (fact.category in _PUBLIC or fact.mode in _OF_AUTHORITY):
        return True
    bodies = any(o.key in agents and o.kind not in _BUSINESS for o in cast.organizations)
    many = any(g.count != 1 for g in groups)
    return (bodies and fact.category not in _MUTUAL) or (many and fact.category not in _MUTUAL | {"AID"})


def _is_after(date: str, published: dt.date | None) -> bool:
    """True where an ISO date of any precision lies wholly after the day of publication."""
    return published is not None and date > published.isoformat()[: len(date)]


def _is_other(cast: Cast, span: Span, actors: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """True where a recipient is known and is not one of the actors themselves."""
    keys = cast.denoted.get(span, ())
    states = cast.states_behind(keys)
    return (
        bool(keys) and not set(keys) <= set(actors) and not (states and set(states) <= set(behind) and keys == states)
    )
