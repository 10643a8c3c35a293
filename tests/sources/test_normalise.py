"""Characters come out in one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e\u0301te\u0301", "été"),
        ("5\xa0000\u2009km", "5 000 km"),
        ("co\xadoper\u200bation\ufeff", "cooperation"),
        ("\u202aincrease\u202c", "increase"),
        ("bell\x07 and tab\there", "bell and tab here"),
        ("Johnson &amp; Sons&#8217; &nbsp;car", "Johnson & Sons’  car"),
        ("R&D; A&B", "R&D; A&B"),
        ("donâ€™t â€œgoâ€\x9d to the cafÃ©", "don’t “go” to the café"),
        ("it\x92s \x93here\x94", "it’s “here”"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("CAFÉ» and Île-de-France", "CAFÉ» and Île-de-France"),
    ],
)
def test_characters(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_any_text_becomes_nfc_that_can_be_encoded(text: str) -> None:
    result = normalise(text)
    assert unicodedata.is_normalized("NFC", result)
    assert not set(result) & set("\r\t\xa0\u200b\xad\x00")
    result.encode("utf-8")
