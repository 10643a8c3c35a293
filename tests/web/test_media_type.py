from __future__ import annotations

import time

import pytest

from kg.web.media_type import parse_media_type


@pytest.mark.parametrize(
    ("header", "name", "parameters"),
    [
        ("", "", {}),
        (";;;", "", {}),
        ("Text/Plain", "text/plain", {}),
        ("text/plain; Charset=UTF-8", "text/plain", {"charset": "UTF-8"}),
        ('text/plain;charset="utf-8" ; x=1', "text/plain", {"charset": "utf-8", "x": "1"}),
        ("text/plain; charset=utf-8; charset=latin-1", "text/plain", {"charset": "utf-8"}),
        (r'multipart/form-data; boundary="a;\"b"', "multipart/form-data", {"boundary": 'a;"b'}),
        ("text/plain; charset*=utf-8''x", "text/plain", {"charset*": "utf-8''x"}),
        ('text/plain; charset="utf-8', "text/plain", {"charset": ""}),
        ("text/plain; = ; charset", "text/plain", {}),
    ],
)
def test_what_a_header_says(header: str, name: str, parameters: dict[str, str]) -> None:
    found = parse_media_type(header)
    assert (found.name, found.parameters) == (name, parameters)


def test_a_charset_is_in_lower_case() -> None:
    assert parse_media_type("text/plain; charset=UTF-8").charset == "utf-8"
    assert parse_media_type("text/plain; charset=").charset is None


@pytest.mark.parametrize(
    "header", ['x;"' + ";" * 60_000, 'x;a="\\' * 12_000, "x" + ';a="' * 15_000, ";" + "a" * 60_000]
)
def test_no_header_takes_long(header: str) -> None:
    start = time.perf_counter()
    parse_media_type(header)
    assert time.perf_counter() - start < 0.5
