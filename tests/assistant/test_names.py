from __future__ import annotations

import pytest

from kg.assistant.names import likeness, to_words
from kg.assistant.state_names import load_state_names


@pytest.mark.parametrize(
    "name, words",
    [
        ("The White House", "white house"),
        ("the", "the"),
        ("Kim Jong-un", "kim jong un"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("张", "张"),
        ("…", ""),
    ],
)
def test_a_name_is_looked_up_by_its_words(name: str, words: str) -> None:
    assert to_words(name) == words


@pytest.mark.parametrize(
    "asked, nearer, farther",
    [
        ("ukrane", "ukraine", "security service of ukraine"),
        ("sulivan", "jake sullivan", "jake suleiman"),
        ("vladimir puttin", "vladimir putin", "vladimir lenin"),
    ],
)
def test_what_is_more_alike_and_says_no_more_is_nearer(asked: str, nearer: str, farther: str) -> None:
    assert likeness(asked.split(), nearer.split()) > likeness(asked.split(), farther.split())


def test_nothing_is_like_nothing() -> None:
    assert likeness([], ["a"]) == likeness(["a"], []) == 0


def test_states_have_names_and_metonyms() -> None:
    names = load_state_names()
    assert {"US", "U.S.", "America", "American"} <= names["USA"].names
    assert {"Moscow", "Kremlin"} <= names["RUS"].metonyms
    assert not names["RUS"].names & names["RUS"].metonyms
    assert not any(name.endswith("-") for one in names.values() for name in one.names)
