"""Attributed statements: who said what, by which cue, in whose quotation marks.

Follows the order of Pareti's attribution relation (cue, source, content; Pareti 2012): cues are found first, then the
source by its place beside the cue, then the content as the rest of the sentence or the quotation.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sent

from kg.extract.agents import Agent, Agents, spans
from kg.extract.cues import ACCORDING, Cue, find_cues, is_asserted
from kg.extract.grammar import (
    AFTER_INVERSION,
    BEFORE_INVERSION,
    CLAUSE,
    DETERMINERS,
    FIRST_PERSON,
    NEGATORS,
    POSSESSIVE_MARKS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.extract.stance import content_stance
from kg.types import Anaphor, Attribution, EventMention, Span

_SHORTEST_QUOTE = 4
_WORD = re.compile(r"\w")
_CLOSING_QUOTES = frozenset('”"»')
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution with the agents that are its source and its cue."""

    cue: Cue
    speakers: tuple[Agent, ...]
    content: tuple[int, int]
    sent: Sent


class AttributionFinder:
    """Finds attributed statements in scenes."""

    def __init__(self) -> None:
        """A finder with the phrases of `attribution.toml`."""
        phrases = read_lexicon("attribution")["phrases"]
        self._adverbs = frozenset(phrases["adverbs"])
        self._vessels = frozenset(phrases["vessels"])

    def find(
        self, scene: Scene, agents: Agents, quotes: Sequence[Span], events: Sequence[EventMention]
    ) -> Iterator[Attribution]:
        """Attributions of `scene` in text order.

        Args:
            quotes: spans inside quotation marks.
            events: event mentions of the scene; a hostile one in what is said turns a neutral cue into an accusation.
        """
        direct = [q for q in quotes if len(scene.words[q.start : q.end].split()) >= _SHORTEST_QUOTE]
        cued: list[Attribution] = []
        for sent in scene.sentences:
            cued.extend(self._in_sentence(scene, agents, sent, direct, events))
        yield from sorted([*cued, *_running(scene, cued, direct)], key=lambda a: (a.sentence, a.cue or a.sentence))

    def _in_sentence(
        self, scene: Scene, agents: Agents, sent: Sent, quotes: Sequence[Span], events: Sequence[EventMention]
    ) -> Iterator[Attribution]:
        earlier: list[_Found] = []
        for cue in find_cues(scene, sent.start, sent.end, agents.ends):
            if cue.lemma != ACCORDING and not is_asserted(cue):
                continue
            found = self._attribute(scene, agents, sent, cue, earlier)
            if found is None or _speaks_in_quote(scene, found, quotes):
                continue
            earlier.append(found)
            attribution = _to_attribution(scene, agents, found, quotes, events)
            if attribution is not None:
                yield attribution

    def _attribute(
        self, scene: Scene, agents: Agents, sent: Sent, cue: Cue, earlier: Sequence[_Found]
    ) -> _Found | None:
        """The source and content of `cue`, or None where it has no source."""
        if cue.lemma == ACCORDING or cue.passive:
            speakers = self._after(scene, agents, cue, sent, by=cue.passive)
            return _Found(cue, speakers, _rest(sent, cue, speakers), sent) if speakers else None
        if inverted := self._inverted(scene, agents, cue, sent):
            return _Found(cue, inverted, (sent.start, cue.start), sent)
        speakers = self._before(scene, agents, cue, sent, earlier)
        if speakers and (_trails(scene, cue, sent) or _follows_quote(scene, cue, speakers[0], sent)):
            return _Found(cue, speakers, (sent.start, speakers[0].start), sent)
        if speakers:
            return _Found(cue, speakers, (cue.end, sent.end), sent)
        return None

    def _before(
        self, scene: Scene, agents: Agents, cue: Cue, sent: Sent, earlier: Sequence[_Found]
    ) -> tuple[Agent, ...]:
        """The source before the cue."""
        i = self._skip_back(scene, cue.start, sent.start)
        agent = agents.at(i - 1)
        if agent is not None and not agent.adjective:
            if _leading_preposition(scene, agent) in PREPOSITIONS - {"for"}:
                return _with_complement(scene, agents, i, sent)  # "officials in Norway said"
            return agents.chain(agent)
        word = scene.lower(i - 1) if i > sent.start else ""
        if word in {",", ")", "who", "which", "that", "–", "—", "-"} and (
            inserted := self._over_insertion(scene, agents, i - 1, sent)
        ):
            return inserted
        if word == "as":
            reported = agents.at(i - 2)
            return agents.chain(reported) if reported is not None and not reported.adjective else ()
        if word in self._vessels:
            return agents.subject(i - 1, sent.start)
        if word in {"and", "but", ",", "or"} or "VBG" in cue.tags:
            if earlier:
                return earlier[-1].speakers
            return agents.subject(cue.start, sent.start) if word else ()
        return _with_complement(scene, agents, i, sent)

    def _skip_back(self, scene: Scene, i: int, start: int) -> int:
        """Token after the last word before `i` that is no adverb, auxiliary or date."""
        while i > start:
            word = scene.lower(i - 1)
            dated = i - 1 in scene.time_at or (word in {"on", "in", "at", "early", "late"} and i in scene.time_at)
            if not (dated or word in self._adverbs | NEGATORS or (word.endswith("ly") and len(word) > 4)):
                break
            i -= 1
        return i

    def _over_insertion(self, scene: Scene, agents: Agents, i: int, sent: Sent) -> tuple[Agent, ...]:
        """The source before an insertion that ends at `i`: "Raisi, who leads the council, said"."""
        if scene.lower(i) in RELATIVES:
            i -= scene.lower(i - 1) == ","
            agent = agents.at(i - 1)
            return agents.chain(agent) if agent is not None else ()
        for j in range(i - 1, sent.start, -1):
            if scene.lower(j) in {",", "(", "–", "—", "-"}:
                agent = agents.at(j - 1)
                if agent is not None and not agent.adjective and not agents.is_governed(agent):
                    return agents.chain(agent)
        return ()

    def _inverted(self, scene: Scene, agents: Agents, cue: Cue, sent: Sent) -> tuple[Agent, ...]:
        """The source of an inverted cue: "..., said Rady on Friday"."""
        if cue.start == sent.start or scene.doc[cue.start - 1].text not in BEFORE_INVERSION:
            return ()
        speakers = self._after(scene, agents, cue, sent, by=False)
        end = speakers[-1].end if speakers else sent.end
        closed = end >= sent.end or scene.lower(end) in AFTER_INVERSION or end in scene.time_at
        return speakers if closed else ()

    def _after(self, scene: Scene, agents: Agents, cue: Cue, sent: Sent, *, by: bool) -> tuple[Agent, ...]:
        """The source after the cue: "said Rady", "according to the ministry", "was condemned by Iran"."""
        limit = min(sent.end, cue.end + (8 if by else 4))
        for i in range(cue.end, limit):
            agent = agents.at(i)
            if agent is not None and not agent.adjective and scene.lower(agent.end) not in POSSESSIVE_MARKS:
                return agents.chain(agent) if not by or scene.lower(cue.end) == "by" else ()
            word = scene.lower(i)
            passed = DETERMINERS | POSSESSIVE_MARKS | self._adverbs | {"by", "on"}
            if agent is None and word not in passed and i not in scene.time_at:
                return ()
        return ()


