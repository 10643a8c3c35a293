"""Anaphora: whom pronouns and descriptions stand for, seen by who acts and speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]

TWO = "Norwegian Foreign Minister Ingrid Solheim met her Danish counterpart, Lars Brandt. "
ONE = "Norwegian Foreign Minister Ingrid Solheim left. "

SPEAKERS = [
    (ONE + "She condemned Chad.", "Ingrid Solheim condemns"),
    (ONE + "She left. She condemned Chad.", "Ingrid Solheim condemns"),
    (TWO + "They condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "Both officials condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "Both ministers condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "The ministers condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "The diplomats condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "The two sides condemned Chad.", "NOR+DNK condemns"),
    (TWO + "The two countries condemned Chad.", "NOR+DNK condemns"),
    (TWO + "Both countries condemned Chad.", "NOR+DNK condemns"),
    (TWO + "The Danish minister condemned Chad.", "Lars Brandt condemns"),
    (TWO + "The Norwegian foreign minister condemned Chad.", "Ingrid Solheim condemns"),
    (TWO + "Denmark's foreign minister condemned Chad.", "Lars Brandt condemns"),
    (TWO + "The Danish president condemned Chad.", "Danish president condemns"),
    (TWO + "He condemned Chad.", "Ingrid Solheim condemns"),
    (
        "Norwegian Premier Maria Solheim met Danish Premier Robert Brandt. He condemned Chad.",
        "Robert Brandt condemns",
    ),
    ("Mr Lahcen Omar met Ms Sanjana Obiri, the Danish president. He condemned Chad.", "Lahcen Omar condemns"),
    ("Mr Lahcen Omar met Ms Sanjana Obiri, the Danish president. She condemned Chad.", "Sanjana Obiri condemns"),
    (ONE + "A Danish police spokeswoman denied the report. She condemned Chad.", "Danish police condemns"),
    ("Norway left. It condemned Chad.", "NOR condemns"),
    ("The Norwegian army left. It condemned Chad.", "Norwegian army condemns"),
    ("Norway and Denmark met. The two countries condemned Chad.", "NOR+DNK condemns"),
    ("Norway and Denmark met. Both sides condemned Chad.", "NOR+DNK condemns"),
    ("Norway and Denmark met. They condemned Chad.", "NOR+DNK condemns"),
    ("Ten Norwegian soldiers left. They condemned Chad.", "Ten Norwegian soldiers condemns"),
    ("Norwegian adviser Jake Tolliver and his Danish counterpart, Lars Brandt, left. The advisors condemned Chad.",
     "Jake Tolliver+Lars Brandt condemns"),
    (TWO + "The two officials condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (TWO + "The two ministers condemned Chad.", "Ingrid Solheim+Lars Brandt condemns"),
    (ONE + "The minister condemned Chad.", "Ingrid Solheim condemns"),
    # Who speaks goes on speaking, unless the article turns to somebody else.
    ("Ada Berg said that Lars Brandt would leave. She condemned Chad.", "Ada Berg condemns"),
    ("Ada Berg said no. The plans of Lars Brandt were read. She condemned Chad.", "Ada Berg condemns"),
    ("Ada Berg said no. Lars Brandt came in. He condemned Chad.", "Lars Brandt condemns"),
    ("Chadian police came. They condemned Niger.", "Chadian police condemns"),
    ("Norway said no to Chad. It condemned Niger.", "NOR condemns"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_who_speaks(statements: Find, text: str, expected: str) -> None:
    assert statements(text)[-1:] == [expected]


ACTORS = [
    ("Norway left. Its army shelled Chad.", "ASSAULT shelled: army > TCD"),
    (
        ONE + "Solheim visited Chad, where she met Chadian Premier Idrissa Maloum.",
        "CONSULT met: Ingrid Solheim+Idrissa Maloum > -",
    ),
    ("Norway condemned Chad's raid and its attack on Niger.", "ASSAULT attack: TCD > NER"),
    ("Norway said it had shelled Chad.", "ASSAULT shelled: NOR > TCD"),
    ("Norway said that its troops had shelled Chad.", "ASSAULT shelled: troops > TCD"),
    (
        "Premier Ingrid Solheim said she had met Premier Idrissa Maloum.",
        "CONSULT met: Ingrid Solheim+Idrissa Maloum > -",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ACTORS)
def test_who_acts(events: Find, text: str, expected: str) -> None:
    assert expected in events(text)


UNKNOWN = [
    "They condemned Chad.",
    "She condemned Chad.",
    "It condemned Chad.",
    "Both officials condemned Chad.",
    "The two countries condemned Chad.",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_nobody_named_nobody_meant(statements: Find, text: str) -> None:
    assert [line for line in statements(text) if "group" in line or "+" in line] == []


QUOTED = [
    ("Ada Berg met Lars Brandt. “Chad attacked him,” Berg said.", "ASSAULT attacked: TCD > Lars Brandt"),
    ("Lars Brandt met Ada Berg. “Chad attacked her,” Brandt said.", "ASSAULT attacked: TCD > Ada Berg"),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_a_pronoun_inside_a_quotation_is_not_its_speaker(events: Find, text: str, expected: str) -> None:
    assert expected in events(text)


def test_we_inside_a_quotation_is_its_speaker(events: Find) -> None:
    found = events("“We have shelled Chad for ten days,” said Norwegian Premier Ingrid Solheim.")
    assert "ASSAULT shelled: Ingrid Solheim > TCD" in found
