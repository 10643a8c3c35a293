"""A name as somebody writes it -> the forms in which it is compared: as written, in Latin letters, by sound."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from kg.folding import fold

MOST_CHARACTERS = 200
"""Of a longer text the rest is left out: no name is that long."""

_MOST_TOKENS = 12
_APOSTROPHES = re.compile(r"[’‘'`´ʼʻʿʾ]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_SIGNS = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"[a-z0-9]+")
_WRITTEN = "LMN"  # categories of characters: letters, marks, numbers
_LEFT_OUT = frozenset(("the",))
_WRITTEN_OUT = {"st": "saint", "dem": "democratic", "fed": "federal", "isl": "islands", "is": "islands"}

# Spellings of one sound, in the order in which they are replaced.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        ("tsch|tch|sch|sh|ch|cz|sz|zh|dzh|dj", "c"),
        ("ph", "f"),
        ("kh|gh", "h"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ou|oo", "u"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("y|(?<=.)j(?![aeiou])", "i"),
        ("z", "s"),
        ("c(?=[aou])", "k"),
        (r"(.)\1+", r"\1"),
    )
)
_BONES = str.maketrans(dict(zip("bvgqdszcj", "pfkktssss", strict=True)) | dict.fromkeys("aeiouywh"))
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is compared.

    `plain` is what is written, without case, accents, blanks and signs; `tokens` its words in Latin letters, `whole`
    these without blanks; `loose` is the same for spellings of one sound, `bones` its consonants alone.
    """

    plain: str
    tokens: tuple[str, ...]
    whole: str
    loose: str
    bones: str

    @property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return self.plain.isascii()


@functools.lru_cache(maxsize=20_000)
def to_form(name: str) -> Form:
    """The forms of `name`; all are empty where it has no letter and no digit."""
    text = unicodedata.normalize("NFKC", name[:MOST_CHARACTERS].encode(errors="ignore").decode())
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), _APOSTROPHES.sub("", text))
    text = text.replace("&", " and ")
    latin = (text if text.isascii() else anyascii(text)).lower()
    words = [_WRITTEN_OUT.get(word, word) for word in _WORDS.findall(_APOSTROPHES.sub("", latin))[:_MOST_TOKENS]]
    tokens = tuple(word for word in words if word not in _LEFT_OUT) or tuple(words)
    return make_form(_write_plainly(text), tokens)


def _write_plainly(text: str) -> str:
    if text.isascii():
        return _SIGNS.sub("", text.lower())
    return "".join(c for c in fold(text) if unicodedata.category(c)[0] in _WRITTEN)


def make_form(plain: str, tokens: tuple[str, ...]) -> Form:
    """The form that has these words, written as `plain`."""
    whole = "".join(tokens)
    loose = loosen(whole)
    return Form(plain, tokens, whole, loose, _DOUBLED.sub(r"\1", loose.translate(_BONES)))


@functools.lru_cache(maxsize=50_000)
def loosen(word: str) -> str:
    """`word` as it is for all spellings of its sounds: Zelenskiy, Zelenskyy and Selenskyj are one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
