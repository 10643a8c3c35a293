"""Events counted by who did it to whom, month and quad class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product

from kg.export.periods import Period
from kg.export.records import DyadRecord, EventRecord

MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Categories in which those who act together do so with each other, by the PLOVER manual."""

_Key = tuple[str, str, str, str, str]
_NOBODY = ("",)


def count_dyads(events: Iterable[EventRecord]) -> Iterator[DyadRecord]:
    """One record per actor state, recipient state, month and quad class, sorted by these.

    An event counts once for each pair that `pair_states` gives. Its month is its own, else that of its article;
    `dated_by` says which.
    """
    counts: dict[_Key, tuple[int, float]] = {}
    for event in events:
        month, dated_by = date_month(event)
        for actor, recipient in pair_states(event):
            key = (actor, recipient, month or "", dated_by or "", event.quad_class)
            count, total = counts.get(key, (0, 0.0))
            counts[key] = count + 1, total + event.score
    for key in sorted(counts):
        actor, recipient, month_key, dated_key, quad_class = key
        count, total = counts[key]
        yield DyadRecord(
            actor or None, recipient or None, month_key or None, dated_key or None, quad_class, count, total / count
        )


def pair_states(event: EventRecord) -> Iterator[tuple[str, str]]:
    """The states that an event is between, as (actor, recipient); a side without a state is empty.

    Each actor's state stands with each recipient's. Where a meeting or other mutual act has several states on the
    actors' side and none on the other, each of them stands with each other, in both directions.
    """
    actors, recipients = event.actor_states, event.recipient_states
    if event.category in MUTUAL and not recipients and len(actors) > 1:
        return permutations(actors, 2)
    return product(actors or _NOBODY, recipients or _NOBODY)


def date_month(event: EventRecord) -> tuple[str | None, str | None]:
    """The month of an event and what dates it: `event` or `publication`; None twice where neither does.

    Texts date few events, so most take the month in which they were told of.
    """
    own = Period.parse(event.date)
    if own is not None and own.month is not None:
        return own.month, "event"
    published = Period.parse(event.article.published) if own is None else None
    return (published.month, "publication") if published is not None else (None, None)
