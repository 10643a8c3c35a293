"""Events inside what somebody says: what the attribution makes of their factuality."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from kg.types import Attribution, EventMention

# What is pledged, asked for, refused or hoped is not yet done.
_UNREAL = frozenset({"pledges", "requests", "rejects", "expects", "warns"})
# PLOVER manual 0.8: the verbal categories, by what the utterance does.
ENACTED = {
    "pledges": "AGREE",
    "supports": "SUPPORT",
    "requests": "REQUEST",
    "condemns": "ACCUSE",
    "accuses": "ACCUSE",
    "rejects": "REJECT",
    "warns": "THREATEN",
}
_STANDING = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"})


def embed(events: Iterable[EventMention], attributions: Sequence[Attribution]) -> Iterator[EventMention]:
    """`events`, with what is only asked for or pledged left out, and what is disputed made hypothetical."""
    for event in events:
        around = [a for a in attributions if a.content is not None and a.content.covers(event.trigger)]
        own = [a for a in attributions if a.cue is not None and a.cue.overlaps(event.trigger)]
        if any(a.stance in ENACTED for a in own) and not any(tells_more(event, a) for a in attributions):
            continue  # the cue itself: enacted
        if any(a.disputes for a in around):
            event = dataclasses.replace(event, factuality="hypothetical")
        elif any(_is_unreal(event, a) for a in around):
            continue
        yield event


def _is_unreal(event: EventMention, attribution: Attribution) -> bool:
    """True where the act is only what a pledge or a demand is about; a war that somebody wants ended goes on."""
    if attribution.stance not in _UNREAL or (event.category == ENACTED.get(attribution.stance) and not event.nominal):
        return False
    if event.factuality == "hypothetical":
        return True
    return attribution.cue is not None and attribution.quote is None and event.category not in _STANDING


def tells_more(event: EventMention, attribution: Attribution) -> bool:
    """True where the cue only opens the trigger of an act: "ordered the arrest", "announced a ceasefire"."""
    cue = attribution.cue
    return (
        cue is not None
        and cue.start == event.trigger.start
        and cue.end < event.trigger.end
        and event.category not in ENACTED.get(attribution.stance, "")
    )
