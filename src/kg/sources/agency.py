"""What the formats of news agencies share: whether an item may be published, when it was, and in which language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from kg.errors import SourceError
from kg.sources.dates import parse_date
from kg.sources.paragraphs import is_sentence

# https://cv.iptc.org/newscodes/pubstatusg2/
_NOT_PUBLISHED = frozenset(["withheld", "canceled", "cancelled"])
_PLACE_END = re.compile(r"[,(:_/—–-]")


def require_usable(status: str | None) -> None:
    """Do nothing for an item that may be published, or that does not say.

    Args:
        status: the publication status, as `usable`, `stat:canceled` or `http://…/pubstatusg2/canceled`.

    Raises:
        SourceError: the agency took the item back, or has not released it.
    """
    word = re.split(r"[:/]", status or "")[-1].strip().lower()
    if word in _NOT_PUBLISHED:
        raise SourceError(f"the agency marks this item as {word}: it is not to be published")


def first_date(values: Iterable[str | None]) -> dt.date | None:
    """The first of `values` that is a date."""
    for value in filter(None, values):
        try:
            return parse_date(value)
        except ValueError:
            continue
    return None


def is_english(tag: str | None) -> bool:
    """True for the tag of English in any country."""
    return re.split(r"[-_]", (tag or "").lower())[0] in ("en", "eng")


def put_dateline(dateline: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs, the first one opened by the dateline, as it is printed: "OSLO, Norway (EX) — The talks ended."

    They stay as they are where they open with its place already, or with no sentence.
    """
    line = dateline.rstrip(" _-–—:")
    place = _PLACE_END.split(line)[0].strip().lower()
    if not place or not is_sentence(paragraphs[0]) or paragraphs[0].lower().startswith(place):
        return paragraphs
    return (f"{line} — {paragraphs[0]}", *paragraphs[1:])
