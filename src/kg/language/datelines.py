"""The dateline that a paragraph opens with: "KILIS, Turkey (AP) -- ", which is no part of its first sentence."""

from __future__ import annotations

import re

_WORD = r"(?:[^\W\d_a-z][\w.'’]*(?:-\w+)*|\d{1,4}|of|de|del|la|el|al)"
_AGENCY = r"(?:\([A-Z][\w ./-]{1,24}\)|/[A-Z][\w ]{1,24}/\.?)"
_DATELINE = re.compile(
    rf"(?P<place>{_WORD}(?:,? {_WORD}){{0,6}}),?"
    rf"(?:\s*(?P<agency>{_AGENCY}))?"
    r"\s*(?P<mark>--|[—–:-])?(?:\s+|(?<=--))(?=[\"“‘'(]?[^\W\d_a-z])"
)
_LONG_MARKS = frozenset({"--", "—", "–"})


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the sentence after the dateline begins, in code points of `text`; `start` where there is none.

    A dateline is names and numbers up to a dash or colon: any of them in capitals, or an agency or a long dash after.

    Args:
        start: where a paragraph begins.
        end: where it ends.
    """
    found = _DATELINE.match(text, start, end)
    if found is None or not (found["mark"] or (found["agency"] or "").startswith("/")):
        return start
    shouted = any(len(word) > 2 and word.isupper() for word in re.split(r"[ ,]", found["place"]))
    return found.end() if shouted or found["agency"] or found["mark"] in _LONG_MARKS else start
