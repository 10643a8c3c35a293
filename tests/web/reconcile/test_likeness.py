from __future__ import annotations

import pytest

from kg.web.reconcile.forms import to_form
from kg.web.reconcile.likeness import Way, compare, compare_words


@pytest.mark.parametrize(
    ("asked", "name", "way", "least", "most"),
    [
        ("côte d'ivoire", "Côte d’Ivoire", Way.EXACT, 1, 1),
        ("Kim Jongun", "Kim Jong-un", Way.EXACT, 1, 1),
        ("Sullivan Jake", "Jake Sullivan", Way.REORDERED, 0.98, 0.98),
        ("XiJinPing", "习近平", Way.EXACT, 0.97, 0.97),
        ("王维", "王伟", Way.BY_SOUND, 0.88, 0.88),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", Way.MISSPELT, 0.95, 0.97),
        ("Phillipines", "Philippines", Way.RESPELT, 0.96, 0.96),
        ("Nigera", "Nigeria", Way.MISSPELT, 0.9, 0.92),
        ("S. Sudan", "Sudan", Way.PARTLY, 0.7, 0.9),
        ("J. Sullivan", "Jake Sullivan", Way.PARTLY, 0.75, 0.95),
        ("Sullivan", "Jake Sullivan", Way.PARTLY, 0.7, 0.9),
        ("محمد بن سلمان", "Mohammed bin Salman", Way.BY_SOUND, 0.7, 0.9),
        ("Germany", "Portugal", Way.PARTLY, 0, 0.3),
    ],
)
def test_compare(asked: str, name: str, way: Way, least: float, most: float) -> None:
    likeness = compare(to_form(asked), to_form(name))
    assert likeness.way is way and least <= likeness.value <= most


@pytest.mark.parametrize(
    ("asked", "word", "likeness"),
    [("x", "x", 1), ("j", "jake", 0.8), ("jake", "j", 0.8), ("j", "sam", 0), ("rep", "republic", 0.9), ("re", "xy", 0)],
)
def test_compare_words(asked: str, word: str, likeness: float) -> None:
    assert compare_words(asked, word) == likeness


def test_words_that_stand_for_others_are_named() -> None:
    assert compare(to_form("Jane Sullivan"), to_form("Jake Sullivan")).strange == ("jane",)
