"""Sources: who speaks, where the tree has the speaker elsewhere than right before the cue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

SOURCES = [
    ("Peru was accused of lying by Bolivia.", ["Bolivia|accuses|accused"]),
    ("A statement by the Peruvian army said the bridge was closed.", ["Peruvian army|states|said"]),
    ("A spokeswoman for the Peruvian navy denied the report.", ["Peruvian navy|denies|denied"]),
    ("Peru issued a statement denouncing the raid.", ["Peru|condemns|denouncing"]),
    ("Bolivia, which denied the report, closed the bridge.", ["Bolivia|denies|denied"]),
    ("Premier Marta Quispe cited Bolivia as saying the bridge was closed.", [
        "Marta Quispe|states|cited", "Bolivia|states|saying",
    ]),
    ("As Bolivia noted, the bridge was closed.", ["Bolivia|states|noted"]),
    ("Bolivia went on to condemn the raid.", ["Bolivia|condemns|condemn"]),
    ("Bolivia's demand for a new vote was ignored.", ["Bolivia|requests|demand"]),
    ("Amid warnings from Bolivia that the dam would break, the town was left.", ["Bolivia|warns|warnings"]),
    ("“The bridge is closed,” said Premier Marta Quispe. The statement added that work would begin.", [
        "Marta Quispe|states|said", "Marta Quispe|announces|added",
    ]),
    ("Peru issued a statement on Monday. The statement said the bridge was closed.", ["Peru|states|said"]),
    ("A report by Peru was long. Bolivia said it was wrong. The report said the bridge was closed.", [
        "Bolivia|states|said", "Peru|states|said",
    ]),
    ("One of the leaders of the party in Lima, Marta Quispe, said the bridge was closed.", [
        "Marta Quispe|states|said",
    ]),
    (
        "The former head of the Peruvian army said the bridge was closed.",
        ["The former head of the Peruvian army|states|said"],
    ),
    ("The commander of the Peruvian army said it was shut.", ["The commander of the Peruvian army|states|said"]),
    ("The bridge is 40 km long, according to estimates by Peru.", ["Peru|states|according to"]),
    ("The bridge is 40 km long, according to a letter sent by the Peruvian army.", [
        "Peruvian army|states|according to",
    ]),
    ("Bolivia left, papers reported quoting Marta Quispe.", ["papers|states|reported", "Marta Quispe|states|quoting"]),
    ("Lima: A senior Peruvian official on Monday praised the bridge.", [
        "A senior Peruvian official|supports|praised",
    ]),
    ("Premier Marta Quispe denied that Peru had closed the bridge and accused Bolivia of lying.", [
        "Marta Quispe|denies|denied", "Marta Quispe|accuses|accused",
    ]),
    ("Many Peruvians said the bridge was closed.", ["Peruvians|states|said"]),
    ("The Houthi rebel group said the bridge was closed.", ["Houthi|states|said"]),
    ("A Houthi splinter group said the bridge was closed.", ["Houthi splinter group|states|said"]),
    ("“The bridge is closed,” wrote Premier Marta Quispe in her letter.", ["Marta Quispe|states|wrote"]),
]  # fmt: skip

NOBODY = [
    "Bolivia was asked to condemn the raid.",
    "Bolivia left without condemning the raid.",
    "If Bolivia condemns the raid, the deal is dead.",
    "Bolivia sought to win the vote.",
    "Premier Marta Quispe was welcomed by Premier Luis Arana at the palace.",
    "The bridge, described on maps as old, was closed.",
    "The towns of Peru are ranked according to their size.",
    "Bolivia closed the bridge, according to local media reports.",
    "Bolivia closed the bridge. A report said it was old.",
]


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_sources(statements: Find, text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_no_source(statements: Find, text: str) -> None:
    assert statements(text) == []
