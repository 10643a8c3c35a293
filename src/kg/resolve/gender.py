"""Gender: which pronouns fit a person, where an honorific, the words of an office or a given name tell it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from kg.reference import read_table
from kg.resolve.names import parts
from kg.resources import resource
from kg.types import PersonFact

_WOMEN = frozenset({"queen", "princess", "empress", "lady", "sheikha", "duchess", "actress", "congresswoman"})
_MEN = frozenset({"king", "prince", "emperor", "sheikh", "duke", "pope", "actor", "congressman", "sultan", "emir"})
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


def fits(person: PersonFact, pronoun: str) -> bool:
    """False where `pronoun`, in lower case, is of the other gender than `person` is known to be."""
    return gender_of(person) in {"", _PRONOUNS.get(pronoun, "")} or pronoun not in _PRONOUNS


def gender_of(person: PersonFact) -> str:
    """`f`, `m`, or nothing where neither honorific, office nor given name shows it."""
    if person.gender:
        return person.gender
    words = {word for post in person.posts for word in parts(post.role)}
    if words & _WOMEN or any(word.endswith("woman") for word in words):
        return "f"
    if words & _MEN or any(word.endswith("man") for word in words):
        return "m"
    first, *rest = parts(person.label) or ("",)
    return _given().get(first, "") if rest else ""


@functools.cache
def _given() -> Mapping[str, str]:
    """Gender by given name, in lower-case ASCII."""
    return {"".join(parts(row["name"])): row["gender"] for row in read_table(resource("data", "given_names.csv"))}
