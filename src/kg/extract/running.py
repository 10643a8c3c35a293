"""Running quotations: sentences inside quotation marks whose source is named in another sentence."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from kg.extract.agents import Agents, spans
from kg.extract.clauses import subjects
from kg.extract.complements import ends_quotation
from kg.extract.scene import Scene
from kg.extract.stance import stance_of
from kg.types import Attribution, Span

_WORD = re.compile(r"\w")
_CLOSED = re.compile(r"[”\"»“’'‘]")
_COLON = re.compile(r":\s*[“\"«„‘']\s*\Z")
_NEAR = 5
"""Most code points from a colon to the words of the quotation it leads up to."""

_INSIDE = 0.8
"""Least part of a sentence inside the marks that makes it one of the quotation."""


def run_on(scene: Scene, agents: Agents, cued: Sequence[Attribution], quotes: Sequence[Span]) -> Iterator[Attribution]:
    """The sentences of `quotes` that have no cue of their own, as attributions to the source of the quotation.

    Args:
        cued: the attributions that have a cue, in text order.
        quotes: spans inside quotation marks, in text order.
    """
    sentences = [scene.span(s.start, s.end) for s in scene.sentences]
    done = {a.sentence for a in cued if a.quote is not None}
    before: Attribution | None = None
    for chain in _chains(scene, quotes):
        own = [_sentences_of(quote, sentences) for quote in chain]
        sources = (_source(scene, agents, q, cued, s, before) for q, s in zip(chain, own, strict=True))
        speakers = next((found for found in sources if found), ())
        for quote, within in zip(chain, own, strict=True):
            for attribution in _spoken(scene, quote, within, speakers) if speakers else ():
                if attribution.sentence not in done:
                    done.add(attribution.sentence)
                    before = attribution
                    yield attribution


def _chains(scene: Scene, quotes: Sequence[Span]) -> Iterator[list[Span]]:
    """Quotations that go on over paragraphs, together: each but the last has no closing mark."""
    chain: list[Span] = []
    for quote in quotes:
        if chain and not (_is_open(scene, chain[-1]) and not _WORD.search(scene.words, chain[-1].end, quote.start)):
            yield chain
            chain = []
        chain.append(quote)
    if chain:
        yield chain


def _is_open(scene: Scene, quote: Span) -> bool:
    return not _CLOSED.match(scene.words, quote.end)


def _sentences_of(quote: Span, sentences: Sequence[Span]) -> Sequence[Span]:
    """The sentences that `quote` reaches into."""
    first = bisect.bisect_right(sentences, quote.start, key=lambda s: s.end)
    last = bisect.bisect_left(sentences, quote.end, key=lambda s: s.start)
    return sentences[first:last]


def _spoken(scene: Scene, quote: Span, sentences: Sequence[Span], speakers: tuple[Span, ...]) -> Iterator[Attribution]:
    for sentence in sentences:
        inner = Span(max(sentence.start, quote.start), min(sentence.end, quote.end))
        led = _COLON.search(scene.words, max(0, inner.start - _NEAR), inner.start) is not None
        if led or inner.end - inner.start >= _INSIDE * (sentence.end - sentence.start):
            stance = stance_of(scene, *scene.tokens(inner), blames=False, direct=True)
            yield Attribution(sentence, speakers, stance, inner, quote=inner)


def _source(
    scene: Scene,
    agents: Agents,
    quote: Span,
    cued: Sequence[Attribution],
    own: Sequence[Span],
    before: Attribution | None,
) -> tuple[Span, ...]:
    """Whose a quotation is: named in its own sentences, before or after it, or by the words that lead up to it."""
    if not own:
        return ()
    first = bisect.bisect_left(cued, own[0], key=lambda a: a.sentence)
    for attribution in cued[first:]:
        if attribution.sentence > own[-1]:
            break
        if attribution.cue is not None and not quote.covers(attribution.cue):
            return attribution.speakers
    if following := _followed_by(scene, quote, cued, own):
        return following
    for earlier in (before, cued[first - 1] if first else None):
        if earlier is not None and not _WORD.search(scene.words, earlier.sentence.end, quote.start):
            return earlier.addressees if _is_question(scene, earlier) else earlier.speakers
    return _led_up_to(scene, agents, quote)


def _is_question(scene: Scene, attribution: Attribution) -> bool:
    """True for "she asked the minister why": the quotation that follows is the answer."""
    cue = attribution.cue
    return cue is not None and attribution.quote is None and scene.words[cue.start :][:3].lower() == "ask"


def _followed_by(scene: Scene, quote: Span, cued: Sequence[Attribution], own: Sequence[Span]) -> tuple[Span, ...]:
    """The source in the next sentence: "“We stay,” | X told reporters", "“Do we stay?” | X asked"."""
    following = next((a for a in cued if a.sentence > own[-1]), None)
    if following is None or _WORD.search(scene.words, quote.end, following.sentence.start):
        return ()
    goes_on = scene.words[quote.start : quote.end].rstrip()[-1:] == ","
    return following.speakers if goes_on or _closes(scene, quote, following) else ()


def _closes(scene: Scene, quote: Span, following: Attribution) -> bool:
    """True for a sentence in the paragraph of `quote` that says whose it is and has no words of its own."""
    if following.cue is None or "\n\n" in scene.words[quote.end : following.sentence.start]:
        return False
    return ends_quotation(scene.doc[scene.tokens(following.cue)[0]])


def _led_up_to(scene: Scene, agents: Agents, quote: Span) -> tuple[Span, ...]:
    """The subject of the words that end in a colon before the quotation: "Rady was blunt: “No.”"."""
    if _COLON.search(scene.words, max(0, quote.start - _NEAR), quote.start) is None:
        return ()
    start, _ = scene.tokens(quote)
    sent = scene.doc[max(0, start - 3)].sent
    return spans(tuple(a for a in agents.all_of(subjects(sent.root)) if not a.adjective))
