"""Attributed statements: who said what, by which cue, in whose quotation marks.

Follows the order of Pareti's attribution relation (cue, source, content; Pareti 2012): cues are found first, then the
source that the tree gives the cue, then the content as the clause, the quotation or the objects that hang on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sent
from spacy.tokens import Token

from kg.extract.agents import Agent, Agents, spans
from kg.extract.clauses import children, conjuncts, objects
from kg.extract.complements import follows_report
from kg.extract.contents import find_content
from kg.extract.cues import ACCORDING, Cue, find_cues, is_vessel
from kg.extract.grammar import FIRST_PERSON, POSSESSIVE_PRONOUNS, SUBJECT_PRONOUNS
from kg.extract.headlines import Label, find_labels
from kg.extract.running import run_on
from kg.extract.scene import Scene
from kg.extract.sources import authors_of, find_sources
from kg.extract.stance import stance_of
from kg.types import Anaphor, Attribution, EventMention, GroupMention, OrganizationMention, Span

_SHORTEST_QUOTE = 4
_CLOSE = 6
"""More code points than stand between a quotation and the words that close it."""

_NEW = frozenset({"a", "an", "another", "one"})
_ADDRESSING = frozenset({"tell", "ask", "urge", "inform", "brief", "assure", "remind", "warn", "beg", "implore"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"})
_OFFICIAL = frozenset({"COERCE", "MOBILIZE"})
# What a negated cue says; of the others, that nothing was uttered.
_NEGATED = {"confirms": "denies", "supports": "rejects", "denies": "states"}


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution with the agents that are its source, its cue and its content as tokens."""

    cue: Cue
    speakers: tuple[Span, ...]
    agents: tuple[Agent, ...]
    content: tuple[int, int] | None
    sent: Sent


class AttributionFinder:
    """Finds attributed statements in scenes."""

    def find(
        self, scene: Scene, agents: Agents, quotes: Sequence[Span], events: Sequence[EventMention]
    ) -> Iterator[Attribution]:
        """Attributions of `scene` in text order.

        Args:
            quotes: spans inside quotation marks.
            events: event mentions of the scene; a hostile one in what is said turns a neutral cue into an accusation.
        """
        direct = [q for q in quotes if _is_speech(scene, q)]
        cued: list[Attribution] = []
        for sent in scene.sentences:
            own = [*_in_sentence(scene, agents, sent, direct, events, cued)]
            cued.extend(own or [_labelled(scene, label) for label in find_labels(scene, agents, sent)])
        running = list(run_on(scene, agents, cued, direct))
        whole = [a for a in cued if not _is_remainder(scene, a, running)]
        yield from sorted([*whole, *running], key=lambda a: (a.sentence, a.cue or a.sentence))


def _is_remainder(scene: Scene, attribution: Attribution, running: Sequence[Attribution]) -> bool:
    """True for a cue cut off from the quotation before it, which tells whose that is and says nothing more."""
    if attribution.content is not None or attribution.quote is not None:
        return False
    start = attribution.sentence.start
    return any(r.speakers == attribution.speakers and 0 <= start - r.sentence.end < _CLOSE for r in running)


def _is_speech(scene: Scene, quote: Span) -> bool:
    """True for a quotation of several words, and for a shorter one that is a whole sentence."""
    words = scene.words[quote.start : quote.end].strip()
    return len(words.split()) >= _SHORTEST_QUOTE or (words[:1].isupper() and words[-1:] in ".!?,")


def _in_sentence(
    scene: Scene,
    agents: Agents,
    sent: Sent,
    quotes: Sequence[Span],
    events: Sequence[EventMention],
    earlier: Sequence[Attribution],
) -> Iterator[Attribution]:
    for cue in find_cues(scene, sent):
        speaking = find_sources(scene, agents, cue)
        speakers = spans(speaking) or _same_as_before(scene, agents, cue, earlier)
        found = _Found(cue, speakers, speaking, find_content(scene, cue, speaking), sent)
        if speakers and not _speaks_in_quote(scene, found, quotes):
            attribution = _to_attribution(scene, agents, found, quotes, events)
            if attribution is not None:
                yield attribution


def _same_as_before(scene: Scene, agents: Agents, cue: Cue, earlier: Sequence[Attribution]) -> tuple[Span, ...]:
    """The source of "the statement added": whose statement it was before, else who spoke last, not far back."""
    ways = ("nsubj", "obj") if follows_report(cue.token) else ("nsubj",)
    vessel = next((c for c in children(cue.token, *ways) if is_vessel(c)), None)
    if vessel is None or any(c.lower_ in _NEW for c in children(vessel, "det")):
        return ()
    before = (t for t in reversed(scene.doc[: cue.token.sent.start]) if t.lemma_ == vessel.lemma_ and is_vessel(t))
    if whose := next((found for t in before if (found := authors_of(agents, t))), ()):
        return spans(whose)
    if (same := next((a for a in reversed(earlier) if _names(scene, a, vessel.lemma_)), None)) is not None:
        return same.speakers
    if not earlier:
        return ()
    last, here = earlier[-1], scene.span(cue.start, cue.end)
    between = [s for s in scene.sentences if last.sentence.end <= s.start_char < here.start]
    return last.speakers if len(between) <= 2 else ()