def _leading_preposition(scene: Scene, agent: Agent) -> str:
    """The word right before an agent and its article."""
    i = agent.start - 1
    while scene.lower(i) in DETERMINERS:
        i -= 1
    return scene.lower(i)


def _with_complement(scene: Scene, agents: Agents, end: int, sent: Sent) -> tuple[Agent, ...]:
    """The source whose noun phrase goes on up to `end`: "the lawmakers sitting on the committee stressed"."""
    for agent in reversed(agents.between(max(sent.start, end - 10), end)):
        first = scene.lower(agent.end)
        if agents.is_governed(agent) or agent.adjective or agent.end >= end:
            continue
        gap = [scene.lower(i) for i in range(agent.end, end)]
        opens = first in PREPOSITIONS or first.endswith("ing") or first == "present"
        return agents.chain(agent) if opens and not ({",", "and"} | CLAUSE).intersection(gap) else ()
    return ()


def _rest(sent: Sent, cue: Cue, speakers: Sequence[Agent]) -> tuple[int, int]:
    """The longer side of the sentence around a cue and its source."""
    before, after = (sent.start, cue.start), (speakers[-1].end if speakers else cue.end, sent.end)
    return max(before, after, key=lambda part: part[1] - part[0])


def _trails(scene: Scene, cue: Cue, sent: Sent) -> bool:
    """True where the cue closes its sentence: "..., Rady continued on Friday."""
    rest = range(cue.end, sent.end)
    return all(
        not scene.doc[i].is_alpha or i in scene.time_at or scene.lower(i) in {"on", "in", "a", "statement", "too"}
        for i in rest
    )


def _follows_quote(scene: Scene, cue: Cue, speaker: Agent, sent: Sent) -> bool:
    """True where what is said stands before its source: "“It must leave,” X told reporters in Oslo."."""
    if speaker.start - sent.start < 3 or cue.kind != "neutral" or scene.lower(cue.end) in {"that", ":", ","}:
        return False
    marks = {scene.doc[i].text for i in (speaker.start - 1, speaker.start - 2)}
    return not marks.isdisjoint(_CLOSING_QUOTES)


def _speaks_in_quote(scene: Scene, found: _Found, quotes: Sequence[Span]) -> bool:
    """True for "we condemn" inside a quotation: its speaker is the quotation's own."""
    cue = scene.span(found.cue.start, found.cue.end)
    inside = any(q.covers(cue) for q in quotes)
    return inside and any(
        isinstance(a.mention, Anaphor) and scene.text(a.start, a.end).lower() in FIRST_PERSON for a in found.speakers
    )


