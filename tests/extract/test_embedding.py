"""Events inside what somebody says: reported ones stand, disputed ones are doubtful, wished ones are no events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.embedding import embed
from kg.types import Attribution, EventMention, Span

Find = Callable[[str], list[str]]

REPORTED = [
    ("Norway said Chad shelled Niger.", ["ASSAULT shelled actual"]),
    ("Norway confirmed that Chad shelled Niger.", ["ASSAULT shelled actual"]),
    ("“Chad has shelled Niger again,” said Norway.", ["ASSAULT shelled actual"]),
    ("Norway condemned Chad's attack on Niger.", ["ASSAULT attack actual"]),
    ("Norway called for an end to Chad's attack on Niger.", ["ASSAULT attack actual"]),
    ("Norway announced that it had arrested ten rebels.", ["COERCE arrested actual"]),
    ("Norway said Chad would expel ten diplomats.", ["SANCTION expel future"]),
    ("Norway said Chad did not shell Niger.", ["ASSAULT shell negated"]),
]

DISPUTED = [
    ("Norway denied that Chad shelled Niger.", ["ASSAULT shelled hypothetical"]),
    ("Norway did not confirm that Chad shelled Niger.", ["ASSAULT shelled hypothetical"]),
    ("Norway denied that it had visited Chad.", ["CONSULT visited hypothetical"]),
]

WISHED = [
    ("Norway pledged to send aid to Chad.", []),
    ("Norway urged Chad to free ten rebels.", []),
    ("Norway rejected talks with Chad.", []),
    ("Norway warned Chad not to release ten rebels.", []),
    ("Norway hopes to sign a treaty with Chad.", []),
]


@pytest.mark.parametrize(("text", "expected"), REPORTED + DISPUTED + WISHED)
def test_events_in_what_is_said(certainty: Find, enacted: Find, text: str, expected: list[str]) -> None:
    performed = {line.split(":")[0] for line in enacted(text)}
    assert [line for line in certainty(text) if line.rpartition(" ")[0] not in performed] == expected


SENTENCE, CUE, CONTENT, TRIGGER = Span(0, 40), Span(7, 11), Span(12, 40), Span(20, 25)


def _event(**parts: object) -> EventMention:
    given = {"sentence": SENTENCE, "trigger": TRIGGER, "category": "CONSULT", "factuality": "actual"}
    return EventMention(**{**given, **parts})  # type: ignore[arg-type]


def _said(stance: str, **parts: object) -> Attribution:
    given = {"sentence": SENTENCE, "speakers": (Span(0, 6),), "stance": stance, "content": CONTENT, "cue": CUE}
    return Attribution(**{**given, **parts})  # type: ignore[arg-type]


def test_the_cue_itself_is_left_to_what_it_enacts() -> None:
    assert list(embed([_event(trigger=CUE)], [_said("condemns")])) == []


def test_an_event_outside_what_is_said_stays_as_it_is() -> None:
    outside = _event(trigger=Span(50, 55), sentence=Span(41, 60))
    assert list(embed([outside], [_said("denies"), _said("pledges")])) == [outside]


def test_a_date_inside_what_is_said_dates_the_act() -> None:
    (event,) = embed([_event(time=Span(30, 35))], [_said("states")])
    assert event.time == Span(30, 35)


@pytest.mark.parametrize(
    ("category", "stance", "stays"),
    [
        ("CONSULT", "requests", False),
        ("ASSAULT", "requests", True),
        ("AID", "pledges", False),
        ("COERCE", "rejects", True),
        ("AID", "states", True),
        ("AID", "condemns", True),
    ],
)
def test_a_war_that_somebody_wants_ended_goes_on(category: str, stance: str, stays: bool) -> None:
    assert bool(list(embed([_event(category=category)], [_said(stance)]))) is stays
