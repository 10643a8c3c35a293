"""Names of people: which forms are of one person."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

from kg.reference import read_table
from kg.resources import resource

_FULL = 2
_SPELT_ALIKE = 0.65
# How alike their consonants alone must be: vowels are what transliterations differ in.
_SOUND_ALIKE = 0.75
_PARTICLES = frozenset(
    {
        "bin",
        "al",
        "el",
        "de",
        "van",
        "von",
        "der",
        "den",
        "da",
        "di",
        "du",
        "la",
        "le",
        "abu",
        "ibn",
        "ul",
        "bint",
        "ben",
    }
)


def parts(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case ASCII where that exists; hyphened parts count apart and as one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return tuple(re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", "")))


def is_short_form(short: str, full: str) -> bool:
    """True where every word of `short` is one of `full`, and not a particle alone."""
    own, whole = set(parts(short)), set(parts(full))
    return bool(own) and own <= whole and not own <= _PARTICLES


def likeness(name: str, full: str) -> float:
    """How alike two spellings are, 0 to 1: the best match of the last word of `name` among the words of `full`.

    Ratcliff and Obershelp's measure (1988), over words that begin alike; 0 where they do not.
    """
    last = parts(name)[-1:]
    if not last:
        return 0.0
    same = [p for p in parts(full) if p[:2] == last[0][:2] and abs(len(p) - len(last[0])) <= 2]
    return max((difflib.SequenceMatcher(None, last[0], p).ratio() for p in same), default=0.0)


def family_name(name: str) -> str:
    """The words of a name without a given name that stands first."""
    first, _, rest = name.partition(" ")
    return rest if rest and parts(first)[:1] and parts(first)[0] in _given_names() else name


@functools.cache
def _given_names() -> frozenset[str]:
    return frozenset("".join(parts(row["name"])) for row in read_table(resource("data", "given_names.csv")))


def is_same_name(name: str, other: str) -> bool:
    """True for two spellings of one full name: as many words, each an initial of or close to its fellow.

    "Muhammad Talfat" and "Mohamed Talfat", "J. Ortega" and "Julio Ortega"; not "Luis Zelaya" and "Manuel Zelaya".
    """
    own, theirs = parts(name), parts(other)
    if len(own) != len(theirs) or len(own) < _FULL:
        return False
    same = sum(a == b for a, b in zip(own, theirs, strict=True))
    return same >= 1 and all(_is_alike(a, b) for a, b in zip(own, theirs, strict=True))


def _is_alike(word: str, other: str) -> bool:
    if word[0] == other[0] and min(len(word), len(other)) == 1:
        return True
    if word[0] != other[0] or _ratio(word, other) < _SPELT_ALIKE:
        return False
    return _ratio(_consonants(word), _consonants(other)) >= _SOUND_ALIKE


def _ratio(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()


def _consonants(word: str) -> str:
    """The word without vowels, doubled letters once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", word))
