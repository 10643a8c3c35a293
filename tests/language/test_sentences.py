from __future__ import annotations

import pytest
import spacy

from kg.language.sentences import may_start_sentence

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("It rained. We left.", ["It", "We"]),
        ("He lives in the U.S. today.", ["He"]),
        ("He left the U.S. The talks failed.", ["He", "The"]),
        ("“We stay.” Then they left.", ["“", "Then"]),
        ("“Will you stay?” he asked.", ["“"]),
        ("Talks fail\nThe talks in Oslo failed", ["Talks", "The"]),
        ("Gen. Solheim said no.", ["Gen."]),
        ("  \n Oslo", ["Oslo"]),
        ("", []),
    ],
)
def test_where_a_sentence_may_start(text: str, starts: list[str]) -> None:
    assert [t.text for t in NLP.make_doc(text) if may_start_sentence(t)] == starts
