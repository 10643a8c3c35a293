"""What a feed says of one article."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

_TAG = re.compile(r"<[^<>]{0,2000}>")
# How teasers end, where a publisher gives the beginning as if it were the whole.
_TEASER = re.compile(
    r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;|&#8230;)\]|(?:read (?:more|the full|on|the rest)|continue reading|"
    r"more\s*(?:»|›|→|&raquo;))[^.!?]{0,120})[\s\])»›→]*$",
    re.IGNORECASE,
)
_FEWEST_SPACES = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed. `content` is the full text where the feed carries it, as HTML or, if not `is_html`, as text.

    `key` tells it from the others of its feed; `published` is a date as YYYY-MM-DD; `summary` is what stands for the
    text where there is neither text nor link.
    """

    key: str
    link: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    section: str | None = None
    publisher: str | None = None
    content: str | None = None
    summary: str | None = None
    is_html: bool = True

    @property
    def digest(self) -> str:
        """What changes when anything of it does."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @property
    def text(self) -> str | None:
        """What needs no page: the full text, if it does not look cut off; where there is no page, the summary."""
        if self.content and not (self.link and _is_part(self.content)):
            return self.content
        return None if self.link else self.content or self.summary

    def to_json(self) -> str:
        """As JSON, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: each article once. `interval` is how many seconds it asks to be left alone between two visits."""

    items: tuple[Item, ...]
    interval: float = 0.0

    @classmethod
    def of(cls, items: list[Item], interval: float = 0.0) -> Self:
        """A feed of `items`, without those that have the key or the link of one before."""
        seen: set[str] = set()
        kept = []
        for item in items:
            names = {f"key {item.key}", f"link {item.link or item.key}"}
            if not names & seen:
                kept.append(item)
            seen |= names
        return cls(tuple(kept), interval)


def make_key(item: Item, given: str) -> Item:
    """`item` with its key: what the feed gives as such, else its link, else what it says; with whole characters."""
    item = replace(item, key=given or item.link or item.digest)
    fields: dict[str, Any] = {
        name: whole(value) if isinstance(value, str) else value for name, value in asdict(item).items()
    }
    return Item(**fields)


def whole(text: str) -> str:
    """`text` with a question mark for each half of a pair, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, *, is_html: bool = False) -> str | None:
    """`text` as one line without markup, None where nothing is left."""
    return " ".join(html.unescape(_TAG.sub("", text) if is_html else text).split()) or None


def _is_part(content: str) -> bool:
    """True for what is no more than a picture, or ends as a teaser does."""
    text = html.unescape(_TAG.sub(" ", content)).strip()
    return text.count(" ") < _FEWEST_SPACES or _TEASER.search(text) is not None
