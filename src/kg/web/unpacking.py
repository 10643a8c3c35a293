"""Request bodies that come compressed (RFC 9110, 8.4), unpacked within a limit."""

from __future__ import annotations

import zlib
from http import HTTPStatus

import zstandard
from starlette.exceptions import HTTPException

ENCODINGS = ("gzip", "deflate", "zstd")
"""Content codings that requests may have."""

_MOST_CODINGS = 2
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
# RFC 9659: a decoder of zstd in HTTP needs no larger window.
_MAX_WINDOW = 8 << 20
# Four bytes of zstd can stand for 128 kB: these for 8 MB.
_STEP = 256
_PIECE = 1 << 16
_MOST_MEMBERS = 2000


def unpack(body: bytes, content_encoding: str, *, max_bytes: int) -> bytes:
    """`body` without the codings that a Content-Encoding header names.

    Raises:
        HTTPException: 415 for a coding that is not known, 400 where the body is not so encoded, 413 where it is longer
            than `max_bytes` once it is unpacked.
    """
    codings = [name for name in (part.strip().lower() for part in content_encoding.split(",")) if name]
    if len(codings) > _MOST_CODINGS:
        raise _refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send at most {_MOST_CODINGS} content codings")
    for coding in reversed(codings):
        body = _unpack_one(body, coding, max_bytes)
    return body


def _unpack_one(body: bytes, coding: str, max_bytes: int) -> bytes:
    if coding == "identity":
        return body
    if coding != "zstd" and coding not in _WINDOW_BITS:
        known = ", ".join(ENCODINGS)
        raise _refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the content coding {coding} is not known: send {known}")
    try:
        unpacked = _unzstd(body, max_bytes) if coding == "zstd" else _inflate(body, _WINDOW_BITS[coding], max_bytes)
    except (zlib.error, zstandard.ZstdError, EOFError) as error:
        raise _refuse(HTTPStatus.BAD_REQUEST, f"the body is no {coding}, as Content-Encoding says it is") from error
    if len(unpacked) > max_bytes:
        limit = f"{max_bytes / 1_000_000:g} MB (KG_MAX_UNPACKED_MB)"
        raise _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the request body is longer than {limit} once unpacked")
    return unpacked


def _inflate(body: bytes, window_bits: int, max_bytes: int) -> bytes:
    """All members of a gzip or zlib stream, no more than `max_bytes` and one."""
    unpacked = bytearray()
    members = start = 0
    while start < len(body) and len(unpacked) <= max_bytes:
        members = _count_member(members)
        member = zlib.decompressobj(window_bits)
        while not member.eof and start < len(body) and len(unpacked) <= max_bytes:
            unpacked += member.decompress(body[start : start + _PIECE], max_bytes + 1 - len(unpacked))
            start += _PIECE
        if not member.eof and len(unpacked) <= max_bytes:
            raise EOFError
        start = min(start, len(body)) - len(member.unused_data)
    return bytes(unpacked)


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    """All frames of a zstd stream, not much more than `max_bytes`: so little is fed at once that no step is large."""
    unpacked = bytearray()
    members = start = 0
    while start < len(body) and len(unpacked) <= max_bytes:
        members = _count_member(members)
        frame = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
        while not frame.eof and start < len(body) and len(unpacked) <= max_bytes:
            unpacked += frame.decompress(body[start : start + _STEP])
            start += _STEP
        if not frame.eof and len(unpacked) <= max_bytes:
            raise EOFError
        start = min(start, len(body)) - len(frame.unused_data)
    return bytes(unpacked)


def _count_member(members: int) -> int:
    """One more than `members`, as long as that is not too many: each costs time, though it may hold nothing."""
    if members == _MOST_MEMBERS:
        raise _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body has more than {_MOST_MEMBERS} compressed parts")
    return members + 1


def _refuse(status: HTTPStatus, detail: str) -> HTTPException:
    return HTTPException(status, detail)
