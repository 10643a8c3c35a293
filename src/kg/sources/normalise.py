"""Characters: one form for everything that looks the same or is not seen at all."""

from __future__ import annotations

import html
import re
import unicodedata

_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\uffff"
_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\u2028\u2029"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _translation() -> dict[int, str]:
    table = dict.fromkeys(range(32), "") | dict.fromkeys(range(127, 160), "")
    for code in range(0x80, 0xA0):  # a C1 control in a text is a cp1252 character that was read as Latin-1
        table[code] = bytes([code]).decode("cp1252", errors="ignore")
    table |= {ord(char): "" for char in _UNSEEN + _BIDI}
    table |= dict.fromkeys(range(55296, 57344), "�")
    table |= {ord(char): " " for char in _SPACES}
    table |= {ord(char): "\n" for char in _LINE_ENDS + "\n"}
    return table


_TABLE = _translation()
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# UTF-8 that was read as cp1252: "â€™" for ’, "Ã©" for é, "Â " for a no-break space.
_MOJIBAKE = re.compile(r"â€[\x80-\xbf\u0152-\u2122]?|[ÃÂ][\x80-\xbf\u0152-\u2122]")


def normalise(text: str) -> str:
    """`text` in NFC with `\\n` line ends, plain spaces, HTML entities resolved and no invisible characters."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "Ã" in text or "â€" in text or "Â" in text:
        text = _MOJIBAKE.sub(_repair, text)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))


def _repair(match: re.Match[str]) -> str:
    if match[0] == "â€":  # the last byte of a closing quotation mark is undefined in cp1252 and often lost
        return "”"
    raw = b"".join(_cp1252_byte(char) for char in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _cp1252_byte(char: str) -> bytes:
    """The byte of `char`; the five that cp1252 leaves undefined stand for themselves."""
    return bytes([ord(char)]) if "\x80" <= char <= "\xff" else char.encode("cp1252", errors="ignore")
