"""What format bytes without a telling name are in."""

from __future__ import annotations

import codecs
import re

from kg.types import Format

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<(?:\?xml\s|!DOCTYPE\s+nitf\b|(?:nitf|newsItem|newsMessage|NewsML)\b)")
_FRONT_MATTER = re.compile(rb"(?:---|\+\+\+)[ \t]*\r?\n\s*[\w-]+\s*[:=]")
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_JSON_LINE = re.compile(rb"\s*\{.*\}\s*")
_START = 4096


def sniff(content: bytes) -> Format:
    """The format of `content`, by how it begins."""
    start = _without_mark(content[:_START])
    for pattern, format in ((_HTML, Format.HTML), (_XML, Format.XML), (_FRONT_MATTER, Format.MARKDOWN)):
        if pattern.match(start):
            return format
    return Format.JSON if _JSON.match(start) else Format.TEXT


def is_archive(start: bytes) -> bool:
    """True for the start of a WARC file, or of something that is packed by gzip: no article is."""
    return start.startswith((b"WARC/", b"\x1f\x8b\x08"))


def is_json_line(line: bytes) -> bool:
    """True for a line that is by itself what looks like a JSON object."""
    return _JSON_LINE.fullmatch(_without_mark(line)) is not None


def _without_mark(content: bytes) -> bytes:
    return content.removeprefix(codecs.BOM_UTF8)
