"""How a reader process and its parent talk: frames of one kind byte, four length bytes and that many bytes.

Down goes one frame of JSON per query; up come a head, data and an end, or an error in place of any of them. The end
says, in JSON, how many rows the answer has.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable, Mapping
from typing import IO, Any, Protocol

QUERY = b"Q"
HEAD = b"H"
DATA = b"D"
END = b"E"
ERROR = b"X"

CHUNK = 1 << 16
"""Most bytes of one data frame."""

_PREFIX = struct.Struct(">cI")


class Source(Protocol):
    """What frames are read from."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        ...


def write_frame(pipe: IO[bytes], kind: bytes, payload: bytes = b"", *, is_last: bool = True) -> None:
    """Send one frame; one that is not the last for now goes out with the next, so the other end wakes but once."""
    pipe.write(_PREFIX.pack(kind, len(payload)) + payload)
    if is_last:
        pipe.flush()


def write_json(pipe: IO[bytes], kind: bytes, value: Mapping[str, Any], *, is_last: bool = True) -> None:
    """Send one frame of JSON, as `write_frame` does."""
    write_frame(pipe, kind, json.dumps(value).encode(), is_last=is_last)


def read_frame(pipe: Source) -> tuple[bytes, bytes] | None:
    """Kind and payload of the next frame; None where the other end is gone."""
    prefix = pipe.read(_PREFIX.size)
    if len(prefix) < _PREFIX.size:
        return None
    kind, size = _PREFIX.unpack(prefix)
    payload = pipe.read(size)
    return (kind, payload) if len(payload) == size else None


class DataWriter(io.RawIOBase):
    """A file that sends what is written to it as data frames, and a head before the first.

    The head waits for the first full chunk or the end: what goes wrong before then is still an error, not an answer
    cut short. `watch` is called with all that is written.
    """

    def __init__(self, pipe: IO[bytes], head: Mapping[str, Any], watch: Callable[[bytes], None]) -> None:
        """A file that writes to `pipe`, after `head`."""
        self._pipe = pipe
        self._head: Mapping[str, Any] | None = head
        self._watch = watch
        self._buffer = bytearray()

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any, /) -> int:
        """Take all of `data`."""
        self._watch(bytes(data))
        self._buffer += data
        while len(self._buffer) >= CHUNK:
            self._send(bytes(self._buffer[:CHUNK]), is_last=True)
            del self._buffer[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Pass on what is left; it goes out with the frame that comes after."""
        self._send(bytes(self._buffer), is_last=False)
        self._buffer.clear()

    def _send(self, chunk: bytes, *, is_last: bool) -> None:
        if self._head is not None:
            write_json(self._pipe, HEAD, self._head, is_last=False)
            self._head = None
        if chunk:
            write_frame(self._pipe, DATA, chunk, is_last=is_last)
