"""Bytes -> text: byte order marks, UTF-8 and UTF-16 first, then what newswire uses, then charset-normalizer."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import SourceError
from kg.sources.binary import describe_binary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# https://encoding.spec.whatwg.org/#names-and-labels: on the web these names mean cp1252
_LATIN = frozenset({"ascii", "iso8859-1"})
_WESTERN = ("cp1252", "mac_roman")
_TYPOGRAPHY = frozenset("“”‘’‚„–—…•·°£€¥§©®™«»½¼¾¿¡×÷±²³µºª´\xa0\xad")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 65_536


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of `content`; `declared` is the encoding the file itself names, used where it fits.

    Raises:
        SourceError: the bytes are empty, are no text, or are in no encoding that can be told.
    """
    if not content.strip():
        raise SourceError("the file is empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    if wide := _wide_encoding(content):
        return _decode_as(content, wide)
    if kind := describe_binary(content):
        raise SourceError(f"the file looks like {kind}; save the article as text, HTML or JSON")
    return _decode_utf8(content) or _decode_declared(content, declared) or _decode_guessed(content)


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"the file is broken {encoding.upper()} at byte {error.start}; save it as UTF-8") from error
    if not text.strip("\ufeff \t\r\n"):
        raise SourceError("the file is empty")
    return text


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = content[: _SAMPLE // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 4 > len(sample) and even * 20 < odd:
        return "utf-16-le"
    if even * 4 > len(sample) and odd * 20 < even:
        return "utf-16-be"
    return None


def _decode_utf8(content: bytes) -> str | None:
    """UTF-8, tolerating a few foreign bytes in a text that is otherwise clearly UTF-8; None where it is not."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        whole = len(_MULTIBYTE.findall(content))
        broken = len(_HIGH.findall(_MULTIBYTE.sub(b"", content)))
        if whole == 0 or broken * 4 > whole:
            return None
        return content.decode("utf-8", errors="replace").replace("\ufffd", "")


def _decode_declared(content: bytes, declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        return content.decode("cp1252" if codecs.lookup(declared).name in _LATIN else declared)
    except (LookupError, ValueError):
        return None


def _decode_guessed(content: bytes) -> str:
    """English newswire that is not UTF-8 is cp1252 or, seldom, Mac Roman; all else is left to charset-normalizer."""
    scored = [(_plausibility(text), text) for name in _WESTERN if (text := _decode_declared(content, name))]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] >= 0.6:
        return best[1]
    match = from_bytes(content).best()
    if match is None:
        raise SourceError("the encoding of the file cannot be told; save it as UTF-8")
    return str(match)


def _plausibility(text: str) -> float:
    """Share of the non-ASCII characters of `text` that stand where English text has such characters."""
    places = [match.start() for match in re.finditer(r"[^\x00-\x7f]", text[:_SAMPLE])]
    return sum(_is_plausible(text, place) for place in places) / max(1, len(places))


def _is_plausible(text: str, place: int) -> bool:
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char in _TYPOGRAPHY:
        return True
    if char.islower():
        return (before.isascii() and before.isalpha()) or (after.isascii() and after.islower())
    if char.isupper():
        return (not before.isalpha() and after.isascii() and after.islower()) or (before + after).isupper()
    return False
