"""Contents: the clause, the quotation or the objects that the tree gives a cue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.types import Findings

Extract = Callable[[str], Findings]

CONTENTS = [
    ("Peru said the bridge was closed.", ["the bridge was closed."]),
    ("The bridge, according to Peru, was closed.", ["The bridge, according to Peru, was closed."]),
    ("“The bridge,” Marta Quispe said, “is closed.”", ["“The bridge,” Marta Quispe said, “is closed.”"]),
    ("Peru condemned the raid on the bridge on Monday.", ["the raid on the bridge"]),
    ("The raid was condemned by Peru.", ["The raid"]),
    ("Peru praised Bolivia and the bridge was closed.", ["Bolivia"]),
]


@pytest.mark.parametrize(("text", "expected"), CONTENTS)
def test_contents(extract: Extract, text: str, expected: list[str]) -> None:
    found = [a.content for a in extract(text).attributions]
    assert [span and text[span.start : span.end] for span in found] == expected
