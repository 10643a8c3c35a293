"""Quotations: what stands inside quotation marks, however they are drawn and whether or not they close."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotes import find_quotes

BALANCED = [
    ('He said "we will stay" again.', ["we will stay"]),
    ("He said “we will stay” again.", ["we will stay"]),
    ("He said «we will stay» again.", ["we will stay"]),
    ("He said „we will stay“ again.", ["we will stay"]),
    ("He said „we will stay” again.", ["we will stay"]),
    ("He said 'we will stay' again.", ["we will stay"]),
    ("He said ‘we will stay’ again.", ["we will stay"]),
    ('"We stay," he said, "and you go."', ["We stay,", "and you go."]),
    ("“We stay,” he said. “You go.”", ["We stay,", "You go."]),
    ("“The ‘new deal’ is dead,” he said.", ["The ‘new deal’ is dead,"]),
    ("\"The 'new deal' is dead,\" he said.", ["The 'new deal' is dead,"]),
    ("‘The “new deal” is dead,’ he said.", ["The “new deal” is dead,"]),
    ("“We don’t know,” he said.", ["We don’t know,"]),
    ("‘We don’t know,’ he said.", ["We don’t know,"]),
    ("'We don't know,' he said.", ["We don't know,"]),
    ("'The ministers' plan is dead,' he said.", ["The ministers' plan is dead,"]),
    ('("We stay," he said.)', ["We stay,"]),
    ('He said: "We stay."', ["We stay."]),
    ("The so-called “deal” is a “farce”.", ["deal", "farce"]),
    ("“Is it over?” she asked. “It is!”", ["Is it over?", "It is!"]),
    ("He said “we stay” , then left.", ["we stay"]),
    ('"We stay,” he said.', ["We stay,"]),
    ('"We stay.” He left. "We go.”', ["We stay.", "We go."]),
]

UNBALANCED = [
    ('He said "we will stay', ["we will stay"]),
    ("He said “we will stay", ["we will stay"]),
    ("“We stay, he said.\n\nThey left.", ["We stay, he said."]),
    ("“We stay.\n\n“We fight,” he said.", ["We stay.", "We fight,"]),
    ('"We stay.\n\n"We fight," he said.', ["We stay.", "We fight,"]),
    ("“One.\n\n“Two.\n\n“Three,” he said. They left.", ["One.", "Two.", "Three,"]),
    ("We stay,” he said. “You go.”", ["You go."]),
]

NONE = [
    "The ministers' plan and Chad's army don't count.",
    "The ministers’ plan and Chad’s army don’t count.",
    "He won by 5' 3\" at the '98 games.",
    "No marks at all.",
    "",
    "“”",
    "The O'Hanlons' and the D'Souzas' houses",
]


@pytest.mark.parametrize(("text", "expected"), BALANCED + UNBALANCED)
def test_quotes(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_quotes(text)] == expected


@pytest.mark.parametrize("text", NONE)
def test_no_quotes(text: str) -> None:
    assert [text[span.start : span.end] for span in find_quotes(text)] == []


@given(st.text(alphabet="ab .,!\n“”„«»‘’'\"", max_size=60))
def test_quotes_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = list(find_quotes(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert not any("\n\n" in text[span.start : span.end] for span in spans)
