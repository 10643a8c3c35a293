"""Scores that are worked out here and not by spaCy."""

from __future__ import annotations

import pytest

from evaluate import macro_f1


@pytest.mark.parametrize(
    "gold, guessed, score",
    [("ab", "ab", 1.0), ("ab", "ba", 0.0), ("aab", "aaa", 0.4), ("aa", "ab", 1 / 3)],
)
def test_macro_f1_is_the_mean_of_all_classes(gold: str, guessed: str, score: float) -> None:
    assert macro_f1(list(gold), list(guessed)) == pytest.approx(score)
