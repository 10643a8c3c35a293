"""How words are compared where they are looked up: without regard to case, accents and blanks, in any script."""

from __future__ import annotations

import unicodedata

# Letters that have no form without their stroke in Unicode.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'"})


def fold(text: str) -> str:
    """`text` as it is compared: in lower case, without accents, its blanks as one."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())
