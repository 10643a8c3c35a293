from __future__ import annotations

import time
from contextlib import suppress

import pytest

from kg.errors import GraphError, GraphSizeError, GraphSyntaxError
from kg.index.bounds import check_entities, check_nesting


@pytest.mark.parametrize(
    ("content", "depth"),
    [
        (b"", 0),
        (b"1", 0),
        (b'{"a": [1, {"b": []}]}', 4),
        (b'[[], [], {"a": {}}]', 3),
        (b'["[[[[", "\\"[[[", "\\\\", "[\\\\\\"["]', 1),
        (b'["\\\\", [[]], "\\\\\\\\"]', 3),
        (b'["never closed [[[[', 1),
        (b"]]]][[", 0),
        (b'[" \xff [[ ", "\\u005b[[["]', 1),
    ],
)
def test_nesting(content: bytes, depth: int) -> None:
    check_nesting(content, depth)
    if depth:
        with pytest.raises(GraphSizeError, match=f"deeper than {depth - 1} levels .KG_MAX_NESTING"):
            check_nesting(content, depth - 1)


def document(declarations: bytes, body: bytes = b"") -> bytes:
    return b"<?xml version='1.0'?>\n<!DOCTYPE r [" + declarations + b"]>\n<r>" + body + b"</r>"


def nested(levels: int, width: int) -> bytes:
    """Entities of which each stands for so many of the one before."""
    first = b'<!ENTITY e0 "ten  bytes">'
    return first + b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * width) for i in range(1, levels + 1))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<r>&a;&b;</r>", None),
        (document(b'<!ENTITY a "words">', b"&a;" * 100), None),
        (document(b'<!ENTITY a "words"><!ENTITY b "&a; and &a; &lt;">', b"&b; &amp; &unknown;"), None),
        (document(nested(2, 10), b"&e2;"), None),
        (document(nested(5, 10), b"&e5;"), GraphSizeError),
        (document(nested(200, 10), b"&e200;"), GraphSizeError),
        (document(b'<!ENTITY a "' + b"x" * 1000 + b'">', b"&a;" * 20), GraphSizeError),
        (document(b"<!entity a 'no entity'>", b"&a;"), None),
        (document(nested(5, 10)).replace(b"DOCTYPE", b"doctype") + b"&e5;", GraphSizeError),
        # What looks like the end of the declarations stands inside one.
        (document(b'<!ENTITY x "]>">' + nested(5, 10), b"&e5;"), GraphSizeError),
        (document(b'<!ENTITY % p "&#38;' + b"x" * 5000 + b'"><!ENTITY a "%p;%p;%p;">', b"&a;"), GraphSizeError),
        # Of two with one name the longer counts.
        (document(b'<!ENTITY a "' + b"x" * 5000 + b'"><!ENTITY a "">', b"&a;" * 3), GraphSizeError),
        (document(b'<!ENTITY a "&a;">', b"&a;"), GraphSyntaxError),
        (document(b'<!ENTITY a "&b;"><!ENTITY b "&a;">', b"&a;"), GraphSyntaxError),
        (document(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"), GraphSyntaxError),
        (document(b'<!ENTITY a PUBLIC "-//x" "http://x/">', b"&a;"), GraphSyntaxError),
        (document(b'<!ENTITY % a SYSTEM "http://x/">%a;'), GraphSyntaxError),
        (b'<!DOCTYPE r SYSTEM "http://x/a.dtd"><r/>', GraphSyntaxError),
        (b'<!DOCTYPE r PUBLIC "-//x" "http://x/a.dtd" []><r/>', GraphSyntaxError),
    ],
)
def test_entities(content: bytes, error: type[GraphError] | None) -> None:
    if error is None:
        check_entities(content, 10_000)
        return
    with pytest.raises(error):
        check_entities(content, 10_000)


@pytest.mark.parametrize(
    "content",
    [
        b'"' + b'\\"' * 2_000_000,
        b'"' * 2_000_001,
        b"\\" * 4_000_000,
        b"<!DOCTYPE " * 300_000,
        b"<!DOCTYPE r [" + b"<!ENTITY " * 300_000,
        b"<!DOCTYPE r [" + b"<!ENTITY a " * 300_000,
        b'<!DOCTYPE r [<!ENTITY a "' + b"&" * 3_000_000,
        b"<!DOCTYPE r []>" + b"&a" * 1_000_000,
        b"<!DOCTYPE r [" + b" " * 3_000_000,
        b"<!DOCTYPE r [<!ENTITY" + b" " * 3_000_000,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_time_grows_with_length_alone(content: bytes) -> None:
    started = time.monotonic()
    check_nesting(content, 10)
    with suppress(GraphError):
        check_entities(content, 10**9)
    assert time.monotonic() - started < 5