def _to_attribution(
    scene: Scene, agents: Agents, found: _Found, quotes: Sequence[Span], events: Sequence[EventMention]
) -> Attribution | None:
    cue, sentence = found.cue, scene.span(found.sent.start, found.sent.end)
    content = scene.span(*found.content) if found.content[0] < found.content[1] else None
    stance = _stance(scene, agents, found, content, events)
    if stance is None:
        return None
    quote = next((q for q in quotes if q.overlaps(sentence) and not q.covers(scene.span(cue.start, cue.end))), None)
    addressees = (
        agents.objects(cue.start, min(cue.end + 5, found.sent.end))
        if cue.lemma in {"tell", "ask", "urge", "inform", "brief"}
        else ()
    )
    return Attribution(
        sentence=sentence,
        speakers=spans(found.speakers),
        stance=stance,
        content=content,
        cue=scene.span(cue.start, cue.end),
        quote=_cut(quote, sentence) if quote is not None else None,
        addressees=spans(addressees),
        time=_said_at(scene, found),
    )


def _said_at(scene: Scene, found: _Found) -> Span | None:
    """The time expression that dates the utterance: nearest to the cue, and beside it or outside what is said."""
    cue, content = found.cue, range(*found.content)
    near = range(cue.end, cue.end + 3)
    times = [
        i for i in range(found.sent.start, found.sent.end) if i in scene.time_at and (i in near or i not in content)
    ]
    return scene.time_at[min(times, key=lambda i: abs(i - cue.start))].span if times else None


def _stance(
    scene: Scene, agents: Agents, found: _Found, content: Span | None, events: Sequence[EventMention]
) -> str | None:
    """The stance, or None where a negation says that nothing was uttered."""
    cue = found.cue
    if cue.negated:
        return {"confirms": "denies", "supports": "rejects", "denies": "states"}.get(cue.kind)
    if cue.kind != "neutral" or content is None:
        return cue.kind if cue.kind != "neutral" else "states"
    speakers = spans(found.speakers)
    own = {agent.iso3 for agent in found.speakers} - {None}
    blames = any(
        e.category in _HOSTILE
        and content.covers(e.trigger)
        and e.actors
        and not any(a in speakers or _is_own(scene, agents.named(a), own) for a in e.actors)
        and e.factuality == "actual"
        and not e.nominal
        for e in events
    )
    return content_stance(scene.words[content.start : content.end], blames=blames)


def _is_own(scene: Scene, agent: Agent, states: set[str | None]) -> bool:
    """True for a pronoun, "its army", or an agent of the speaker's own `states`: nobody accuses them."""
    words = scene.text(agent.start, agent.end).lower()
    before = scene.lower(agent.start - 1)
    return words in SUBJECT_PRONOUNS | FIRST_PERSON or before in POSSESSIVE_PRONOUNS or agent.iso3 in states


def _cut(quote: Span, sentence: Span) -> Span:
    return Span(max(quote.start, sentence.start), min(quote.end, sentence.end))


def _running(scene: Scene, cued: Sequence[Attribution], quotes: Sequence[Span]) -> Iterator[Attribution]:
    """Sentences wholly inside a quotation that is attributed elsewhere."""
    sentences = [scene.span(s.start, s.end) for s in scene.sentences]
    done = {a.sentence for a in cued if a.quote is not None}
    before: Attribution | None = None
    for quote in quotes:
        first = bisect.bisect_right(sentences, quote.start, key=lambda s: s.end)
        last = bisect.bisect_left(sentences, quote.end, key=lambda s: s.start)
        own = sentences[first:last]
        source = _source_of(scene, quote, cued, own, before)
        if source is None:
            continue
        for sentence in own:
            inner = Span(max(sentence.start, quote.start), min(sentence.end, quote.end))
            if sentence in done or inner.end - inner.start < 0.8 * (sentence.end - sentence.start):
                continue
            stance = content_stance(scene.words[inner.start : inner.end], blames=False)
            before = Attribution(sentence, source.speakers, stance, inner, quote=inner)
            done.add(sentence)
            yield before


def _source_of(
    scene: Scene, quote: Span, cued: Sequence[Attribution], own: Sequence[Span], before: Attribution | None
) -> Attribution | None:
    """The attribution a quotation belongs to: in its own sentences, else the one whose sentence it follows on."""
    first = bisect.bisect_left(cued, own[0], key=lambda a: a.sentence) if own else 0
    beside = itertools.takewhile(lambda a: a.sentence <= own[-1], cued[first:] if own else ())
    found = next((a for a in beside if a.cue is not None and not quote.covers(a.cue)), None)
    if found is not None:
        return found
    for earlier in (before, cued[first - 1] if first else None):
        if earlier is not None and not _WORD.search(scene.words, earlier.sentence.end, quote.start):
            return earlier
    return None
