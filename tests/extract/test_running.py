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
    ("“Will the old bridge be closed?” Marta Quispe asked.", [QUISPE]),
    ("“It is a very old bridge.” Marta Quispe said.", [QUISPE]),
    ("Peru left. “It is a very old bridge.”\n\nMarta Quispe said Peru left.", [QUISPE]),
    ("“It was cold and they said no,” Marta Quispe said.", [QUISPE]),
    ("“Some farmers say the bridge is old,” Marta Quispe said.", [QUISPE]),
    ("Peru spoke first. “It is a very old bridge,” Marta Quispe said.", [QUISPE]),
]


@pytest.mark.parametrize(("text", "speakers"), RUNNING)
def test_whose_words(statements: Find, text: str, speakers: list[str]) -> None:
    assert [line.partition("|")[0] for line in statements(text)] == speakers
