"""HTTP bodies as they were sent -> as they were meant: put together from chunks and unpacked, within a limit."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping

import brotli
import zstandard
from warcio.bufferedreaders import ChunkedDataReader

from kg.errors import SourceError

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 16
# https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1.2: what decoders should take at least, and browsers at most
_LARGEST_WINDOW = 1 << 23


def unpack_body(body: bytes, *, chunked: bool, encodings: str, max_bytes: int) -> bytes:
    """The content of a response.

    Args:
        body: the bytes behind its headers.
        chunked: whether they say that it comes in chunks; a body that does not is taken as it is.
        encodings: its Content-Encoding. A body that is markup already is taken as it is: tools often unpack it and
            leave the header.
        max_bytes: the largest content.

    Raises:
        SourceError: the content is larger, damaged, or packed in a way that is not known.
    """
    if chunked:
        body = ChunkedDataReader(io.BytesIO(body)).read(len(body))
    for encoding in reversed([word.strip().lower() for word in encodings.split(",") if word.strip()]):
        if encoding == "identity" or body.lstrip()[:1] == b"<":
            continue
        if encoding not in _UNPACKERS:
            raise SourceError(f'its content is packed by "{encoding[:20]}", which is not known')
        try:
            body = _UNPACKERS[encoding](body, max_bytes)
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            raise SourceError(f"its content is damaged: it cannot be unpacked by {encoding}") from error
    if len(body) > max_bytes:
        raise SourceError(f"its content, unpacked, is over the limit of {max_bytes / 1e6:g} MB; raise KG_MAX_BODY_MB")
    return body


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    return _inflate(body, _GZIP, max_bytes)


def _inflate_any(body: bytes, max_bytes: int) -> bytes:
    """Deflate with the header that the standard asks for, or without, as many servers send it."""
    try:
        return _inflate(body, zlib.MAX_WBITS, max_bytes)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS, max_bytes)


def _inflate(body: bytes, window: int, max_bytes: int) -> bytes:
    inflater = zlib.decompressobj(window)
    content = inflater.decompress(body, max_bytes + 1)
    if not inflater.eof and len(content) <= max_bytes:
        raise EOFError
    return content


def _unpack_brotli(body: bytes, max_bytes: int) -> bytes:
    unpacker = brotli.Decompressor()
    pieces = [unpacker.process(body, output_buffer_limit=_PIECE)]
    size = len(pieces[0])
    while not unpacker.is_finished() and size <= max_bytes:
        pieces.append(unpacker.process(b"", output_buffer_limit=_PIECE))
        if not pieces[-1]:
            raise EOFError
        size += len(pieces[-1])
    return b"".join(pieces)


def _unpack_zstandard(body: bytes, max_bytes: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    with unpacker.stream_reader(io.BytesIO(body)) as reader:
        return reader.read(max_bytes + 1)


_UNPACKERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate_any,
    "br": _unpack_brotli,
    "zstd": _unpack_zstandard,
}
