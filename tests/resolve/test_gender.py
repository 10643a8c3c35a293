"""Gender: which pronouns fit a person."""

from __future__ import annotations

import pytest

from kg.resolve.gender import fits, gender_of
from kg.types import PersonFact, Post

KNOWN = [
    ("Maria Quintero", "", "f"),
    ("Robert Kessler", "", "m"),
    ("Solheim", "spokeswoman", "f"),
    ("Khalid bin Rashid", "Crown Prince", "m"),
    ("Xyzzy Plugh", "minister", ""),
    ("Maria", "", ""),
]


def _person(name: str, role: str) -> PersonFact:
    return PersonFact("person/a", name, True, posts=(Post("post/a", role),) if role else ())


@pytest.mark.parametrize(("name", "role", "expected"), KNOWN)
def test_gender(name: str, role: str, expected: str) -> None:
    assert gender_of(_person(name, role)) == expected


FITTING = [("Maria Quintero", "she", True), ("Maria Quintero", "he", False), ("Xyzzy Plugh", "he", True)]


@pytest.mark.parametrize(("name", "pronoun", "expected"), FITTING)
def test_which_pronouns_fit(name: str, pronoun: str, expected: bool) -> None:
    assert fits(_person(name, ""), pronoun) is expected
