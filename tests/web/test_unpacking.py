from __future__ import annotations

import gzip
import zlib

import pytest
import zstandard
from starlette.exceptions import HTTPException

from kg.web.unpacking import unpack

BODY = b"SELECT * { ?s ?p ?o }" * 50
ZSTD = zstandard.compress(BODY)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("X-GZIP", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("deflate", zlib.compress(BODY)),
        ("zstd", ZSTD),
        ("zstd", zstandard.compress(BODY[:100]) + zstandard.compress(BODY[100:])),
        ("gzip, zstd", zstandard.compress(gzip.compress(BODY))),
        ("gzip,", gzip.compress(BODY)),
    ],
)
def test_what_is_packed_comes_out(encoding: str, packed: bytes) -> None:
    assert unpack(packed, encoding, max_bytes=len(BODY)) == BODY


@pytest.mark.parametrize(
    ("encoding", "packed", "status"),
    [
        ("br", b"x", 415),
        ("gzip, gzip, gzip", b"x", 415),
        ("gzip", BODY, 400),
        ("gzip", gzip.compress(BODY)[:-9], 400),
        ("deflate", zlib.compress(BODY)[:-5], 400),
        ("zstd", BODY, 400),
        ("zstd", ZSTD[:-3], 400),
        ("gzip", gzip.compress(BODY + b"x"), 413),
        ("zstd", zstandard.compress(BODY + b"x"), 413),
        ("gzip", gzip.compress(bytes(10**9)), 413),
        ("zstd", zstandard.compress(bytes(10**9)), 413),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(10**9))), 413),
    ],
)
def test_what_cannot_be_unpacked_is_refused(encoding: str, packed: bytes, status: int) -> None:
    with pytest.raises(HTTPException) as caught:
        unpack(packed, encoding, max_bytes=len(BODY))
    assert caught.value.status_code == status
