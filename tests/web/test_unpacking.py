from __future__ import annotations

import gzip
import random
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


@pytest.mark.parametrize(("encoding", "member"), [("gzip", gzip.compress(b"")), ("zstd", zstandard.compress(b""))])
def test_a_body_of_many_empty_parts_is_refused_at_once(encoding: str, member: bytes) -> None:
    with pytest.raises(HTTPException) as caught:
        unpack(member * (1_000_000 // len(member)), encoding, max_bytes=10_000)
    assert caught.value.status_code == 413


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_parts_longer_than_a_piece_come_out(encoding: str) -> None:
    parts = [random.Random(7).randbytes(150_000), b"", BODY]
    pack = gzip.compress if encoding == "gzip" else zstandard.compress
    assert unpack(b"".join(map(pack, parts)), encoding, max_bytes=200_000) == b"".join(parts)
