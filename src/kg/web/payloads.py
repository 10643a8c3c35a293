"""The graphs that a request carries: one as its body, or some as the parts of a form."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath

from starlette.exceptions import HTTPException

from kg.web import negotiation
from kg.web.media_type import parse_media_type
from kg.web.multipart import read_parts
from kg.web.negotiation import GRAPHS, NTRIPLES, Format

FORM = "multipart/form-data"
TYPES = tuple(name for format in GRAPHS for name in (format.media_type, *format.aliases))
"""The media types that graphs are taken in."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One graph, as it was sent."""

    content: bytes
    format: Format


def read_payloads(body: bytes, content_type: str, *, form: bool) -> list[Payload]:
    """The graphs in a body whose header Content-Type is `content_type`; a form only where `form` lets one.

    Raises:
        HTTPException: 415 where a type is not known, 400 where a form is not well formed.
    """
    if form and parse_media_type(content_type).name == FORM:
        return [_read_part(part.content, part.content_type, part.file_name) for part in read_parts(body, content_type)]
    if not content_type and not body:
        return [Payload(b"", NTRIPLES)]
    return [Payload(body, _choose(content_type))]


def _read_part(content: bytes, content_type: str, file_name: str) -> Payload:
    """A part in the format that it says, or else that the name of its file ends in, as clients label what they send."""
    suffix = PurePosixPath(file_name).suffix.removeprefix(".")
    by_name = negotiation.find_by_name([suffix], GRAPHS) if suffix else None
    is_known = parse_media_type(content_type).name in TYPES
    return Payload(content, by_name if by_name and not is_known else _choose(content_type))


def _choose(content_type: str) -> Format:
    given = parse_media_type(content_type)
    if given.charset not in (None, "utf-8", "utf8", "us-ascii"):
        raise _unsupported(f"send graphs in UTF-8, not {given.charset}")
    for format in GRAPHS:
        if given.name in (format.media_type, *format.aliases):
            return format
    raise _unsupported(f"send {negotiation.list_formats(GRAPHS)}, not {given.name or 'a body without Content-Type'}")


def _unsupported(detail: str) -> HTTPException:
    return HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
