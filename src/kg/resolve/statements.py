"""Statements: one per speaker and sentence, with what it is about and the events it tells of, performs or disputes."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence

from kg import iris
from kg.resolve.cast import Cast
from kg.types import Article, Attribution, EventFact, EventMention, Span, StatementFact

_MOST_ABOUT = 4


def resolve_statements(
    article: Article,
    attributions: Sequence[Attribution],
    events: Sequence[tuple[EventMention, EventFact]],
    cast: Cast,
    dates: Mapping[Span, str],
) -> Iterator[StatementFact]:
    """Statements in text order; an attribution without a known speaker is left out.

    Args:
        events: the events of the article with the mentions they come from.
        dates: ISO dates by the span of a time expression.
    """
    numbers: dict[int, int] = {}
    told: dict[Span, list[tuple[EventMention, EventFact]]] = {}
    for mention, fact in events:
        told.setdefault(mention.sentence, []).append((mention, fact))
    named = sorted(cast.denoted)
    for (sentence, speakers), own in _by_speaker(attributions, cast).items():
        start = min((a.cue or a.sentence).start for a in own)
        number = numbers[start] = numbers.get(start, -1) + 1
        inside = named[
            bisect.bisect_left(named, sentence) : bisect.bisect_left(named, Span(sentence.end, sentence.end))
        ]
        yield _to_fact(article, speakers, own, told.get(sentence, ()), inside, cast, dates, number)


def _by_speaker(
    attributions: Sequence[Attribution], cast: Cast
) -> dict[tuple[Span, tuple[str, ...]], list[Attribution]]:
    """Attributions of one sentence to the same speakers, together."""
    found: dict[tuple[Span, tuple[str, ...]], list[Attribution]] = {}
    for attribution in attributions:
        speakers = cast.keys(attribution.speakers)
        if speakers:
            found.setdefault((attribution.sentence, speakers), []).append(attribution)
    return found


def _to_fact(
    article: Article,
    speakers: tuple[str, ...],
    own: Sequence[Attribution],
    events: Sequence[tuple[EventMention, EventFact]],
    named: Sequence[Span],
    cast: Cast,
    dates: Mapping[Span, str],
    number: int,
) -> StatementFact:
    start = min((a.cue or a.sentence).start for a in own)
    quote = next((a.quote for a in own if a.quote is not None), None)
    said = [fact for mention, fact in events if mention.cue is None and _tells(own, mention)]
    disputes = any(a.disputes for a in own)
    enacted = [
        (mention, fact) for mention, fact in events if mention.cue is not None and any(_enacts(a, mention) for a in own)
    ]
    said_on = _dated(article, own, dates)
    return StatementFact(
        key=iris.statement(article.id, start, number),
        speakers=speakers,
        stance=next((a.stance for a in own if a.stance != "states"), "states"),
        evidence=own[0].sentence,
        quote=article.text[quote.start : quote.end] if quote is not None else None,
        addressees=tuple(k for k in cast.keys(s for a in own for s in a.addressees) if k not in speakers),
        about=_about(own, named, cast, speakers),
        said_on=said_on,
        reports=() if disputes else tuple(f.key for f in said),
        enacts=tuple(fact.key for _, fact in enacted),
        disputes=tuple(f.key for f in said) if disputes else (),
    )


def _tells(own: Sequence[Attribution], mention: EventMention) -> bool:
    return any(a.content is not None and a.content.covers(mention.trigger) for a in own)


def _enacts(attribution: Attribution, mention: EventMention) -> bool:
    return mention.cue == attribution.cue and mention.actors == attribution.speakers


def _about(own: Sequence[Attribution], named: Sequence[Span], cast: Cast, speakers: tuple[str, ...]) -> tuple[str, ...]:
    """The first agents that what is said names, of those `named` in the sentence; the speakers left out."""
    spans = [s for s in named if any(a.content is not None and a.content.covers(s) for a in own)]
    keys = [key for key in cast.keys(spans) if key not in speakers and not key.startswith("group/")]
    return tuple(keys[:_MOST_ABOUT])


def _dated(article: Article, own: Sequence[Attribution], dates: Mapping[Span, str]) -> str | None:
    """The date of the utterance; one after publication is of something else."""
    found = (dates.get(a.time) for a in own if a.time is not None)
    last = article.published.isoformat() if article.published is not None else "9999"
    return next((date for date in found if date is not None and date <= last), None)
