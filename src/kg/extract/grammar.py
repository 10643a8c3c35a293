"""Closed classes of English words, from `data/lexicon/grammar.toml`, all in lower case."""

from __future__ import annotations

from kg.extract.lexicon import read_lexicon


def _words(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("grammar")[name])


BE = _words("be")
HAVE = _words("have")
DO = _words("do")
MODALS = _words("modals")
NEGATORS = _words("negators")
ADVERBS = _words("adverbs")
DETERMINERS = _words("determiners")
DEFINITE = _words("definite")
POSSESSIVE_PRONOUNS = _words("possessive_pronouns")
POSSESSIVE_MARKS = _words("possessive_marks")
SUBJECT_PRONOUNS = _words("subject_pronouns")
FIRST_PERSON = _words("first_person")
PREPOSITIONS = _words("prepositions")
TOWARD = _words("toward")
NOT_OBJECT = _words("not_object")
NOT_PARTNER = _words("not_partner")
BEFORE_DETERMINER = _words("before_determiner")
JOINS = _words("joins")
LINKS = _words("links")
CLAUSE = _words("clause")
SUBORDINATORS = _words("subordinators")
RELATIVES = _words("relatives")
BEFORE_GERUND = _words("before_gerund")
AFTER_VERB = _words("after_verb")
LIGHT_VERBS = _words("light_verbs")
BEFORE_INVERSION = _words("before_inversion")
AFTER_INVERSION = _words("after_inversion")
BEFORE_OTHER_TIME = _words("before_other_time")
