"""Events: triggers of PLOVER acts with who did it to whom, how sure, when and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Span as Sent
from spacy.tokens import Token

from kg.extract.agents import Agent, Agents, spans
from kg.extract.clauses import is_passive, is_quantity, subjects
from kg.extract.contexts import find_contexts
from kg.extract.dating import date_of
from kg.extract.factuality import factuality, is_only_aimed_at
from kg.extract.frames import Roles, Trigger, find_triggers
from kg.extract.grammar import DEFINITE
from kg.extract.participants import Sides, sides_of
from kg.extract.phrases import phrases_of, spans_of
from kg.extract.places import place_of
from kg.extract.scene import Scene
from kg.types import EventMention, PersonMention, Span
from kg.vocab import AS_FUTURE

# PLOVER's verbal categories, save THREATEN: things threaten too.
_VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT"})
# Roles in which what the verb acts on is on the second side.
_FORWARD = frozenset({Roles.DIRECTED, Roles.VISIT})

Told = tuple[Trigger, EventMention]
"""An event with the words that name it."""


def find_events(scene: Scene, agents: Agents) -> Iterator[EventMention]:
    """Events of `scene` in text order; one without any participant only where it may name an act told before."""
    known: dict[str, EventMention] = {}
    for sent in scene.sentences:
        told = list(_in_sentence(scene, agents, sent, known))
        yield from (
            event
            for trigger, event in told
            if not _is_means(scene, event, trigger, told) and not _is_topic(scene, event, trigger, told)
        )


def _in_sentence(scene: Scene, agents: Agents, sent: Sent, known: dict[str, EventMention]) -> Iterator[Told]:
    """The events of a sentence with their triggers; `known` are the last of each word before it, and is kept up."""
    triggers = list(find_triggers(scene, sent.start, sent.end))
    taken: set[int] = set()
    contexts = find_contexts(sent.text) if triggers else ()
    for trigger in triggers:
        if trigger.head in taken or _is_no_act(agents, trigger):
            continue
        taken.update(range(trigger.start, trigger.end))
        event = _to_event(scene, agents, sent, trigger)
        word = scene.lower(trigger.head)
        if event is not None and not event.actors and word in known and _points_back(scene, trigger):
            event = _again(scene, sent, trigger, known[word])
        if event is not None:
            known[word] = dataclasses.replace(event, contexts=contexts)
            yield trigger, known[word]


def _is_topic(scene: Scene, event: EventMention, trigger: Trigger, others: Iterable[Told]) -> bool:
    """True where a meeting already told only gets its subject: "met in Chad to discuss the war"."""
    token = scene.doc[trigger.head]
    if event.category not in {"CONSULT", "AGREE"} or not trigger.is_verb or token.dep_ not in {"advcl", "acl", "xcomp"}:
        return False
    return any(
        other.category == event.category and meeting.head == token.head.i and not event.recipients
        for meeting, other in others
    )


def _is_no_act(agents: Agents, trigger: Trigger) -> bool:
    """True for a word in somebody's title, and for an act that is only aimed at."""
    owner, token = agents.at(trigger.head), agents.scene.doc[trigger.head]
    if owner is not None and isinstance(owner.mention, PersonMention):
        return True
    aimed = trigger.is_verb or trigger.frame.category == "COOPERATE"
    return aimed and trigger.factuality is None and is_only_aimed_at(token)


def _is_means(scene: Scene, event: EventMention, trigger: Trigger, others: Iterable[Told]) -> bool:
    """True for an act that is the means of another: "used" in "used missiles to attack Chad", which says to whom."""
    return any(
        event.category == other.category
        and scene.doc[purpose.head].dep_ in {"advcl", "xcomp"}
        and scene.doc[purpose.head].head.i == trigger.head
        and other.recipients
        and not event.undergone
        and set(event.recipients) <= set(other.recipients)
        for purpose, other in others
        if purpose.is_verb
    )


