"""What the formats of news agencies share: whether an item may be published, when it was, and in which language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from kg.errors import SourceError
from kg.sources.dates import parse_date

# https://cv.iptc.org/newscodes/pubstatusg2/
_NOT_PUBLISHED = frozenset(["withheld", "canceled", "cancelled"])


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
