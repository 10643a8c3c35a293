from __future__ import annotations

import pytest

from kg.fetch.text import find_charset, to_utf8

TEXT = "Señor Núñez’s café"


@pytest.mark.parametrize(
    "content, content_type, expected",
    [
        (TEXT.encode("cp1252"), "text/html; charset=windows-1252", TEXT.encode()),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1", TEXT.encode()),
        (TEXT.encode("mac_roman"), 'text/html; charset="macintosh"', TEXT.encode()),
        ("Куба".encode("koi8-r"), "text/html;charset=koi8-r", "Куба".encode()),
        # UTF-8 stays as it is, and so does what is not what the server says.
        (TEXT.encode(), "text/html; charset=iso-8859-1", TEXT.encode()),
        (TEXT.encode("utf-16"), "text/html; charset=iso-8859-1", TEXT.encode("utf-16")),
        (b"\x81\x8d", "text/html; charset=iso-8859-1", b"\x81\x8d"),
        (TEXT.encode("cp1252"), "text/html", TEXT.encode("cp1252")),
        (TEXT.encode("cp1252"), "text/html; charset=nonsense", TEXT.encode("cp1252")),
        (TEXT.encode("cp1252"), "text/html; charset=idna", TEXT.encode("cp1252")),
        (TEXT.encode("cp1252"), "text/html; charset=hex", TEXT.encode("cp1252")),
        (b"\xff\xfe", "text/html; charset=unicode_escape", b"\xff\xfe"),
    ],
)
def test_the_encoding_that_a_server_names(content: bytes, content_type: str, expected: bytes) -> None:
    assert to_utf8(content, content_type) == expected


def test_names_of_encodings() -> None:
    names = {"a; charset=UTF-8": "utf-8", "a; charset=latin1": "cp1252", "a; charset=x\0y": None, "a": None}
    assert {name: find_charset(name) for name in names} == names
