"""Anaphors: pronouns and descriptions that stand for an agent named elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faults import fault

Find = Callable[[str], list[str]]

PRONOUNS = [
    ("He left.", ["He"]),
    ("She left.", ["She"]),
    ("They left.", ["They plural"]),
    ("It left.", ["It"]),
    ("The US left; let us stay.", ["us plural"]),
    ("“We will stay,” I said.", ["We plural", "I"]),
    ("The army moved its tanks.", ["its"]),
    ("The aides gave him their word.", ["The aides plural aide", "him", "their plural"]),
]

DESCRIBED = [
    ("The Egyptian president left.", ["The Egyptian president president EGY"]),
    ("Egypt's prime minister left.", ["Egypt's prime minister prime minister EGY"]),
    ("The prime minister left.", ["The prime minister prime minister"]),
    ("The former Peruvian leader left.", ["The former Peruvian leader leader PER"]),
    ("The president of Chad left.", ["The president of Chad president TCD"]),
    ("His Chinese counterpart left.", ["His Chinese counterpart counterpart CHN"]),
    ("The foreign ministry spokesman left.", ["The foreign ministry spokesman foreign ministry spokesman"]),
    ("The UN secretary-general left.", ["The UN secretary-general UN secretary-general"]),
]

PLURAL = [
    ("Both officials left.", ["Both officials plural 2x official"]),
    ("The officials left.", ["The officials plural official"]),
    ("The two officials left.", ["The two officials plural 2x official"]),
    ("The advisers left.", ["The advisers plural adviser"]),
    ("The two leaders left.", ["The two leaders plural 2x leader"]),
    ("The two countries agreed.", ["The two countries plural 2x country"]),
    ("Both countries agreed.", ["Both countries plural 2x country"]),
    ("The two sides agreed.", ["The two sides plural 2x side"]),
    ("Both sides agreed.", ["Both sides plural 2x side"]),
    ("The three nations agreed.", ["The three nations plural 3x nation"]),
    fault(
        "The two foreign ministers left.",
        ["The two foreign ministers plural 2x minister"],
        reason="a number before its noun hides that the words point back",
    ),
    ("The ministers left.", ["The ministers plural minister"]),
    ("These diplomats left.", ["These diplomats plural diplomat"]),
    ("Both parties agreed.", ["Both parties plural 2x party"]),
]

NONE = [
    "Countries agreed.",
    "A minister left.",
    "An official left.",
    "The party won.",
    "The countryside burned.",
    "The US left.",
    "Foreign Minister Ingrid Solheim left.",
    "Ingrid Solheim, the Norwegian foreign minister, left.",
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS + DESCRIBED + PLURAL)
def test_anaphors(anaphors: Find, text: str, expected: list[str]) -> None:
    assert anaphors(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_anaphor(anaphors: Find, text: str) -> None:
    assert anaphors(text) == []
