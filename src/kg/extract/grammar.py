"""Closed classes of English words, from `data/lexicon/grammar.toml`, all in lower case."""

from __future__ import annotations

from kg.extract.lexicon import read_lexicon


def _words(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("grammar")[name])


DO = _words("do")
MODALS = _words("modals")
NEGATORS = _words("negators")
DETERMINERS = _words("determiners")
DEFINITE = _words("definite")
POSSESSIVE_PRONOUNS = _words("possessive_pronouns")
POSSESSIVE_MARKS = _words("possessive_marks")
SUBJECT_PRONOUNS = _words("subject_pronouns")
FIRST_PERSON = _words("first_person")
PREPOSITIONS = _words("prepositions")
JOINS = _words("joins")
LINKS = _words("links")
LIGHT_VERBS = _words("light_verbs")
BEFORE_INVERSION = _words("before_inversion")
