"""Salience: who was named before a place in the text, sentence by sentence, and who of them the sentences are about.

Nearest sentence first; within it whoever it is told of or who speaks in it, then other subjects, then the rest. After
the factors of Lappin and Leass (1994) and the ranks of centering (Grosz, Joshi and Weinstein 1995).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.types import Attribution, Findings, Span

_REACH = 8
# How many sentences are the lead, and how many after it tell who an unnamed subject of it is.
_LEAD = 2
_NEXT = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of somebody: where, whom; `pointed` where it is itself a pronoun or description.

    `subject` is true of the subject of a clause, `told` of one that no utterance tells of: who speaks or acts.
    `single` is true of a person, named or not: "a police spokesman", who speaks for the police.
    """

    span: Span
    key: str
    pointed: bool = False
    subject: bool = False
    told: bool = False
    single: bool = False

    @property
    def kind(self) -> str:
        """What the mention is of: state, organization, person or group."""
        return self.key.partition("/")[0]

    @property
    def is_leading(self) -> bool:
        """True for the subject of what the article itself tells."""
        return self.subject and self.told


class Salience:
    """The mentions of one article, in text order; those that turn out to be of somebody join them one by one."""

    def __init__(self, findings: Findings, denoted: Mapping[Span, tuple[str, ...]]) -> None:
        """The mentions that `denoted` says whom they are of."""
        self._sentences = findings.sentences
        self._attributions: dict[Span, list[Attribution]] = {}
        for attribution in findings.attributions:
            self._attributions.setdefault(attribution.sentence, []).append(attribution)
        self._speakers = {span for a in findings.attributions for span in a.speakers}
        self._subjects = frozenset(findings.subjects)
        self._singles = [a.span for a in findings.anaphors if a.role is not None and not a.plural]
        self._singles += [g.span for g in findings.groups if g.count == 1]
        self._named: list[Named] = []
        for span, keys in denoted.items():
            self.add(span, keys[:1], pointed=False)

    def add(self, span: Span, keys: tuple[str, ...], *, pointed: bool) -> None:
        """Note that the words at `span` are of `keys`."""
        speaks = span in self._speakers
        for key in keys:
            subject, told = speaks or span in self._subjects, speaks or not self._is_content(span)
            single = key.startswith("person/") or (subject and any(s.covers(span) for s in self._singles))
            named = Named(span, key, pointed, subject, told, single)
            bisect.insort(self._named, named, key=lambda n: n.span)

    def windows(self, span: Span) -> Iterator[list[Named]]:
        """Whom the sentence of `span` names before it, then whom the sentences before name, going back."""
        last = bisect.bisect_right(self._sentences, span.start, key=lambda s: s.start)
        for sentence in reversed(self._sentences[max(0, last - _REACH) : last]):
            first = bisect.bisect_left(self._named, sentence.start, key=lambda n: n.span.start)
            end = bisect.bisect_left(self._named, min(sentence.end, span.start), key=lambda n: n.span.start)
            yield [n for n in self._named[first:end] if n.span.end <= min(sentence.end, span.start)]

    def introduced(self, span: Span) -> Iterator[Named]:
        """For a subject in the lead of an article: who is first named in the sentences right after, and leads there."""
        last = bisect.bisect_right(self._sentences, span.start, key=lambda s: s.start)
        after = self._sentences[last : last + _NEXT]
        if last > _LEAD or not after or span not in self._subjects:
            return
        known = {n.key for n in self._named if n.span.start < after[0].start}
        for named in self._named:
            if after[0].start <= named.span.start < after[-1].end and named.key not in known and named.subject:
                yield named

    def speaks(self, span: Span) -> bool:
        """True for the speaker of an attribution."""
        return span in self._speakers

    def quoting(self, span: Span) -> tuple[Span, ...]:
        """The mentions of those whose quoted words hold `span`."""
        around = self._around(span)
        return tuple(s for a in around if a.quote is not None and a.quote.covers(span) for s in a.speakers)

    def _is_content(self, span: Span) -> bool:
        return any(a.content is not None and a.content.covers(span) for a in self._around(span))

    def _around(self, span: Span) -> list[Attribution]:
        """The attributions of the sentence that holds `span`."""
        last = bisect.bisect_right(self._sentences, span.start, key=lambda s: s.start)
        return self._attributions.get(self._sentences[last - 1], []) if last else []
