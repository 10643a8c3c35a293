"""Events inside what somebody says: what the attribution makes of their factuality and date."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from kg.types import Attribution, EventMention

# What is pledged, asked for, refused or hoped is not yet done.
_UNREAL = frozenset({"pledges", "requests", "rejects", "expects", "warns", "announces"})
_STANDING = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"})


def embed(events: Iterable[EventMention], attributions: Sequence[Attribution]) -> Iterator[EventMention]:
    """`events`, with what is only asked for or pledged left out, and what is disputed made hypothetical."""
    for event in events:
        around = [a for a in attributions if a.content is not None and a.content.covers(event.trigger)]
        if any(a.cue is not None and a.cue.overlaps(event.trigger) for a in attributions):
            continue  # the cue itself: enacted
        if any(a.disputes for a in around):
            event = dataclasses.replace(event, factuality="hypothetical")
        elif any(_is_unreal(event, a) for a in around):
            continue
        if event.time is not None and any(a.content is not None and not a.content.covers(event.time) for a in around):
            event = dataclasses.replace(event, time=None)
        yield event


def _is_unreal(event: EventMention, attribution: Attribution) -> bool:
    """True where the act is only what a pledge or a demand is about; a war that somebody wants ended goes on."""
    if attribution.stance not in _UNREAL:
        return False
    if event.factuality == "hypothetical":
        return True
    return attribution.cue is not None and attribution.quote is None and event.category not in _STANDING
