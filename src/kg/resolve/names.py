"""Names of people: which forms are of one person."""

from __future__ import annotations

import difflib
import re
import unicodedata

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
