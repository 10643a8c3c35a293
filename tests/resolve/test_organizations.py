"""Organizations: one identity per body, and a body without a name of its own told by its state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

BODIES = [
    ("The UN met. The United Nations left.", ["United Nations (igo) -"]),
    ("The Norwegian army left.", ["Norwegian army (military) NOR"]),
    ("Norway's army left.", ["Norway army (military) NOR"]),
    ("Norway's foreign ministry left. Denmark's foreign ministry left.", [
        "Norway foreign ministry (government) NOR", "Denmark foreign ministry (government) DNK",
    ]),
    ("OSLO, 4 March – The foreign ministry left.", ["Norway foreign ministry (government) NOR"]),
    ("The government of Chad left.", ["government of Chad (government) TCD"]),
    ("Chad's government left. The Chad government smiled.", ["Chad government (government) TCD"]),
    ("Hamas left.", ["Hamas (armed_group) PSE"]),
    ("The Pentagon left.", ["Pentagon (military) USA"]),
    ("Reuters said so.", ["Reuters (media) -"]),
    ("Chad and Niger spoke to the police.", ["police (government) -"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_bodies(bodies: Find, text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


BEFORE = [
    ("The Chadian regime left. The regime fell.", ["TCD", "TCD"]),
    ("The Chadian regime left Niger. The regime fell.", ["TCD", "TCD"]),
    ("The Chadian regime left. The Malian regime came. The regime fell.", ["TCD", "MLI", "-"]),
    ("The regime left Chad. The Nigerien regime fell.", ["-", "NER"]),
    ("The Chadian regime left Niger. The army fell.", ["TCD", "-"]),
]


@pytest.mark.parametrize(("text", "states"), BEFORE)
def test_a_body_named_by_kind_is_that_of_the_state_named_before(tell: Tell, text: str, states: list[str]) -> None:
    assert [(body.state or "-").removeprefix("state/") for body in tell(text).organizations] == states


SAME = [
    ("The UN left.", "The United Nations came."),
    ("The Norwegian parliament left.", "In Oslo the Norwegian parliament came."),
    ("Norway's army left.", "Norway's army came."),
]

OTHER = [
    ("Norway's army left.", "Denmark's army left."),
    ("Chad and Niger spoke to the police.", "Chad, Niger and the police left."),
]


def _keys(facts: Facts) -> set[str]:
    return {body.key for body in facts.organizations}


@pytest.mark.parametrize(("one", "two"), SAME)
def test_a_body_is_the_same_in_two_articles(tell: Tell, one: str, two: str) -> None:
    assert _keys(tell(one)) == _keys(tell(two)) != set()


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_a_body_is_another_in_two_articles(tell: Tell, one: str, two: str) -> None:
    assert _keys(tell(one)).isdisjoint(_keys(tell(two)))
    assert _keys(tell(one))


def test_a_body_brings_its_state(tell: Tell) -> None:
    facts = tell("The Pentagon left.")
    assert [state.key for state in facts.states] == ["state/USA"] == [body.state for body in facts.organizations]
