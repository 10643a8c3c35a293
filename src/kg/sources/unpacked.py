"""The bytes of a file that may be packed by gzip, in pieces: damage in one place leaves the rest readable.

A WARC file is packed record by record, each a gzip member, so that reading can go on at the next one. gzip of the
standard library and the readers of warcio stop at the first damage.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

from kg.errors import SourceError

_MEMBER = b"\x1f\x8b\x08"
_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 16
# Enough of a member to see how what it holds begins.
_TRIAL = 1 << 10


class Damaged(SourceError):
    """The bytes cannot be unpacked, or are not what must stand here. Never leaves `kg.sources`."""


class Truncated(Damaged):
    """The file ends too early: nothing can be read after this."""


class Mislaid(Damaged):
    """What stands here is unpacked well and is no beginning: one may come later."""


class Unpacked:
    """Bytes of a file, unpacked; never more of them in memory than a caller asks for and one piece."""

    def __init__(self, file: BinaryIO, ahead: bytes = b"") -> None:
        """Reads `ahead`, then the rest of `file`."""
        self._file = file
        self._raw = ahead
        self._inflater: zlib._Decompress | None = None
        self._buffer = bytearray()
        self._fill_raw(len(_MEMBER))
        self._is_packed = self._raw.startswith(_MEMBER)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end of the file; they will be read again.

        Raises:
            Damaged: they cannot be unpacked.
        """
        while len(self._buffer) < size and self._more():
            pass
        return bytes(self._buffer[:size])

    def read(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            Damaged: they cannot be unpacked, or the file ends before.
        """
        found = self.peek(size)
        if len(found) < size:
            raise Truncated("the file ends in the middle of it")
        del self._buffer[:size]
        return found

    def readline(self, limit: int) -> bytes:
        """The next line with its end, cut at `limit` bytes; empty at the end of the file.

        Raises:
            Damaged: it cannot be unpacked.
        """
        while (end := self._buffer.find(b"\n", 0, limit) + 1) == 0 and len(self._buffer) < limit and self._more():
            pass
        line = bytes(self._buffer[: end or limit])
        del self._buffer[: len(line)]
        return line

    def skip(self, size: int) -> None:
        """Go on behind the next `size` bytes.

        Raises:
            Damaged: they cannot be unpacked, or the file ends before.
        """
        while size > 0:
            found = len(self.peek(min(size, _PIECE)))
            if not found:
                raise Truncated("the file ends in the middle of it")
            del self._buffer[:found]
            size -= found

    def find(self, mark: bytes) -> bool:
        """Go on at the next line that begins with `mark`, from the beginning of a line; False where none does.

        Raises:
            Damaged: what comes before it cannot be unpacked.
        """
        if self.peek(len(mark)) == mark:
            return True
        mark = b"\n" + mark
        while (place := self._buffer.find(mark)) < 0:
            del self._buffer[: -len(mark)]
            if not self._more():
                self._buffer.clear()
                return False
        del self._buffer[: place + 1]
        return True

    def find_member(self, mark: bytes) -> bool:
        """After damage, go on at the next gzip member that holds what begins with `mark`; False where none does."""
        self._buffer.clear()
        self._inflater = None
        start = 0
        while self._is_packed:
            place = self._raw.find(_MEMBER, start)
            if place < 0:
                self._raw, start = self._raw[-len(_MEMBER) + 1 :], 0
                if not self._fill_raw(len(self._raw) + 1):
                    return False
                continue
            if len(self._raw) - place < _TRIAL:
                self._raw, place = self._raw[place:], 0
                self._fill_raw(_TRIAL)
            if _begins(self._raw[place : place + _TRIAL], mark):
                self._raw = self._raw[place:]
                return True
            start = place + 1
        return False

    def end_record(self) -> None:
        """Unpack to the end of what a record stands in, so far as it is that of a gzip member: its check is there.

        Raises:
            Damaged: the check fails.
        """
        if self._inflater is not None:
            self.peek(4)

    def _fill_raw(self, size: int) -> bool:
        """Read until there are `size` bytes as they stand in the file; False where it ends before."""
        while len(self._raw) < size and (piece := self._file.read(_PIECE)):
            self._raw += piece
        return len(self._raw) >= size

    def _more(self) -> bool:
        """Unpack one more piece; False at the end of the file."""
        piece = self._inflate() if self._is_packed else self._take()
        self._buffer += piece
        return bool(piece)

    def _take(self) -> bytes:
        piece, self._raw = self._raw or self._file.read(_PIECE), b""
        return piece

    def _inflate(self) -> bytes:
        while True:
            is_more = self._fill_raw(1)
            if self._inflater is None:
                if not is_more:
                    return b""
                self._begin_member()
            piece = self._inflate_once()
            if piece:
                return piece
            if not is_more and self._inflater is not None:
                raise Truncated("the file ends in the middle of it")

    def _begin_member(self) -> None:
        self._fill_raw(len(_MEMBER))
        if not self._raw.startswith(_MEMBER):
            raise Damaged("what stands there is not packed by gzip")
        self._inflater = zlib.decompressobj(_GZIP)

    def _inflate_once(self) -> bytes:
        assert self._inflater is not None
        try:
            piece = self._inflater.decompress(self._raw, _PIECE)
        except zlib.error as error:
            self._raw = self._raw[1:]
            raise Damaged("its gzip data are damaged") from error
        self._raw = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
        if self._inflater.eof:
            self._inflater = None
        return piece


def _begins(member: bytes, mark: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(member, len(mark)) == mark
    except zlib.error:
        return False
