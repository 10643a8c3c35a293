"""Text and the spans that support facts -> stretches to mark, split wherever a span starts or ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

# The kinds of a span that is the evidence of a fact, and not words for a part of it.
EVIDENCE = ("statement", "event")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span of a text, half-open, in code points.

    `kind` says how it looks, `anchor` is the name by which links reach it, `facts` are the IRIs of what it supports.
    """

    start: int
    end: int
    kind: str
    anchor: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same highlights, the narrowest first. `anchors` are of those that start with it.

    `ended` are the facts whose evidence ends with it.
    """

    text: str
    highlights: tuple[Highlight, ...] = ()
    anchors: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """How it looks."""
        return tuple(sorted({highlight.kind for highlight in self.highlights}))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it supports, those of the narrowest span first."""
        return tuple(dict.fromkeys(fact for highlight in self.highlights for fact in highlight.facts))

    @property
    def spans(self) -> tuple[str, ...]:
        """The anchors of all spans that it is in."""
        return tuple(dict.fromkeys(highlight.anchor for highlight in self.highlights))


def split_text(text: str, highlights: Iterable[Highlight], *, start: int = 0) -> Iterator[Segment]:
    """The whole of `text` from `start` on, in order, as segments. Highlights may overlap and nest."""
    opening: dict[int, list[Highlight]] = defaultdict(list)
    for highlight in highlights:
        if start <= highlight.start < highlight.end <= len(text):
            opening[highlight.start].append(highlight)
    ends = {highlight.end for opened in opening.values() for highlight in opened}
    bounds = sorted({start, len(text), *opening, *ends})
    active: list[Highlight] = []
    for here, there in pairwise(bounds):
        opened = opening.get(here, [])
        active = sorted((h for h in [*active, *opened] if h.end > here), key=lambda h: (h.end - h.start, h.start))
        ended = (fact for h in active if h.end == there and h.kind in EVIDENCE for fact in h.facts)
        anchors = dict.fromkeys(h.anchor for h in opened)
        yield Segment(text[here:there], tuple(active), tuple(anchors), tuple(dict.fromkeys(ended)))
