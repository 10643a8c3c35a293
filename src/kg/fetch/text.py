"""Bytes in the encoding that a server names -> bytes that say theirs."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# https://encoding.spec.whatwg.org/#names-and-labels: on the web these names mean cp1252
_LATIN = {"ascii", "iso8859-1"}
# What Python also takes for encodings of text, and no page is in.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"}


def find_charset(content_type: str) -> str | None:
    """Python's name of the encoding that the value of a Content-Type header names, None where it names none we know."""
    match = _CHARSET.search(content_type)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1]).name
    except (LookupError, ValueError):
        return None
    if name.replace("_", "-") in _NO_CHARSETS:
        return None
    return "cp1252" if name in _LATIN else name


def to_utf8(content: bytes, content_type: str) -> bytes:
    """`content` in UTF-8 where the server names its encoding: a file does not hold what a header said.

    UTF-8 stays as it is, whatever the server says, and so does what has a byte order mark or is not in the encoding.
    """
    charset = find_charset(content_type)
    if charset is None or content.startswith(_MARKS):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode(charset).encode("utf-8")
        except (LookupError, ValueError):
            return content
    return content
