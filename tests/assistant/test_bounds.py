from __future__ import annotations

import pytest

from kg.assistant.bounds import first, fit, shorten


@pytest.mark.parametrize("text, most, short", [("abcdef", 6, "abcdef"), ("abcdef", 5, "abc …"), ("", 5, "")])
def test_shorten(text: str, most: int, short: str) -> None:
    assert shorten(text, most) == short


@pytest.mark.parametrize(
    "sizes, number", [([], 0), ([5], 1), ([99], 1), ([99, 1], 1), ([5, 5], 2), ([5, 5, 1], 2), ([0, 11], 1)]
)
def test_fit(sizes: list[int], number: int) -> None:
    assert fit(sizes, most=10) == number


def test_first() -> None:
    assert first([3, 3, 1, 2], most=2) == (3, 1)
    assert first([]) is None
