"""Bodies of multipart/form-data taken apart. RFC 7578."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser
from starlette.exceptions import HTTPException

from kg.web.media_type import parse_media_type

_MOST_PARTS = 100


@dataclass(slots=True)
class Part:
    """One part: its Content-Type, as it stands, the name of the file it was, and what it holds."""

    content_type: str = ""
    file_name: str = ""
    content: bytes = b""


@dataclass(slots=True)
class _Collector:
    """What the parser calls, piece by piece; it may break a header or a content anywhere."""

    parts: list[Part] = field(default_factory=list)
    is_complete: bool = False
    _name: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _headers: dict[str, str] = field(default_factory=dict)
    _content: bytearray = field(default_factory=bytearray)

    def on_part_begin(self) -> None:
        if len(self.parts) == _MOST_PARTS:
            raise _bad_request(f"there are more than {_MOST_PARTS} parts")
        self._headers = {}
        self._content = bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers.setdefault(self._name.decode("latin-1").lower(), self._value.decode("latin-1"))
        self._name.clear()
        self._value.clear()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def on_part_end(self) -> None:
        disposition = parse_media_type(self._headers.get("content-disposition", ""))
        content_type, file_name = self._headers.get("content-type", ""), disposition.parameters.get("filename", "")
        self.parts.append(Part(content_type, file_name, bytes(self._content)))

    def on_end(self) -> None:
        self.is_complete = True


_CALLBACKS = (
    "on_part_begin", "on_header_field", "on_header_value", "on_header_end", "on_part_data", "on_part_end", "on_end",
)  # fmt: skip


def read_parts(body: bytes, content_type: str) -> list[Part]:
    """The parts of a body whose header Content-Type is `content_type`.

    Raises:
        HTTPException: 400.
    """
    boundary = parse_media_type(content_type).parameters.get("boundary")
    if not boundary or not boundary.isascii():
        raise _bad_request("the Content-Type names no boundary")
    collector = _Collector()
    try:
        callbacks: Any = {name: getattr(collector, name) for name in _CALLBACKS}
        # It bounds the headers of a part itself.
        parser = MultipartParser(boundary, callbacks)
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise _bad_request("it is not taken apart by the boundary that the Content-Type names") from error
    if not collector.is_complete:
        raise _bad_request("its last part does not end")
    return collector.parts


def _bad_request(reason: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, f"the body is no multipart/form-data: {reason}")
