"""Web addresses: lines that are one, and the form in which an article keeps its own."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# What an article is found at or named by; an address of any other scheme has no place on a page.
_ABSOLUTE = re.compile(r"(?:https?|urn):[^\s]+", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_URL_LINE = re.compile(
    r"[\W_]*(?:\[[a-z]+\])?(?:https?://|www\.)\S+\.\S+?(?:\[/[a-z]+\])?[\W_]*",
    re.IGNORECASE,
)
_LONGEST = 2000
# https://www.rfc-editor.org/rfc/rfc3987#section-2.2: characters that no IRI holds, halves of a pair among them
_FORBIDDEN = re.compile(
    r"[<>\"{}|\\^`\x00-\x20\x7F-\x9F\uD800-\uF8FF\uFDD0-\uFDEF\uFFF0-\uFFFF"
    + "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + f"{chr(0xE0000)}-{chr(0xE0FFF)}{chr(0xEFFFE)}-{chr(0x10FFFF)}]"
)
# Of what may stand somewhere: brackets after the authority, and a percent sign that begins no escape
_BRACKET = re.compile(r"[\[\]]")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_START = re.compile(r"[^:/?#]+:(?://(?P<authority>[^/?#]*))?")
_AUTHORITY = re.compile(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^@:\[\]]*)(?::[0-9]*)?")


def is_url_line(line: str) -> bool:
    """True for a line that holds one web address and nothing else."""
    return _URL_LINE.fullmatch(line) is not None


def find_address(line: str) -> str | None:
    """The web address that the whole of `line` is, None where it is none."""
    return tidy_url(line) if len(line) <= _LONGEST and _WEB.fullmatch(line) else None


def tidy_url(value: str) -> str | None:
    """`value` as an http, https or urn IRI, forbidden characters percent-encoded; None where it is none."""
    value = value.strip()
    if not _ABSOLUTE.fullmatch(value.replace(" ", "%20")) or not _can_be_split(value):
        return None
    value = _PERCENT.sub(_encode, _FORBIDDEN.sub(_encode, value))
    found = _START.match(value)
    if not found or not _AUTHORITY.fullmatch(found["authority"] or ""):
        return None
    start = found.end()
    rest, mark, fragment = value[start:].partition("#")
    return value[:start] + _BRACKET.sub(_encode, rest) + mark + _BRACKET.sub(_encode, fragment.replace("#", "%23"))


def _encode(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="surrogatepass")


def _can_be_split(value: str) -> bool:
    try:
        _ = urlsplit(value).port
    except ValueError:
        return False
    return True
