"""How like a name is to what somebody wrote: from 0 to 1, and in which way.

Words are matched one to one, as by Monge and Elkan (1996), with the optimal string alignment of letters between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from kg.web.reconcile.forms import Form, loosen
from kg.web.reconcile.vocabulary import allowed_edits


class Way(IntEnum):
    """In which way two names are alike, the surest last."""

    PARTLY = 0
    BY_SOUND = 1
    MISSPELT = 2
    RESPELT = 3
    REORDERED = 4
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`value` is from 0 to 1; `strange` are words of what was written that stand for other words of the name."""

    value: float
    way: Way
    strange: tuple[str, ...] = ()


_NONE = Likeness(0.0, Way.PARTLY)
_SAME_SCRIPT_OTHER_LETTERS = 0.88
_PER_EDIT = 0.6  # of the share of letters that differ, that likeness loses
_PER_BONE = 0.5
_INITIAL, _ABBREVIATED = 0.8, 0.9
_LEAST_OF_WORD = 0.65
_ASKED_SHARE = 0.65  # how much more it matters that all words asked for are found than that all of the name are


def compare(asked: Form, name: Form) -> Likeness:
    """How like `name` is to what was `asked`."""
    if asked.plain == name.plain:
        return Likeness(1.0, Way.EXACT)
    if asked.whole == name.whole:
        if asked.is_latin or name.is_latin:
            return Likeness(0.97, Way.EXACT)
        # Two words of one script that only sound alike, as 王伟 and 王维.
        return Likeness(_SAME_SCRIPT_OTHER_LETTERS, Way.BY_SOUND)
    if len(asked.tokens) > 1 and sorted(asked.tokens) == sorted(name.tokens):
        return Likeness(0.98, Way.REORDERED)
    words = _compare_words(asked, name)
    if any(len(token) == 1 for token in _strangers(asked, name)):
        # An initial stands for a word: no slip of the pen makes Sudan of S. Sudan.
        return words
    return max(_compare_sound(asked, name), _compare_letters(asked, name), words, key=_value)


def _value(likeness: Likeness) -> tuple[float, Way]:
    return likeness.value, likeness.way


def _compare_sound(asked: Form, name: Form) -> Likeness:
    if len(asked.loose) > 3 and asked.loose == name.loose:
        return Likeness(0.96, Way.RESPELT, _strangers(asked, name))
    edits = OSA.distance(asked.bones, name.bones)
    if len(asked.bones) > 2 and edits <= allowed_bones(asked):
        # Where vowels are not written, as in Arabic, the consonants are all there is.
        shape = OSA.normalized_similarity(asked.loose, name.loose)
        least = 0.5 if asked.is_latin and name.is_latin else 0.62
        value = least + (0.9 - least) * shape - _PER_BONE * edits / len(asked.bones)
        return Likeness(value, Way.BY_SOUND, _strangers(asked, name))
    return _NONE


def allowed_bones(asked: Form) -> int:
    """How many consonants may differ; none where vowels tell of the name as well."""
    return 0 if asked.is_latin else min(2, len(asked.bones) // 4)


def _compare_letters(asked: Form, name: Form) -> Likeness:
    """The names as a whole, blanks left out."""
    longest = max(len(asked.whole), len(name.whole))
    edits = OSA.distance(asked.whole, name.whole, score_cutoff=allowed_edits(longest))
    if edits > allowed_edits(longest):
        return _NONE
    return Likeness(1 - _PER_EDIT * edits / longest, Way.MISSPELT, _strangers(asked, name))


def _strangers(asked: Form, name: Form) -> tuple[str, ...]:
    return tuple(token for token in asked.tokens if token not in name.tokens)


def _compare_words(asked: Form, name: Form) -> Likeness:
    """The best one-to-one match of words; each weighs as much as it has letters."""
    left = list(name.tokens)
    found = found_of_name = 0.0
    for token in sorted(asked.tokens, key=len, reverse=True):
        best = max(left, key=lambda other: compare_words(token, other), default=None)
        likeness = compare_words(token, best) if best else 0.0
        if best and likeness >= _LEAST_OF_WORD:
            left.remove(best)
            found += likeness * len(token)
            found_of_name += likeness * len(best)
    of_asked = found / max(1, len(asked.whole))
    of_name = found_of_name / max(1, len(name.whole))
    return Likeness(0.94 * (_ASKED_SHARE * of_asked + (1 - _ASKED_SHARE) * of_name), Way.PARTLY)


def compare_words(asked: str, word: str) -> float:
    """How like one word is to another: initials and beginnings count for the whole."""
    if asked == word:
        return 1.0
    if len(asked) == 1 or len(word) == 1:
        return _INITIAL if asked[0] == word[0] else 0.0
    if len(asked) >= 3 and word.startswith(asked):
        return _ABBREVIATED
    likeness = OSA.normalized_similarity(asked, word)
    return max(likeness, 0.95 * OSA.normalized_similarity(loosen(asked), loosen(word)))
