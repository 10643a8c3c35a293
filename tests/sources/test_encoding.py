"""Bytes come out as the text that was meant, or are refused with a reason."""

import pytest

from kg.errors import SourceError
from kg.sources.encoding import decode

TEXT = "The “prime minister” of Côte d’Ivoire met café owners in São Tomé — they didn’t agree on €10 …\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_the_text_that_was_meant_comes_out(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_foreign_byte_in_utf8_costs_that_byte_only() -> None:
    assert (
        decode("Éric Zoé André met “them” – here ".encode() + b"\x92 today")
        == "Éric Zoé André met “them” – here  today"
    )


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "no-such-encoding"])
def test_a_declared_encoding_helps_and_never_hurts(declared: str) -> None:
    assert decode(TEXT.encode("cp1252"), declared) == TEXT


def test_a_declared_encoding_is_used_where_the_bytes_do_not_tell() -> None:
    assert decode("Президент".encode("koi8-r"), "koi8-r") == "Президент"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (rb"{\rtf1\ansi", "RTF"),
        (b"text with \0 in it", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"\xff\xfeT\x00h", "broken UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refusal:
        decode(content)
    assert "\n" not in str(refusal.value)
