from __future__ import annotations

import pytest

from kg.language.pieces import CASINGS, MOST_PIECES, Vocabulary, casing

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "nor", "##way", "u", ".", "s", "##s", "way", "elan", "e", "“"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Norway", ["nor", "##way"]),
        ("way", ["way"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("Élan", ["elan"]),
        ("“", ["“"]),
        ("norx", ["[UNK]"]),
        ("中", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_pieces(word: str, expected: list[str]) -> None:
    assert [PIECES[i] for i in Vocabulary(PIECES).pieces(word)] == expected


def test_a_long_word_is_cut() -> None:
    assert len(Vocabulary(PIECES).pieces("." * 500)) == MOST_PIECES


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minister", "lower"),
        ("Minister", "title"),
        ("NATO", "upper"),
        ("A", "initial"),
        ("McKay", "mixed"),
        ("G20", "number"),
        ("1,500", "number"),
        ("--", "other"),
        ("U.S.", "upper"),
        ("بغداد", "mixed"),
    ],
)
def test_casing(word: str, expected: str) -> None:
    assert CASINGS[casing(word)] == expected
