"""What the words around a time say of it: whether its clause looks ahead, whether it is the day of writing."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from kg.extract.clauses import auxiliaries, children, is_predicate
from kg.extract.tenses import Tense, tense
from kg.extract.time_chains import verbs
from kg.extract.time_checks import last_words
from kg.extract.time_sites import find_site
from kg.types import TimeMention

_CARRIED = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"})
_PLACE_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.'’()-]*(?:[ ,/]+[\w.'’()/-]+){0,5}?\s*[,–—-]\s*\(?$")
_AGENCY_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)|/[^/\n]{2,20}/|\)?\s*[:–—-])")
_LABEL_BEFORE = re.compile(
    r"(?:(?:last )?(?:published|updated|posted|modified|issued|date)(?: on| at)?\s*:?)?\s*$", re.I
)
_CLOCK_AFTER = re.compile(
    r"[\s,|•·-]*(?:at\s*)?(?:\d{1,2}[:.]\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[A-Z]{2,4})?[^\S\n]*(?:\n|$)"
)
_TODAY_BEFORE = re.compile(r"\btoday,?\s*\(?$", re.IGNORECASE)
_LONGEST_PLACE = 60
_LINES_ABOVE = 3
_TOP = 1000


def find_direction(doc: Doc, text: str, mention: TimeMention) -> int:
    """-1 after "since", 1 where the clause around `mention` looks ahead, else 0."""
    if last_words(text, mention.span.start)[1] == "since":
        return -1
    site = find_site(doc, mention)
    return int(site is not None and _looks_ahead(site.governor))


def _looks_ahead(act: Token) -> bool:
    """True for an act that is to come: by its tense, by what governs it, by what kind of act it is."""
    lemma = act.lemma_.lower()
    if lemma in verbs("timed_ahead") and act.tag_ in {"VBN", "JJ", "NN"}:
        return True
    if not is_predicate(act):
        coming = any(c.lower_ in verbs("upcoming") for c in children(act, "amod", "compound"))
        return coming or (act.dep_ in _CARRIED and act.head != act and _looks_ahead(act.head))
    told = tense(act)
    if told is Tense.PRESENT:
        return lemma in verbs("scheduled") or any(word.tag_ == "MD" for word in auxiliaries(act))
    if told is not Tense.NONE or act.head == act:
        return told is Tense.FUTURE
    return _is_aim(act) or _looks_ahead(act.head)


def _is_aim(act: Token) -> bool:
    """True for an infinitive that its governor puts ahead: "plans to meet", "a summit to be held"."""
    if not any(word.lower_ == "to" for word in auxiliaries(act)):
        return False
    return act.dep_ == "acl" or (act.dep_ != "advcl" and act.head.lemma_.lower() in verbs("ahead"))


def is_dateline(text: str, mention: TimeMention) -> bool:
    """True where a day is that of writing: "SEOUL, July 9 (Reuters)", "today (9 July)", a line "Published: 9 July".

    A date on a line of its own counts only near the top; further down it heads a part of a timeline.
    """
    if mention.day is None or mention.month is None:
        return False
    start, end = mention.span.start, mention.span.end
    near = text[max(0, start - _LONGEST_PLACE) : start]
    if _TODAY_BEFORE.search(near):
        return True
    line = near.rpartition("\n")[2]
    if len(line) == _LONGEST_PLACE:
        return False
    if _PLACE_BEFORE.match(line) and _AGENCY_AFTER.match(text, end):
        return True
    if start > _TOP or not (_LABEL_BEFORE.match(line) and _CLOCK_AFTER.match(text, end)):
        return False
    return sum(1 for above in text[:start].splitlines() if above.strip()) <= _LINES_ABOVE
