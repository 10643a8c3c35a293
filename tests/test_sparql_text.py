from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sparql_text import to_iri, to_literal

STORE = ox.Store()
HOSTILE = ['"', "\\", '\\"', "\\u0022", "\\\\u0022", '" ) . ?s ?p ?o . #', "a\r\nb\tc", "service <x> {", "{", "’"]


def read_back(text: str) -> str:
    (solution,) = STORE.query(f"SELECT ({to_literal(text)} AS ?x) {{}}")
    return solution["x"].value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    assert read_back(text) == text


@given(st.text())
def test_any_words_stay_words(text: str) -> None:
    assert read_back(text) == text


@pytest.mark.parametrize(
    "iri", ["http://x/> ?p ?o", "http://x/a b", 'http://x/"', "http://x/{", "http://x/\\u003e", ""]
)
def test_what_is_no_iri_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        to_iri(iri)


def test_any_letter_may_stand_in_an_iri() -> None:
    assert to_iri("http://x/person/άννα-中") == "<http://x/person/άννα-中>"