def _points_back(scene: Scene, trigger: Trigger) -> bool:
    """True for a definite noun, "the transfer", "the round of talks", that may name an act told before."""
    if trigger.is_verb:
        return False
    noun = scene.doc[trigger.head]
    heads = [noun, *([noun.head] if noun.dep_ == "conj" or is_quantity(noun.head) else [])]
    return any(c.lower_ in DEFINITE for head in heads for c in head.children)


def _again(scene: Scene, sent: Sent, trigger: Trigger, before: EventMention) -> EventMention:
    """The act of `before`, named again in another sentence."""
    return dataclasses.replace(
        before, sentence=scene.span(sent.start, sent.end), trigger=scene.span(trigger.start, trigger.end), time=None
    )


def _to_event(scene: Scene, agents: Agents, sent: Sent, trigger: Trigger) -> EventMention | None:
    sides = sides_of(agents, trigger)
    actors, recipients = _roles(trigger, sides)
    place = place_of(agents, trigger)
    if not recipients and place is not None and place not in actors and _is_done_to_place(trigger):
        recipients = (place,)
    if not (actors or recipients or _points_back(agents.scene, trigger)):
        return None
    if _is_talk_of_cooperation(trigger, actors) or (trigger.frame.needy and not recipients):
        return None
    if not actors and _is_done_by_things(agents.scene.doc[trigger.head], trigger):
        return None
    sure = trigger.factuality or factuality(scene, trigger)
    frame = trigger.frame
    category = AS_FUTURE.get(frame.category, frame.category) if sure == "future" else frame.category
    return EventMention(
        sentence=scene.span(sent.start, sent.end),
        trigger=scene.span(trigger.start, trigger.end),
        category=category,
        factuality=sure,
        actors=spans(actors),
        recipients=spans(recipients),
        mode=frame.mode if category == frame.category else None,
        time=date_of(scene, sent, trigger),
        location=place.core if place is not None else None,
        nominal=not trigger.is_verb,
        done_by=_done_by(agents, trigger, sides),
        undergone=_undergone(agents, trigger, sides),
    )


def _done_by(agents: Agents, trigger: Trigger, sides: Sides) -> tuple[Span, ...]:
    """The noun phrases of what does the act."""
    own = range(trigger.start, trigger.end)
    return spans_of(agents.scene, sides.doers, own) if trigger.frame.roles in _FORWARD else ()


def _is_talk_of_cooperation(trigger: Trigger, actors: Sequence[Agent]) -> bool:
    """True for "trade", "a partnership" without the two that have it."""
    return trigger.frame.category == "COOPERATE" and not trigger.is_verb and len(actors) < 2


def _undergone(agents: Agents, trigger: Trigger, sides: Sides) -> tuple[Span, ...]:
    """The noun phrases of what the act is done to; of a mutual act, of those named on its other side."""
    own = range(trigger.start, trigger.end)
    if trigger.frame.roles is Roles.MUTUAL:
        return phrases_of(agents, spans(sides.second or sides.first[1:]), own)
    return spans_of(agents.scene, sides.things, own) if trigger.frame.roles in _FORWARD else ()


def _is_done_by_things(verb: Token, trigger: Trigger) -> bool:
    """True where what only people and bodies can do is told of a thing: "the use violates the treaty"."""
    if not trigger.is_verb or trigger.frame.category not in _VERBAL or is_passive(verb):
        return False
    return any(t.pos_ == "NOUN" and t._.kind in {"abstract", "event"} for t in subjects(verb))


def _is_done_to_place(trigger: Trigger) -> bool:
    """True for an act of one side that is felt where it takes place, "protested in Chad"; no meeting is."""
    roles, category = trigger.frame.roles, trigger.frame.category
    return trigger.is_verb and (roles is Roles.VISIT or (roles is Roles.DIRECTED and category != "CONSULT"))


def _roles(trigger: Trigger, sides: Sides) -> tuple[tuple[Agent, ...], tuple[Agent, ...]]:
    """Actors and recipients, as the frame deals them out."""
    roles = trigger.frame.roles
    if roles is Roles.MUTUAL:
        return (*sides.first, *sides.second), ()
    if roles in (Roles.HOST, Roles.REVERSE):
        return sides.second, sides.first
    return sides.first, sides.second
