"""How sure to be of a fact: the signs it shows, and what the fitted model makes of them."""

from __future__ import annotations

import dataclasses

import pytest

from kg.resolve.confidence import find_signs, rate
from kg.types import (
    Attribution,
    EventFact,
    EventMention,
    Facts,
    Findings,
    PersonFact,
    PersonMention,
    Post,
    Span,
    StatementFact,
)

TRIGGER, SENTENCE = Span(7, 16), Span(0, 30)
EVENT = EventFact(
    "event/1", "ACCUSE", "actual", SENTENCE, TRIGGER, ("state/NOR",), ("state/TCD",), ("state/NOR",), ("state/TCD",)
)
MENTION = EventMention(SENTENCE, TRIGGER, "ACCUSE", "actual", support=0.9)
STATEMENT = StatementFact("statement/1", ("person/solheim",), "condemns", SENTENCE, reports=("event/1",))
CUED = Attribution(SENTENCE, (Span(0, 6),), "condemns", Span(17, 30), cue=TRIGGER)
PERSON = PersonFact("person/solheim", "Ingrid Solheim", True, ("Solheim",), (Post("post/1", "Minister", "state/NOR"),))
FACTS = Facts(people=(PERSON,), events=(EVENT,), statements=(STATEMENT,))
FINDINGS = Findings(
    people=(PersonMention(Span(0, 6), "Ingrid Solheim"), PersonMention(Span(40, 46), "Solheim")),
    attributions=(CUED,),
    events=(MENTION,),
)


def event_with(**changes: object) -> float:
    """The confidence of the event when its fact and mention are changed."""
    fields = {f.name for f in dataclasses.fields(EventFact)}
    fact = dataclasses.replace(EVENT, **{k: v for k, v in changes.items() if k in fields})
    mention = dataclasses.replace(MENTION, **{k: v for k, v in changes.items() if k not in fields})
    found = rate(Facts(events=(fact,)), Findings(events=(mention,))).events[0].confidence
    assert found is not None
    return found


def test_every_fact_that_can_be_wrong_is_rated() -> None:
    rated = rate(FACTS, FINDINGS)
    for fact in (*rated.people, *rated.events, *rated.statements):
        assert fact.confidence is not None
        assert 0 <= fact.confidence <= 1
    assert dataclasses.replace(rated.events[0], confidence=None) == EVENT


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("event/1", {"two_sided": 1.0, "told": 1.0, "nominal": 0.0, "performed": 0.0, "no_state": 0.0}),
        ("statement/1", {"quoted": 0.0, "running": 0.0, "stance": 1.0, "by_person": 1.0, "joint": 0.0}),
        ("person/solheim", {"posted": 1.0, "one_word": 0.0, "represents": 0.0}),
    ],
)
def test_signs(key: str, expected: dict[str, float]) -> None:
    signs = find_signs(FACTS, FINDINGS)[key]
    assert {name: signs[name] for name in expected} == expected


def test_what_the_network_finds_likely_is_surer() -> None:
    assert event_with(support=0.05) < event_with(support=0.6) < event_with(support=0.99)


def test_without_a_network_the_rest_decides() -> None:
    assert event_with(support=0.05) < event_with(support=None) < event_with(support=0.99)


def test_a_sentence_inside_a_running_quote_has_no_cue() -> None:
    running = dataclasses.replace(CUED, cue=None)
    signs = find_signs(FACTS, dataclasses.replace(FINDINGS, attributions=(running,)))
    assert signs["statement/1"]["running"] == 1.0


def test_who_holds_no_office_is_not_rated() -> None:
    private = dataclasses.replace(PERSON, official=False)
    assert rate(Facts(people=(private,)), FINDINGS).people == (private,)


def test_nothing_found_nothing_rated() -> None:
    assert rate(Facts(), Findings()) == Facts()
