from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from kg.errors import FetchError
from kg.fetch.unpacking import unpack

TEXT = b"Kenya condemned Uganda. " * 100
PACKED = gzip.compress(TEXT)


def pieces(content: bytes, size: int = 7) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@pytest.mark.parametrize(
    "content, coding",
    [(TEXT, ""), (TEXT, "identity"), (PACKED, "gzip"), (PACKED, " X-GZIP"), (zlib.compress(TEXT), "deflate")],
)
def test_a_body_is_unpacked(content: bytes, coding: str) -> None:
    assert unpack(pieces(content), coding, 10_000) == TEXT
    assert unpack([content], coding, len(TEXT)) == TEXT


def test_gzip_may_be_several_members() -> None:
    assert unpack(pieces(PACKED + PACKED), "gzip", 10_000) == TEXT + TEXT
    assert unpack([], "gzip", 10) == b""


@pytest.mark.parametrize(
    "content, coding, message",
    [
        (TEXT, "", "it is over the limit of 0.001 MB; raise KG_MAX_BODY_MB if you trust it"),
        (PACKED, "gzip", "it is over the limit of 0.001 MB; raise KG_MAX_BODY_MB if you trust it"),
        (PACKED[:-5], "gzip", "its compressed body is cut off"),
        (b"no gzip at all", "gzip", "its compressed body is damaged"),
        (PACKED[:20] + b"xx" + PACKED[22:], "gzip", "its compressed body is damaged"),
        (TEXT, "br", "it comes in the coding br, which was not asked for"),
        (TEXT, "gzip, gzip", "it comes in the coding gzip, gzip, which was not asked for"),
    ],
)
def test_a_body_that_cannot_be_unpacked(content: bytes, coding: str, message: str) -> None:
    limit = 1000 if "limit" in message else 100_000
    with pytest.raises(FetchError, match=message):
        unpack(pieces(content), coding, limit)


def test_a_bomb_takes_no_more_memory_than_is_allowed() -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    with pytest.raises(FetchError, match="it is over the limit of 1 MB"):
        unpack([bomb], "gzip", 1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
