from __future__ import annotations

import pytest

from kg.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Côte \n d’Ivoire ", "cote d'ivoire"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("Ærø", "aero"),
        ("Ａ１", "a1"),
        ("한국", "한국"),
        ("हिन्दी", "हिनदी"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