def _names(scene: Scene, attribution: Attribution, vessel: str) -> bool:
    """True where the sentence names the vessel outside the words that are quoted."""
    start, end = scene.tokens(attribution.sentence)
    quote = range(*scene.tokens(attribution.quote)) if attribution.quote is not None else range(0)
    return attribution.cue is not None and any(
        t.lemma_ == vessel and t.i not in quote and is_vessel(t) for t in scene.doc[start:end]
    )


def _labelled(scene: Scene, label: Label) -> Attribution:
    content = scene.span(label.start, label.end)
    return Attribution(
        sentence=scene.span(label.sent.start, label.sent.end),
        speakers=spans(label.speakers),
        stance=stance_of(scene, label.start, label.end, blames=False),
        content=content,
        cue=scene.span(label.mark, label.mark + 1),
    )


def _speaks_in_quote(scene: Scene, found: _Found, quotes: Sequence[Span]) -> bool:
    """True for "we condemn", "they asked" inside a quotation: only the quotation's own speaker is known."""
    cue = scene.span(found.cue.start, found.cue.end)
    inside = any(q.covers(cue) for q in quotes)
    return inside and any(_is_unknown(scene, a) for a in found.agents)


def _is_unknown(scene: Scene, agent: Agent) -> bool:
    """True for a pronoun, and for a group nobody names: who they are only the quotation's own speaker knows."""
    if isinstance(agent.mention, GroupMention):
        return agent.iso3 is None
    return isinstance(agent.mention, Anaphor) and scene.text(agent.start, agent.end).lower() in (
        FIRST_PERSON | SUBJECT_PRONOUNS
    )


def _to_attribution(
    scene: Scene, agents: Agents, found: _Found, quotes: Sequence[Span], events: Sequence[EventMention]
) -> Attribution | None:
    cue, sentence = found.cue, scene.span(found.sent.start, found.sent.end)
    content = scene.span(*found.content) if found.content is not None else None
    stance = _stance(scene, agents, found, content, events)
    if stance is None:
        return None
    words = scene.span(cue.start, cue.end)
    quote = next((q for q in quotes if q.overlaps(sentence) and not q.covers(words)), None)
    addressed = agents.all_of(_addressees(cue.token)) if cue.lemma in _ADDRESSING else ()
    return Attribution(
        sentence=sentence,
        speakers=found.speakers,
        stance=stance,
        content=content,
        cue=words,
        quote=Span(max(quote.start, sentence.start), min(quote.end, sentence.end)) if quote is not None else None,
        addressees=spans(addressed),
        time=_said_at(scene, found),
    )


def _addressees(verb: Token) -> tuple[Token, ...]:
    """The objects of `verb`; else a subject after it, its own or before the "that" of its clause, that is misread."""
    if found := objects(verb):
        return found
    late = [n for n in children(verb, "nsubj") if n.i > verb.i]
    for clause in children(verb, "ccomp"):
        marks = [m.i for m in children(clause, "mark") if m.i > verb.i]
        late.extend(n for n in children(clause, "nsubj") if marks and verb.i < n.i < marks[0])
    return tuple(t for n in late for t in conjuncts(n))


def _said_at(scene: Scene, found: _Found) -> Span | None:
    """The time expression that dates the utterance: nearest to the cue, and beside it or outside what is said."""
    cue, content = found.cue, range(*(found.content or (0, 0)))
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
        return _NEGATED.get(cue.kind)
    if cue.kind != "neutral":
        return cue.kind
    if content is None or found.content is None or _are_media(found.agents):
        return "states"
    blames = any(content.covers(e.trigger) and _is_blamed(scene, agents, found, e) for e in events)
    if cue.lemma == ACCORDING:
        return "accuses" if stance_of(scene, *found.content, blames=blames) == "accuses" else "states"
    return stance_of(scene, *found.content, blames=blames)


def _is_blamed(scene: Scene, agents: Agents, found: _Found, event: EventMention) -> bool:
    """True for a hostile act of somebody else that is told of as a fact; arrests blame foreign states alone."""
    if event.category not in _HOSTILE or event.factuality != "actual" or event.nominal or not event.actors:
        return False
    own = {agent.iso3 for agent in found.agents} - {None}
    actors = [agents.named(a) for a in event.actors]
    if any(a.core in found.speakers or _is_own(scene, a, own) for a in actors):
        return False
    if all(isinstance(a.mention, GroupMention) and a.iso3 is None for a in actors):
        return False
    return event.category not in _OFFICIAL or any(a.iso3 is not None for a in actors)


def _are_media(agents: Sequence[Agent]) -> bool:
    """True for papers and agencies, which report and take no stand."""
    return bool(agents) and all(
        isinstance(a.mention, OrganizationMention) and a.mention.kind == "media" for a in agents
    )


def _is_own(scene: Scene, agent: Agent, states: set[str | None]) -> bool:
    """True for a pronoun, "its army", or an agent of the speaker's own `states`: nobody accuses them."""
    words = scene.text(agent.start, agent.end).lower()
    before = scene.lower(agent.start - 1)
    return words in SUBJECT_PRONOUNS | FIRST_PERSON or before in POSSESSIVE_PRONOUNS or agent.iso3 in states
