"""Verbal acts: an utterance that condemns, demands, pledges ... is itself an event of that PLOVER category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.agents import Agents, spans
from kg.extract.contexts import find_contexts
from kg.extract.cues import kind_of
from kg.extract.embedding import ENACTED, tells_more
from kg.extract.factuality import certainty
from kg.extract.participants import bidden, concerned, is_channel, things_of, told_of
from kg.extract.phrases import spans_of
from kg.extract.scene import Scene
from kg.extract.stance import warns
from kg.types import Attribution, EventMention, Span

_BLAMEWORTHY = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "AID", "SANCTION", "REJECT", "ACCUSE"})
# Stances to deeds and words, seldom to who is behind them.
_JUDGING = frozenset({"condemns", "supports", "rejects"})
_MODE = {"condemns": "disapprove", "accuses": "allege"}


def find_enacted(
    scene: Scene, agents: Agents, attributions: Iterable[Attribution], events: Sequence[EventMention]
) -> Iterator[EventMention]:
    """The events that `attributions` enact, in their order.

    Args:
        events: the other events of the scene; who did what is blamed is whom the blame is for.
    """
    for attribution in attributions:
        category, cue = ENACTED.get(attribution.stance), attribution.cue
        if (
            category is None
            or cue is None
            or (category == "THREATEN" and not _threatens(scene, agents, attribution, cue))
            or (category == "SUPPORT" and kind_of(_verb_of(scene, cue)) == "neutral")
            or any(tells_more(event, attribution) or _is_told(scene, event, attribution) for event in events)
        ):
            continue
        verb, own = _verb_of(scene, cue), range(*scene.tokens(cue))
        sure = _undergoing(scene, agents, attribution, cue, events)
        yield EventMention(
            sentence=attribution.sentence,
            trigger=cue,
            category=category,
            factuality=_factuality(verb),
            actors=attribution.speakers,
            recipients=_but_deeds(scene, attribution, sure or _addressed(scene, agents, attribution, events)),
            mode=_MODE.get(attribution.stance),
            contexts=find_contexts(scene.words[attribution.sentence.start : attribution.sentence.end]),
            time=attribution.time,
            cue=cue,
            candidates=not sure,
            undergone=spans_of(scene, things_of(verb, own), own),
        )


def _but_deeds(scene: Scene, attribution: Attribution, recipients: tuple[Span, ...]) -> tuple[Span, ...]:
    """`recipients` without the "it" that is what was done or agreed, not who did: "condemned it"."""
    judged = attribution.stance in _JUDGING
    return tuple(r for r in recipients if not (judged and scene.words[r.start : r.end].lower() == "it"))


def _is_told(scene: Scene, event: EventMention, attribution: Attribution) -> bool:
    """True for the act that a neutral cue would enact, where what is said names it: "said Chad agreed to help"."""
    content = attribution.content
    return (
        event.category == ENACTED.get(attribution.stance)
        and attribution.cue is not None
        and content is not None
        and content.covers(event.trigger)
        and bool(event.actors)
        and not event.nominal
        and kind_of(_verb_of(scene, attribution.cue)) == "neutral"
    )


def _threatens(scene: Scene, agents: Agents, attribution: Attribution, cue: Span) -> bool:
    """True for a threat; a warning is one where it is to somebody or of what the speaker will do in return."""
    words = scene.words[cue.start : cue.end].lower()
    verb, own = _verb_of(scene, cue), range(*scene.tokens(cue))
    warned = told_of(agents, verb) or ("warning" in words and concerned(agents, verb, own))
    if warned or any(word in words for word in ("threat", "ultimatum")):
        return True
    content = attribution.content
    return content is not None and warns(scene.words[content.start : content.end])


def _undergoing(
    scene: Scene, agents: Agents, attribution: Attribution, cue: Span, events: Sequence[EventMention]
) -> tuple[Span, ...]:
    """Whom the act is surely for: whom its verb names outright, who did what it blames, or whose thing it is about."""
    verb = _verb_of(scene, cue)
    outright = spans(told_of(agents, verb))
    if outright or bidden(agents, verb):
        return outright
    blamed = _blamed(attribution, events) if ENACTED[attribution.stance] == "ACCUSE" else ()
    left_out = _suffered(attribution, events) if attribution.stance in _MODE else set()
    return blamed or tuple(s for s in spans(concerned(agents, verb, range(*scene.tokens(cue)))) if s not in left_out)


def _verb_of(scene: Scene, cue: Span) -> Token:
    """The verb of a cue."""
    start, end = scene.tokens(cue)
    return next((t for t in scene.doc[start:end] if t.pos_ == "VERB"), scene.doc[start])


def _suffered(attribution: Attribution, events: Sequence[EventMention]) -> set[Span]:
    """To whom the acts in what is said are done: who condemns the attack on Niger does not condemn Niger."""
    content = attribution.content
    return {r for e in events if content is not None and content.covers(e.trigger) and e.nominal for r in e.recipients}


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
    left_out = set(attribution.speakers)
    if attribution.stance in _MODE:
        left_out |= _suffered(attribution, events)
    doers = spans(bidden(agents, _verb_of(scene, attribution.cue))) if attribution.cue is not None else ()
    spoken_of = (a.core for a in agents.between(start, end) if a.core not in left_out and not is_channel(agents, a))
    return tuple(dict.fromkeys((*attribution.addressees, *doers, *spoken_of)))


def _factuality(verb: Token) -> str:
    """An utterance reported was made; one that hangs on a plan ("intends to raise it, demanding") is to come."""
    return "future" if verb.tag_ in {"VBG", "VB"} and certainty(verb) == "future" else "actual"
