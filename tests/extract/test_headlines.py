"""Labels: speakers without a verb, before or after a colon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

LABELS = [
    ("Peru: no talks with Bolivia", ["Peru|states|:"]),
    ("Peruvian army: bridge must be closed", ["Peruvian army|requests|:"]),
    ("No talks with Bolivia: Peruvian foreign ministry", ["Peruvian foreign ministry|states|:"]),
    ("Three towns lost power: a lake, a dam and a bridge.", []),
    ("The towns are these: Lima and Cusco.", []),
    ("Bolivia: The bridge was closed on Monday.", []),
    ("Peruvian army: The bridge was closed on Monday.", ["Peruvian army|states|:"]),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels(statements: Find, text: str, expected: list[str]) -> None:
    assert statements(text) == expected
