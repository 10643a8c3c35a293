"""Running quotations: whose the sentences are that have no cue of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

QUISPE = "Marta Quispe"

RUNNING = [
    ("“The bridge is closed,” Marta Quispe said. “It will open again.”", [QUISPE, QUISPE]),
    ("“The bridge is closed.\n\n“The road is open,” Marta Quispe said.", [QUISPE, QUISPE]),
    ("“One road is closed.\n\n“A second is open.\n\n“The third is new,” Marta Quispe said.", [QUISPE] * 3),
    ("Marta Quispe was blunt: “The bridge is closed. It is old.”", [QUISPE, QUISPE]),
    ("Marta Quispe wept. The bridge was old.\n\n“It is a very old bridge.”", []),
    ("I asked Marta Quispe why it was closed.\n\n“It is a very old bridge.”", ["I", QUISPE]),
]


@pytest.mark.parametrize(("text", "speakers"), RUNNING)
def test_whose_words(statements: Find, text: str, speakers: list[str]) -> None:
    assert [line.partition("|")[0] for line in statements(text)] == speakers
