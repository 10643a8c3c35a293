"""Datelines: where a paragraph's first sentence begins after one, and what only looks like one."""

from __future__ import annotations

import pytest

from kg.language.datelines import dateline_end

DATELINES = [
    ("BAMAKO, Mali (AP) -- Rebels left.", "Rebels left."),
    ("BAMAKO -- Rebels left.", "Rebels left."),
    ("BAMAKO--Rebels left.", "Rebels left."),
    ("BAMAKO - Rebels left.", "Rebels left."),
    ("BAMAKO: Rebels left.", "Rebels left."),
    ("BAMAKO, 4 March – Rebels left.", "Rebels left."),
    ("BAMAKO, March 4 /TASS/ Rebels left.", "Rebels left."),
    ("Bamako (Reuters) - Rebels left.", "Rebels left."),
    ("Bamako — Rebels left.", "Rebels left."),
    ("RIO DE JANEIRO — “No,” he said.", "“No,” he said."),
    ("Rio de la Plata – Rebels left.", "Rebels left."),
    ("ÇORUM — Élan left.", "Élan left."),
]

NONE = [
    "Bamako: Rebels left.",
    "Mali - Rebels left.",
    "UN: Rebels left.",
    "BAMAKO (AP) Rebels left.",
    "BAMAKO rebels left.",
    "BAMAKO -- rebels left.",
    "Rebels in BAMAKO -- Mali left.",
    "“BAMAKO -- Rebels left.”",
    "BAMAKO --",
    "",
]


@pytest.mark.parametrize(("text", "rest"), [*DATELINES, *((text, text) for text in NONE)])
def test_what_follows_a_dateline(text: str, rest: str) -> None:
    assert text[dateline_end(text, 0, len(text)) :] == rest


def test_only_the_paragraph_is_read() -> None:
    text = "OSLO -- Talks failed.\nBAMAKO -- Rebels left."
    start, end = text.index("BAMAKO"), len(text)
    assert text[dateline_end(text, start, end) :] == "Rebels left."
    assert dateline_end(text, start, start + len("BAMAKO -- ")) == start
