"""Events: agents and the states behind them, dates against the day of publication, and doubles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

MONDAY = dt.date(2024, 3, 4)

DYADS = [
    ("Norway condemned Chad.", ["ACCUSE NOR > TCD"]),
    ("The Norwegian army shelled Chad.", ["ASSAULT NOR > TCD"]),
    ("Norwegian soldiers shelled Chadian rebels.", ["ASSAULT NOR > TCD"]),
    ("Norwegian Premier Ingrid Solheim visited Chad.", ["CONSULT NOR > TCD"]),
    ("Norwegian Premier Ingrid Solheim met Chadian President Idrissa Maloum.", ["CONSULT NOR+TCD > -"]),
    ("The Kremlin condemned the White House.", ["ACCUSE RUS > USA"]),
    ("Moscow expelled two Danish diplomats.", ["SANCTION RUS > DNK"]),
    ("NATO condemned Chad.", ["ACCUSE - > TCD"]),
    ("Norway's offer to Chad stands.", ["AGREE NOR > TCD"]),
    ("Norway and Denmark sent aid to Chad.", ["AID NOR+DNK > TCD"]),
    ("Norwegian police arrested ten students.", ["COERCE NOR > NOR"]),
    ("Niger was shelled by the Chadian army.", ["ASSAULT TCD > NER"]),
]


@pytest.mark.parametrize(("text", "expected"), DYADS)
def test_states_behind_actors_and_recipients(dyads: Find, text: str, expected: list[str]) -> None:
    assert dyads(text) == expected


DATES = [
    ("Chad shelled Niger on Saturday.", ["ASSAULT shelled 2024-03-02 actual"]),
    ("Chad shelled Niger in 2018.", ["ASSAULT shelled 2018 actual"]),
    ("Chad shelled Niger on 4 January 2023.", ["ASSAULT shelled 2023-01-04 actual"]),
    ("Chad shelled Niger last month.", ["ASSAULT shelled 2024-02 actual"]),
    ("Chad shelled Niger yesterday.", ["ASSAULT shelled 2024-03-03 actual"]),
    ("Chad shelled Niger today.", ["ASSAULT shelled 2024-03-04 actual"]),
    ("Chad shelled Niger.", ["ASSAULT shelled - actual"]),
    ("Norway will expel ten diplomats on Friday.", ["SANCTION expel 2024-03-08 future"]),
    ("Norway will visit Chad next month.", ["AGREE visit 2024-04 future"]),
    ("Norway meets Chad on 7 March 2024.", ["AGREE meets 2024-03-07 future"]),
    ("Norway expels the diplomats on 7 March 2024.", ["SANCTION expels 2024-03-07 future"]),
    ("Norway did not visit Chad in 2018.", ["CONSULT visit 2018 negated"]),
    ("Norway condemned the raid on Chad that is set for 7 May 2024.", ["ACCUSE condemned - actual"]),
    ("Norway may visit Chad on 7 March 2024.", ["CONSULT visit - hypothetical"]),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(dated: Find, text: str, expected: list[str]) -> None:
    assert [line for line in dated(text, published=MONDAY) if not line.startswith("COERCE raid")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad shelled Niger on Saturday.", ["ASSAULT shelled - actual"]),
        ("Chad shelled Niger in 2018.", ["ASSAULT shelled 2018 actual"]),
        ("Chad shelled Niger on 4 January 2099.", ["ASSAULT shelled 2099-01-04 actual"]),
    ],
)
def test_dates_without_a_day_of_publication(dated: Find, text: str, expected: list[str]) -> None:
    assert dated(text) == expected


DOUBLES = [
    ("Chad attacked Niger in the Chadian army's attack on Niger.", 1),
    ("Chad attacked Niger. Chad attacked Niger.", 2),
    ("Chad shelled Niger, the Chadian army's attack on Niger.", 1),
]


@pytest.mark.parametrize(("text", "number"), DOUBLES)
def test_doubles_within_a_sentence_fall(tell: Tell, text: str, number: int) -> None:
    assert len(tell(text).events) == number


PRIVATE = [
    ("“No,” said Lindiwe Mahlaba. Mahlaba met Thandi Zulu.", []),
    ("Protesters met students.", []),
    ("Protesters attacked students.", ["ASSAULT - > -"]),
    ("Protesters met the Norwegian army.", ["CONSULT NOR > -"]),
]


@pytest.mark.parametrize(("text", "expected"), PRIVATE)
def test_only_acts_of_public_life(dyads: Find, text: str, expected: list[str]) -> None:
    assert dyads(text) == expected


def test_an_actor_is_no_recipient_of_its_own_act(tell: Tell) -> None:
    for event in tell("Norway condemned Norway's raid. Chad's army shelled Chad. Norway said Norway must act.").events:
        assert set(event.actors).isdisjoint(event.recipients)


def test_an_event_points_to_its_words(tell: Tell) -> None:
    text = "They left. Norwegian Premier Ingrid Solheim on Monday condemned Chad in Oslo."
    (event,) = tell(text, published=MONDAY).events
    words = [text[s.start : s.end] for s in (event.trigger, *event.actor_spans, *event.recipient_spans)]
    assert words == ["condemned", "Norwegian Premier Ingrid Solheim", "Chad"]
    assert text[event.evidence.start : event.evidence.end] == text[len("They left. ") :]
    assert event.date == "2024-03-04"


MUTUAL = [
    ("Norway met the president of Chad.", ["the president of Chad"]),
    ("Norwegian envoys held talks with a delegation from Chad.", ["a delegation from Chad"]),
    ("Norway and the rebels of Mali signed a treaty.", ["the rebels of Mali"]),
    ("Talks between Norway and the rebels of Mali ended.", ["the rebels of Mali"]),
    ("Norway, Chad and Niger met.", ["Chad", "Niger"]),
]


@pytest.mark.parametrize(("text", "expected"), MUTUAL)
def test_a_mutual_act_points_to_its_other_side(tell: Tell, text: str, expected: list[str]) -> None:
    (event,) = tell(text).events
    assert event.recipients == ()
    assert [text[s.start : s.end] for s in event.recipient_spans] == expected


def test_keys_are_unique_and_the_same_each_time(tell: Tell) -> None:
    text = "Norway condemned Chad and Niger. Chad's attack on Niger, the attack on Mali and the raid on Togo failed."
    one, two = tell(text), tell(text)
    assert one == two
    keys = [event.key for event in one.events]
    assert len(keys) == len(set(keys)) > 2


def test_the_same_words_in_another_article_are_another_event(tell: Tell) -> None:
    one = tell("Norway condemned Chad.", url="https://example.org/1").events
    two = tell("Norway condemned Chad.", url="https://example.org/2").events
    assert {event.key for event in one}.isdisjoint({event.key for event in two})
