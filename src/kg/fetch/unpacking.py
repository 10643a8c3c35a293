"""A body as it comes -> what it holds, within a bound: a few kilobytes of gzip can hold gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from kg.errors import FetchError

# https://docs.python.org/3/library/zlib.html#zlib.decompress: gzip or zlib, whichever it is
_EITHER = 32 + zlib.MAX_WBITS
_CODINGS = {"gzip", "x-gzip", "deflate"}


def unpack(chunks: Iterable[bytes], coding: str, max_bytes: int) -> bytes:
    """The body that `chunks` are, in content coding `coding`; neither form of it may have more than `max_bytes`.

    Raises:
        FetchError: it has, is damaged, or is in a coding that was not asked for.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return _join(chunks, max_bytes)
    if coding not in _CODINGS:
        raise FetchError(f"it comes in the coding {coding[:20]}, which was not asked for")
    try:
        return _join(_unpacked(_bounded(chunks, max_bytes), max_bytes), max_bytes)
    except zlib.error as error:
        raise FetchError("its compressed body is damaged") from error


def too_large(max_bytes: int) -> FetchError:
    """What to say of a body with more than `max_bytes`."""
    return FetchError(f"it is over the limit of {max_bytes / 1e6:g} MB; raise KG_MAX_BODY_MB if you trust it")


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise too_large(max_bytes)
        yield chunk


def _join(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    return b"".join(_bounded(chunks, max_bytes))


def _unpacked(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """What `chunks` hold, never much more at once than is allowed; gzip may be several members in a row."""
    member = zlib.decompressobj(_EITHER)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if member.eof:
                member = zlib.decompressobj(_EITHER)
            begun = True
            yield member.decompress(rest, max_bytes + 1)
            rest = member.unconsumed_tail or member.unused_data
    if begun and not member.eof:
        raise FetchError("its compressed body is cut off")
