"""Verbal acts: an utterance that condemns, demands, pledges ... is itself an event of that PLOVER category."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.agents import Agents
from kg.extract.contexts import find_contexts
from kg.extract.factuality import leads_to
from kg.extract.scene import Scene
from kg.extract.stance import warns
from kg.types import Attribution, EventMention, Span

# PLOVER manual 0.8: the verbal categories, by what the utterance does.
_CATEGORY = {
    "pledges": "AGREE",
    "supports": "SUPPORT",
    "requests": "REQUEST",
    "condemns": "ACCUSE",
    "accuses": "ACCUSE",
    "rejects": "REJECT",
    "warns": "THREATEN",
}
_BLAMEWORTHY = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "AID", "SANCTION", "REJECT", "ACCUSE"})
_MODE = {"condemns": "disapprove", "accuses": "allege"}


def find_enacted(
    scene: Scene, agents: Agents, attributions: Iterable[Attribution], events: Sequence[EventMention]
) -> Iterator[EventMention]:
    """The events that `attributions` enact, in their order.

    Args:
        events: the other events of the scene; who did what is blamed is whom the blame is for.
    """
    for attribution in attributions:
        category, cue = _CATEGORY.get(attribution.stance), attribution.cue
        if (
            category is None
            or cue is None
            or (category == "THREATEN" and not _threatens(scene, agents, attribution, cue))
        ):
            continue
        blamed = _blamed(attribution, events) if category == "ACCUSE" else ()
        yield EventMention(
            sentence=attribution.sentence,
            trigger=cue,
            category=category,
            factuality=_factuality(scene, attribution.sentence, cue),
            actors=attribution.speakers,
            recipients=blamed or _addressed(scene, agents, attribution, events),
            mode=_MODE.get(attribution.stance),
            contexts=find_contexts(scene.words[attribution.sentence.start : attribution.sentence.end]),
            time=attribution.time,
            cue=cue,
            candidates=not blamed,
        )


def _threatens(scene: Scene, agents: Agents, attribution: Attribution, cue: Span) -> bool:
    """True for a threat; a warning is one where it is to somebody or of what the speaker will do in return."""
    words = scene.words[cue.start : cue.end].lower()
    if any(word in words for word in ("threat", "ultimatum")) or agents.at(scene.tokens(cue)[1]) is not None:
        return True
    content = attribution.content
    return content is not None and warns(scene.words[content.start : content.end])


def _blamed(attribution: Attribution, events: Sequence[EventMention]) -> tuple[Span, ...]:
    """The actors of the acts in what is said."""
    found: list[Span] = []
    for event in events:
        inside = attribution.content is not None and attribution.content.covers(event.trigger)
        if inside and event.category in _BLAMEWORTHY:
            found.extend(a for a in event.actors if a not in found and a not in attribution.speakers)
    return tuple(found)


def _addressed(
    scene: Scene, agents: Agents, attribution: Attribution, events: Sequence[EventMention]
) -> tuple[Span, ...]:
    """Whom the act may be for: those addressed, then those spoken of, in text order."""
    if attribution.content is None:
        return attribution.addressees
    start, end = scene.tokens(attribution.content)
    # "condemned the attack on Niger": not Niger.
    suffered = {r for e in events if attribution.content.covers(e.trigger) and e.nominal for r in e.recipients}
    left_out = suffered.union(attribution.speakers) if attribution.stance in _MODE else set(attribution.speakers)
    spoken_of = (a.core for a in agents.between(start, end) if a.core not in left_out)
    return tuple(dict.fromkeys((*attribution.addressees, *spoken_of)))


def _factuality(scene: Scene, sentence: Span, cue: Span) -> str:
    """An utterance reported was made; one that hangs on a plan ("intends to raise it, demanding") is to come."""
    start, _ = scene.tokens(sentence)
    verb, _ = scene.tokens(cue)
    words = [scene.lower(i) for i in range(start, verb)]
    if not words or not scene.lower(verb).endswith("ing"):
        return "actual"
    planned = any(leads_to(a) == "future" and b == "to" for a, b in itertools.pairwise(words))
    return "future" if planned or "will" in words else "actual"
