"""Events: triggers of PLOVER acts with who did it to whom, how sure, when and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sent

from kg.extract.agents import Agent, Agents, spans
from kg.extract.contexts import find_contexts
from kg.extract.factuality import factuality
from kg.extract.frames import Roles, Trigger, find_triggers
from kg.extract.grammar import (
    BEFORE_DETERMINER,
    BEFORE_OTHER_TIME,
    CLAUSE,
    DEFINITE,
    DETERMINERS,
    LIGHT_VERBS,
    NOT_OBJECT,
    NOT_PARTNER,
    POSSESSIVE_MARKS,
    TOWARD,
)
from kg.extract.scene import Scene
from kg.extract.verbs import is_passive
from kg.types import EventMention, Span, StateMention
from kg.vocab import AS_FUTURE

_SOURCES = frozenset({"by", "between", "from"})
# Acts whose "from" leads to whom they are done: "the withdrawal from Niger".
_AWAY = frozenset({"RETREAT", "CONCEDE", "SANCTION", "COERCE", "MOBILIZE"})
_QUOTES = frozenset('“”"')
_ACTOR_OF = frozenset({"withdraw", "resign", "demo", "strike", "riot", "hunger", "disarm"})


@dataclass(frozen=True, slots=True)
class _Parts:
    """Who takes part, before the frame turns it into roles."""

    first: tuple[Agent, ...] = ()
    second: tuple[Agent, ...] = ()
    place: Agent | None = None


def find_events(scene: Scene, agents: Agents) -> Iterator[EventMention]:
    """Events of `scene` in text order; one without any participant is left out."""
    known: dict[str, EventMention] = {}
    for sent in scene.sentences:
        triggers = list(find_triggers(scene, sent.start, sent.end, agents.ends))
        verbs = frozenset(t.head for t in triggers if t.is_verb)
        taken: set[int] = set()
        contexts = find_contexts(sent.text) if triggers else ()
        for trigger in triggers:
            if trigger.head in taken:
                continue
            taken.update(range(trigger.start, trigger.end))
            event = _to_event(scene, agents, sent, trigger, verbs)
            word = scene.lower(trigger.head)
            if _points_back(scene, trigger) and word in known and (event is None or not event.actors):
                event = _again(scene, sent, trigger, known[word])
            if event is not None:
                known[word] = dataclasses.replace(event, contexts=contexts)
                yield known[word]


def _points_back(scene: Scene, trigger: Trigger) -> bool:
    """True for a definite noun, "the transfer", "the transfer and use", that may name an act told before."""
    if trigger.is_verb:
        return False
    start = trigger.start
    if scene.lower(start - 1) == "and":
        start -= 2
    return scene.lower(start - 1) in DEFINITE


def _again(scene: Scene, sent: Sent, trigger: Trigger, before: EventMention) -> EventMention:
    """The act of `before`, named again in another sentence."""
    return dataclasses.replace(
        before, sentence=scene.span(sent.start, sent.end), trigger=scene.span(trigger.start, trigger.end), time=None
    )


def _to_event(scene: Scene, agents: Agents, sent: Sent, trigger: Trigger, verbs: frozenset[int]) -> EventMention | None:
    parts = (_verb_parts if trigger.is_verb else _noun_parts)(scene, agents, sent, trigger, verbs)
    actors, recipients = _roles(trigger, parts)
    if not actors and not recipients:
        return None
    sure = factuality(scene, trigger, sent.start)
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
        time=_time(scene, sent, trigger),
        location=parts.place.core if parts.place is not None else None,
        nominal=not trigger.is_verb,
    )


def _roles(trigger: Trigger, parts: _Parts) -> tuple[tuple[Agent, ...], tuple[Agent, ...]]:
    """Actors and recipients, as the frame deals them out."""
    roles = trigger.frame.roles
    if roles is Roles.MUTUAL:
        return (*parts.first, *(a for a in parts.second if a not in parts.first)), ()
    if roles in (Roles.HOST, Roles.REVERSE):
        return parts.second, parts.first
    return parts.first, parts.second


def _verb_parts(scene: Scene, agents: Agents, sent: Sent, trigger: Trigger, verbs: frozenset[int]) -> _Parts:
    others = verbs - {trigger.head}
    subject = agents.subject(trigger.head, sent.start, stop=others)
    if is_passive(scene, trigger.head, trigger.tags, by=_place_of_by(scene, trigger)):
        by = _after_preposition(scene, agents, trigger.end, sent.end, frozenset({"by", "between"}))
        to = _after_preposition(scene, agents, trigger.end, sent.end, frozenset({"to"}))
        return _Parts(by, to or subject)
    skip = NOT_PARTNER if trigger.frame.roles is Roles.MUTUAL else NOT_OBJECT
    objects = agents.objects(trigger.head, sent.end, particles=trigger.end, stop=others, skip=skip)
    objects = objects or _shared_objects(scene, agents, sent, trigger, others)
    if (objects and scene.lower(objects[0].start - 1) in {"in", "at"}) or (
        objects and scene.lower(objects[0].start - 2) in {"in", "at"} and scene.lower(objects[0].start - 1) == "the"
    ):
        return _placed(trigger, subject, objects)
    return _Parts(subject, objects)


def _shared_objects(
    scene: Scene, agents: Agents, sent: Sent, trigger: Trigger, others: frozenset[int]
) -> tuple[Agent, ...]:
    """The objects a verb shares with the one joined to it: "arrested and deported migrants".

    Where the first has an object of its own, only what a preposition leads to is shared.
    """
    joined = min((verb for verb in others if verb > trigger.head), default=sent.end)
    if scene.lower(joined - 1) != "and":
        return ()
    objects = agents.objects(joined, sent.end, stop=others - {joined}, skip=NOT_OBJECT)
    shared = trigger.end == joined - 1 or (objects and agents.is_governed(objects[0]))
    return objects if shared else ()


def _placed(trigger: Trigger, subject: tuple[Agent, ...], objects: tuple[Agent, ...]) -> _Parts:
    """An object after "in": a place, and a recipient only of acts done to a place."""
    place = objects[0] if isinstance(objects[0].mention, StateMention) else None
    keeps = trigger.frame.roles is Roles.VISIT or (
        trigger.frame.roles is Roles.DIRECTED and trigger.frame.category != "CONSULT"
    )
    return _Parts(subject, objects if keeps or place is None else (), place)


def _place_of_by(scene: Scene, trigger: Trigger) -> int:
    """The token where "by" stands after a bare participle: right away, or after "to it"."""
    return trigger.end + 2 if scene.lower(trigger.end) == "to" else trigger.end


def _after_preposition(
    scene: Scene, agents: Agents, start: int, end: int, words: frozenset[str], *, ends: frozenset[str] = CLAUSE
) -> tuple[Agent, ...]:
    """The agents that one of `words` leads to, within reach of `start` and before a word of `ends`."""
    for agent in agents.between(start, min(end, start + 16)):
        before = [scene.lower(i) for i in range(max(start, agent.start - 2), agent.start)]
        if any(scene.lower(i) in ends for i in range(start, agent.start)):
            return ()
        if words & set(before):
            return agents.chain(agent)
    return ()


def _noun_parts(scene: Scene, agents: Agents, sent: Sent, trigger: Trigger, verbs: frozenset[int]) -> _Parts:
    left = _possessor(scene, agents, trigger, sent)
    sources = _SOURCES - {"from"} if trigger.frame.category in _AWAY else _SOURCES
    by = _after_preposition(scene, agents, trigger.end, sent.end, sources, ends=CLAUSE | {","})
    right, place = _complements(scene, agents, trigger, sent, verbs)
    right = tuple(a for a in right if a not in by)
    first = left or by
    if not first and right and trigger.frame.mode in _ACTOR_OF:
        return _Parts(right, (), place)
    if not first:
        first = _light_subject(scene, agents, trigger, sent, verbs)
    return _Parts(first, tuple(a for a in right if a not in first), place)


def _possessor(scene: Scene, agents: Agents, trigger: Trigger, sent: Sent) -> tuple[Agent, ...]:
    """Whose act it is: "Russia's invasion", "the Russian invasion", "its increased military cooperation"."""
    i = trigger.start - 1
    while i >= sent.start and trigger.start - i < 7:
        agent = agents.at(i)
        if agent is not None:
            return agents.chain(agent)
        word = scene.lower(i)
        if word in POSSESSIVE_MARKS or scene.doc[i].text == "-":
            i -= 1
            continue
        if not scene.doc[i].is_alpha or scene.doc[i].is_stop or (i in scene.time_at and not scene.doc[i].is_alpha):
            if i in scene.time_at or scene.doc[i].like_num:
                i -= 1
                continue
            return ()
        i -= 1
    return ()


def _complements(
    scene: Scene, agents: Agents, trigger: Trigger, sent: Sent, verbs: frozenset[int]
) -> tuple[tuple[Agent, ...], Agent | None]:
    """Agents that prepositions lead to after a noun, and the place after "in"."""
    found: list[Agent] = []
    place: Agent | None = None
    preposition = ""
    i = trigger.end
    while i < min(sent.end, trigger.end + 14):
        word = scene.lower(i)
        agent = agents.at(i)
        if agent is not None:
            if preposition in {"in", "at"} and isinstance(agent.mention, StateMention):
                place = place or agent
            elif preposition in TOWARD and not found:
                found.extend(agents.chain(agent))
            i = agent.end
            continue
        if word in CLAUSE or i in verbs or (word in {",", "and"} and found):
            break
        if word in DETERMINERS and i > trigger.end and scene.lower(i - 1) not in BEFORE_DETERMINER:
            break  # a second noun phrase without a preposition: a verb has passed
        if word in TOWARD | {"in", "by", "from", "between", "after", "before", "during"}:
            preposition = word
        i += 1
    return tuple(found), place


def _light_subject(
    scene: Scene, agents: Agents, trigger: Trigger, sent: Sent, verbs: frozenset[int]
) -> tuple[Agent, ...]:
    """The subject of the verb whose object the noun is: "carried out an attack", "held talks"."""
    i = trigger.start - 1
    while i > sent.start and trigger.start - i < 5:
        word = scene.lower(i)
        if word in LIGHT_VERBS:
            return agents.subject(i, sent.start, stop=verbs - {i})
        if word in CLAUSE | {",", "."} or agents.at(i) is not None:
            return ()
        i -= 1
    return ()


def _time(scene: Scene, sent: Sent, trigger: Trigger) -> Span | None:
    """The time expression of the act: inside its noun phrase, else the nearest in its clause."""
    inside = [i for i in range(max(sent.start, trigger.start - 4), trigger.start) if i in scene.time_at]
    if (
        inside
        and not trigger.is_verb
        and all(not scene.doc[j].is_stop and scene.doc[j].text != "," for j in range(inside[-1], trigger.start))
    ):
        return scene.time_at[inside[-1]].span
    best, least = None, 99
    for i in range(sent.start, sent.end):
        if i in scene.time_at and not _is_modifier(scene, i):
            low, high = min(i, trigger.head), max(i, trigger.head)
            if any(
                scene.lower(j) in (CLAUSE | BEFORE_OTHER_TIME) - _QUOTES and j not in scene.time_at
                for j in range(low + 1, high)
            ):
                continue
            if high - low < least:
                best, least = scene.time_at[i].span, high - low
    return best


def _is_modifier(scene: Scene, i: int) -> bool:
    """True for a bare year or month inside another noun phrase: "the 2018 agreement"."""
    return (
        scene.lower(i - 1) in {"the", "its", "a", "his", "their"}
        and i + 1 < len(scene.doc)
        and scene.doc[i].text.isdecimal()
    )
