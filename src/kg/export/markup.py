"""XML, an element at a time, for files of any size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

# All that https://www.w3.org/TR/xml/#charsets does not allow, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def open_tag(name: str, attributes: Mapping[str, object | None]) -> str:
    """A start tag; an attribute that is None is left out."""
    return f"<{name}{_attributes(attributes)}>"


def empty_tag(name: str, attributes: Mapping[str, object | None]) -> str:
    """An element without content."""
    return f"<{name}{_attributes(attributes)}/>"


def text_element(name: str, attributes: Mapping[str, object | None], text: object) -> str:
    """An element that holds text."""
    return f"<{name}{_attributes(attributes)}>{escape(_allowed(text))}</{name}>"


def _attributes(attributes: Mapping[str, object | None]) -> str:
    pairs = ((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f" {name}={quoteattr(_allowed(value))}" for name, value in pairs)


def _allowed(value: object) -> str:
    """What XML cannot hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", str(value))
