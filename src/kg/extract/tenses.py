"""The tense of a clause, read off its verb and its auxiliaries."""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Token

from kg.extract.clauses import auxiliaries


class Tense(StrEnum):
    """When a clause says its act to be, seen from the day of writing; NONE for infinitives and participles."""

    PAST = "past"
    BEFORE_PAST = "before past"
    PERFECT = "perfect"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"


def tense(predicate: Token) -> Tense:
    """The tense of the clause of `predicate`: "had met" is BEFORE_PAST, "would meet" FUTURE, "to meet" NONE."""
    words = auxiliaries(predicate)
    lemmas = {word.lemma_.lower() for word in words}
    finite = next((word for word in words if word.tag_ in {"VBD", "VBZ", "VBP", "MD"}), predicate)
    if finite.tag_ == "MD":
        perfect = any(word.lower_ == "have" for word in words)
        return Tense.PAST if perfect else Tense.FUTURE if lemmas & _COMING else Tense.PRESENT
    if any(word.lower_ == "to" for word in words):
        return _to_come(finite) if finite is not predicate else Tense.NONE
    if finite.tag_ == "VBD" or (finite.tag_ in {"VBP", "VBZ"} and finite.lower_.endswith("ed")):
        had = finite.lemma_ == "have" and finite is not predicate
        return Tense.BEFORE_PAST if had else Tense.PAST
    if finite.tag_ in {"VBZ", "VBP"}:
        return Tense.PERFECT if finite.lemma_ == "have" and finite is not predicate else Tense.PRESENT
    return Tense.PAST if predicate.tag_ == "VBN" and predicate.dep_ == "root" else Tense.NONE


_COMING = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "'d", "’d"})


def _to_come(finite: Token) -> Tense:
    """ "Is to meet", "has to meet"; "was to meet" was to come then."""
    return Tense.FUTURE if finite.lemma_ == "be" or finite.tag_ in {"VBZ", "VBP"} else Tense.PAST
