"""HTML elements inside what should be plain text, as feeds and databases often deliver it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK_END = re.compile(
    r"</(?:p|div|li|h\d|tr|blockquote|section|article|figcaption)\s*>|<br\s*/?>|<p\b[^>]*>", re.IGNORECASE
)
_UNSHOWN = re.compile(r"<!--|<(script|style|noscript|iframe)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def has_markup(text: str) -> bool:
    """True where `text` holds HTML elements that end paragraphs or lines."""
    return _BLOCK_END.search(text) is not None


def strip_markup(text: str) -> str:
    """`text` without its HTML elements; those that end a paragraph or a line leave a blank line."""
    return _TAG.sub("", _BLOCK_END.sub("\n\n", "".join(_shown_parts(text))))


def _shown_parts(text: str) -> Iterator[str]:
    """What lies outside comments, scripts and style sheets; each end is looked for once, so the work stays linear."""
    start = 0
    while opening := _UNSHOWN.search(text, start):
        closing = re.compile(f"(?=</{opening[1]})" if opening[1] else "-->", re.IGNORECASE)
        end = closing.search(text, opening.end())
        if end is None:
            break
        yield text[start : opening.start()]
        start = end.end()
    yield text[start:]
