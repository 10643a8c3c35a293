"""A statement or event as one line of a page: when, who, what, to whom, in which words, where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.vocab import KG, OA
from kg.web.description import Description, Ref, describe
from kg.web.table import Row

_PLACE = re.compile(r"-(\d+)-\d+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact. `act` is its stance or category; `when` an ISO date, `reported` where it is only the article's.

    `start` is where its first evidence starts in the article, in code points.
    """

    iri: str
    act: Ref
    doers: tuple[Ref, ...]
    receivers: tuple[Ref, ...]
    sentence: str | None
    evidence: tuple[Ref, ...]
    article: Ref | None = None
    factuality: Ref | None = None
    when: str | None = None
    reported: bool = False
    start: int = 0

    @property
    def title(self) -> str:
        """The line in a few words: who, what, to whom."""
        doers, receivers = (", ".join(ref.label for ref in refs) for refs in (self.doers, self.receivers))
        return " ".join(part for part in (doers, self.act.label, receivers) if part)


def to_statement(said: Description, iri: str, *, published: str | None = None) -> Line | None:
    """The statement `iri` as a line; None where it has no stance."""
    return _to_line(said, iri, KG.stance, (KG.speaker,), (KG.addressee,), KG.saidOn, published)


def to_event(said: Description, iri: str, *, published: str | None = None) -> Line | None:
    """The event `iri` as a line; None where it has no category."""
    actors, recipients = (KG.actor, KG.actorState), (KG.recipient, KG.recipientState)
    return _to_line(said, iri, KG.category, actors, recipients, KG.date, published)


def to_line(said: Description, iri: str, *, published: str | None = None) -> Line | None:
    """The statement or event `iri` as a line; None where it is neither."""
    return to_statement(said, iri, published=published) or to_event(said, iri, published=published)


def _to_line(
    said: Description,
    iri: str,
    act: str,
    doers: tuple[str, ...],
    receivers: tuple[str, ...],
    date: str,
    published: str | None,
) -> Line | None:
    acts = said.refs(iri, act)
    if not acts:
        return None
    own = said.value(iri, date)
    evidence = tuple(sorted(said.refs(iri, KG.evidence), key=lambda ref: (_start_of(said, ref.iri), ref.iri)))
    return Line(
        iri=iri,
        act=acts[0],
        doers=_first(said, iri, doers),
        receivers=_first(said, iri, receivers),
        sentence=" … ".join(ref.label for ref in evidence) or None,
        evidence=evidence,
        article=next(iter(said.refs(iri, KG.article)), None),
        factuality=next(iter(said.refs(iri, KG.factuality)), None),
        when=own or published,
        reported=own is None and published is not None,
        start=min((_start_of(said, ref.iri) for ref in evidence), default=0),
    )


def _start_of(said: Description, evidence: str) -> int:
    """Where a span starts: as the graph says, or else by its IRI, `evidence/ID-START-END`."""
    start = said.value(evidence, OA.start) or next(iter(_PLACE.findall(evidence)), "0")
    return int(start) if start.isdecimal() else 0


def _first(said: Description, iri: str, predicates: tuple[str, ...]) -> tuple[Ref, ...]:
    """Those that the first predicate with any gives: the actors, or else the states behind them."""
    return next((refs for predicate in predicates if (refs := said.refs(iri, predicate))), ())


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement or event, and when: its `own` date, or else that of its article; ISO dates."""

    iri: str
    own: str | None
    published: str | None

    @property
    def when(self) -> str:
        """By what it is put in order; empty where nothing is known."""
        return self.own or self.published or ""


def order_mentions(rows: Iterable[Row]) -> tuple[Mention, ...]:
    """What rows of ?s ?own ?published name, each once, the newest first, those without a date last."""
    found: dict[str, Mention] = {}
    for row in rows:
        own, published = (row[name].value if name in row else None for name in ("own", "published"))
        mention = Mention(row["s"].value, own, published)
        found[mention.iri] = max(mention, found.get(mention.iri, mention), key=lambda one: one.when)
    by_name = sorted(found.values(), key=lambda mention: mention.iri)
    return tuple(sorted(by_name, key=lambda mention: mention.when, reverse=True))


def read_lines(rows: Iterable[Row], labels: Iterable[Row], mentions: Iterable[Mention]) -> tuple[Line, ...]:
    """The lines of `mentions`, in their order, from rows of ?s ?p ?o, and of ?s ?label for what these name."""
    said = describe(rows, labels)
    found = (to_line(said, mention.iri, published=mention.published) for mention in mentions)
    return tuple(line for line in found if line)
