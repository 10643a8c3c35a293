"""Descriptions: whom a definite noun phrase stands for, seen by who speaks and whose state acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]

PEOPLE = [
    ("Ada Berg, the former chairman of a club, left. The former chairman condemned Chad.", "Ada Berg condemns"),
    ("Ada Berg, a lawyer, met Lars Brandt. The lawyer condemned Chad.", "Ada Berg condemns"),
    ("Lars Brandt, the suspect, met Ada Berg. The assailant condemned Chad.", "Lars Brandt condemns"),
    ("Norwegian Foreign Minister Ada Berg met Lars Brandt. The top diplomat condemned Chad.", "Ada Berg condemns"),
    ("Norwegian Foreign Minister Ada Berg met Lars Brandt. Norway's diplomat condemned Chad.", "Ada Berg condemns"),
    ("Ada Berg, a lawyer, left. The driver condemned Chad.", "driver condemns"),
    (
        "Norwegian President Ada Berg met former Norwegian President Lars Brandt. The president condemned Chad.",
        "Ada Berg condemns",
    ),
    (
        "Former Norwegian President Lars Brandt met Norwegian President Ada Berg. The former president condemned Chad.",
        "Lars Brandt condemns",
    ),
]  # fmt: skip

BODIES = [
    ("The Supreme Electoral Tribunal of Chad met. The tribunal condemned Niger.",
     "Supreme Electoral Tribunal of Chad condemns"),
    ("The Norwegian Lawyers' Association met. The association condemned Chad.",
     "Norwegian Lawyers' Association condemns"),
    ("The Electoral Commission of Chad met. The electoral body condemned Niger.",
     "Electoral Commission of Chad condemns"),
    ("Hezbollah met Chad. The group condemned Niger.", "Hezbollah condemns"),
    ("The Norwegian Lawyers' Association met. The tribunal condemned Chad.", "tribunal condemns"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*PEOPLE, *BODIES])
def test_who_is_described(statements: Find, text: str, expected: str) -> None:
    assert expected in statements(text)


STATES = [
    ("Norwegian soldiers left Niger. The soldiers shelled Chad.", "ASSAULT NOR > TCD"),
    ("Norwegian soldiers met Danish farmers. The farmers attacked Chad.", "ASSAULT DNK > TCD"),
    ("Norwegian soldiers left Niger. The Danish soldiers shelled Chad.", "ASSAULT DNK > TCD"),
    ("Norway and Denmark met. The neighbours condemned Chad.", "ACCUSE NOR+DNK > TCD"),
    ("Norwegian Premier Ada Berg met Danish Premier Lars Brandt. Both sides condemned Chad.", "ACCUSE NOR+DNK > TCD"),
    ("Norway left Niger. The kingdom condemned Chad.", "ACCUSE NOR > TCD"),
]


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_the_state_of_whom_is_described(dyads: Find, text: str, expected: str) -> None:
    assert expected in dyads(text)


LEADS = [
    ("A senior Norwegian official condemned Chad. Foreign Minister Ada Berg of Norway left.", "Ada Berg condemns"),
    ("A retired driver condemned Chad. Ada Berg waved to the crowd.", "Ada Berg condemns"),
    ("A retired driver condemned Chad. Ada Berg, a lawyer, waved to the crowd.", "retired driver condemns"),
    ("Norwegian Premier Ada Berg left. A retired driver condemned Chad. Berg waved.", "retired driver condemns"),
]


@pytest.mark.parametrize(("text", "expected"), LEADS)
def test_a_lead_describes_whom_the_next_sentence_names(statements: Find, text: str, expected: str) -> None:
    assert expected in statements(text)
