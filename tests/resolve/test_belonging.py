"""Belonging: the states behind those who act, where nothing said of them names one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

AT_HOME = [
    ("OSLO, 4 March – Students attacked Chad.", "ASSAULT NOR > TCD"),
    ("OSLO, 4 March – Ada Berg attacked a court.", "ASSAULT NOR > NOR"),
    ("OSLO, 4 March – The Lawyers' Association condemned Chad.", "ACCUSE NOR > TCD"),
    ("OSLO, 4 March – The Supreme Electoral Tribunal condemned Chad.", "ACCUSE NOR > TCD"),
    ("OSLO, 4 March – The ministers condemned Chad.", "ACCUSE NOR > TCD"),
]

ELSEWHERE = [
    ("OSLO, 4 March – Chadian students attacked Niger.", "ASSAULT TCD > NER"),
    ("OSLO, 4 March – Foreign students attacked Chad.", "ASSAULT - > TCD"),
    ("OSLO, 4 March – Refugees attacked Chad.", "ASSAULT - > TCD"),
    ("OSLO, 4 March – In Chad, students attacked Niger.", "ASSAULT - > NER"),
    ("OSLO, 4 March – Chadian lawyer Ada Berg condemned Niger.", "ACCUSE TCD > NER"),
    ("OSLO, 4 March – The United Nations condemned Chad.", "ACCUSE - > TCD"),
    ("Norway and Denmark left. Students attacked Chad.", "ASSAULT - > TCD"),
]


@pytest.mark.parametrize(("text", "expected"), [*AT_HOME, *ELSEWHERE])
def test_the_states_behind_whoever_acts(dyads: Find, text: str, expected: str) -> None:
    assert expected in dyads(text)


def test_a_private_person_represents_no_state(tell: Tell) -> None:
    facts = tell("OSLO, 4 March – Ada Berg, a lawyer, condemned Chad.")
    assert [person.represents for person in facts.people] == [()]
    assert [event.actor_states for event in facts.events] == [("state/NOR",)]


def test_every_state_behind_an_act_is_a_state_of_the_article(tell: Tell) -> None:
    facts = tell("Police arrested ten students.", url="https://www.koreaherald.com/1")
    assert {key for event in facts.events for key in event.actor_states} <= {state.key for state in facts.states}
