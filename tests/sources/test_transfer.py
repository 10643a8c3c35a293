"""HTTP bodies: every way in which they are packed, and what is wrong with some."""

import gzip
import zlib

import brotli
import pytest
import zstandard

from kg.errors import SourceError
from kg.sources.transfer import unpack_body

PAGE = b"<p>The talks ended.</p>" * 50
LIMIT = 2000
RAW = zlib.compressobj(wbits=-15)
DEFLATED = RAW.compress(PAGE) + RAW.flush()


def chunks(body: bytes, size: int = 10) -> bytes:
    parts = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def unpack(body: bytes, encodings: str = "", *, chunked: bool = False) -> bytes:
    return unpack_body(body, chunked=chunked, encodings=encodings, max_bytes=LIMIT)


@pytest.mark.parametrize(
    ("body", "encodings", "chunked"),
    [
        (PAGE, "", False),
        (PAGE, "identity", False),
        (chunks(PAGE), "", True),
        (PAGE, "", True),
        (gzip.compress(PAGE), "gzip", False),
        (gzip.compress(PAGE), "X-GZIP", False),
        (zlib.compress(PAGE), "deflate", False),
        (DEFLATED, "deflate", False),
        (brotli.compress(PAGE), "br", False),
        (zstandard.compress(PAGE), "zstd", False),
        (chunks(gzip.compress(PAGE)), "gzip", True),
        (brotli.compress(gzip.compress(PAGE)), "gzip, br", False),
        (PAGE, "gzip", False),
        (b"\n" + PAGE, "br", True),
    ],
)
def test_a_body_is_unpacked(body: bytes, encodings: str, chunked: bool) -> None:
    assert unpack(body, encodings, chunked=chunked).strip() == PAGE


@pytest.mark.parametrize(
    ("body", "encodings", "words"),
    [
        (PAGE * 2, "", "over the limit of 0.002 MB"),
        (gzip.compress(PAGE * 999), "gzip", "over the limit"),
        (zlib.compress(PAGE * 999), "deflate", "over the limit"),
        (brotli.compress(b"x" * 50_000_000), "br", "over the limit"),
        (zstandard.compress(b"x" * 50_000_000), "zstd", "over the limit"),
        (gzip.compress(PAGE)[:-20], "gzip", "damaged: it cannot be unpacked by gzip"),
        (b"hello", "gzip", "damaged"),
        (b"hello", "deflate", "damaged"),
        (b"hello", "br", "damaged"),
        (brotli.compress(PAGE)[:-5], "br", "damaged"),
        (b"hello", "zstd", "damaged"),
        (b"hello", "compress", 'packed by "compress", which is not known'),
    ],
)
def test_what_is_wrong_is_said(body: bytes, encodings: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        unpack(body, encodings)
