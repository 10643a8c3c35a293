"""Names: which forms are of one person, and how alike two spellings are."""

from __future__ import annotations

import pytest

from kg.resolve.names import is_same_name, is_short_form, likeness, parts

PARTS = [
    ("Ingrid Solheim", ("ingrid", "solheim")),
    ("María José Quintero", ("maria", "jose", "quintero")),
    ("Park Ji-won", ("park", "ji", "won")),
    ("Sean O’Hanlon", ("sean", "ohanlon")),
    ("Sean O'Hanlon", ("sean", "ohanlon")),
    ("Robert Kessler Jr.", ("robert", "kessler", "jr")),
    ("A.K. Bala", ("a", "k", "bala")),
    ("Abdel al-Barudi", ("abdel", "al", "barudi")),
    ("", ()),
    ("李国强", ("李国强",)),
]

SHORT = [
    ("Solheim", "Ingrid Solheim", True),
    ("Ingrid", "Ingrid Solheim", True),
    ("SOLHEIM", "Ingrid Solheim", True),
    ("Quintero", "María José Quintero de la Vega", True),
    ("Jose Quintero", "María José Quintero de la Vega", True),
    ("al-Barudi", "Abdel Fattah al-Barudi", True),
    ("Barudi", "Abdel Fattah al-Barudi", True),
    ("Ji-won", "Park Ji-won", True),
    ("O’Hanlon", "Sean O'Hanlon", True),
    ("al", "Abdel Fattah al-Barudi", False),
    ("de la", "María José Quintero de la Vega", False),
    ("Bar", "Abdel Fattah al-Barudi", False),
    ("Lars Solheim", "Ingrid Solheim", False),
    ("Ingrid Solheim", "Solheim", False),
    ("", "Ingrid Solheim", False),
]

ALIKE = [
    ("Solheim", "Ingrid Solheim", 1.0, 1.0),
    ("Solhiem", "Ingrid Solheim", 0.8, 0.99),
    ("Sohleim", "Ingrid Solheim", 0.8, 0.99),
    ("Mr Solhem", "Ingrid Solheim", 0.8, 0.99),
    ("Brandt", "Ingrid Solheim", 0.0, 0.0),
    ("Solberg", "Ingrid Solheim", 0.01, 0.75),
    ("Sol", "Ingrid Solheim", 0.0, 0.0),
    ("Holheim", "Ingrid Solheim", 0.0, 0.0),
    ("", "Ingrid Solheim", 0.0, 0.0),
]


@pytest.mark.parametrize(("name", "expected"), PARTS)
def test_parts(name: str, expected: tuple[str, ...]) -> None:
    assert parts(name) == expected


@pytest.mark.parametrize(("short", "full", "expected"), SHORT)
def test_short_forms(short: str, full: str, expected: bool) -> None:
    assert is_short_form(short, full) is expected


@pytest.mark.parametrize(("name", "full", "least", "most"), ALIKE)
def test_likeness(name: str, full: str, least: float, most: float) -> None:
    assert least <= likeness(name, full) <= most


SAME = [
    ("Muhammad Talfat", "Mohamed Talfat", True),
    ("J. Solheim", "Jonas Solheim", True),
    ("Ingrid Solheim", "Ingrid Solhiem", True),
    ("Luis Brandt", "Manuel Brandt", False),
    ("Kentaro Abiko", "Kenzo Abiko", False),
    ("Yousef Talfat", "Yusuf Talfat", True),
    ("Solheim", "Solhiem", False),
]


@pytest.mark.parametrize(("name", "other", "expected"), SAME)
def test_two_spellings_of_one_name(name: str, other: str, expected: bool) -> None:
    assert is_same_name(name, other) is expected
