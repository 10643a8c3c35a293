from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.highlights import Highlight, split_text

TEXT = "0123456789"


def mark(start: int, end: int, kind: str = "event", *facts: str) -> Highlight:
    return Highlight(start, end, kind, f"{start}-{end}", facts)


@pytest.mark.parametrize(
    ("highlights", "start", "expected"),
    [
        ([], 0, [("0123456789", (), ())]),
        ([mark(2, 4)], 0, [("01", (), ()), ("23", ("event",), ("2-4",)), ("456789", (), ())]),
        (
            [mark(0, 6, "statement"), mark(4, 10)],
            0,
            [
                ("0123", ("statement",), ("0-6",)),
                ("45", ("event", "statement"), ("4-10",)),
                ("6789", ("event",), ()),
            ],
        ),
        ([mark(0, 10), mark(0, 10, "statement")], 0, [("0123456789", ("event", "statement"), ("0-10",))]),
        ([mark(0, 3), mark(5, 5), mark(8, 11)], 2, [("23456789", (), ())]),
    ],
)
def test_split_text(
    highlights: list[Highlight], start: int, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    found = split_text(TEXT, highlights, start=start)
    assert [(segment.text, segment.kinds, segment.anchors) for segment in found] == expected


def test_the_narrowest_fact_comes_first() -> None:
    (segment,) = (
        s for s in split_text(TEXT, [mark(0, 9, "event", "wide"), mark(3, 4, "event", "narrow")]) if s.text == "3"
    )
    assert segment.facts == ("narrow", "wide")


def test_the_facts_of_a_span_stand_at_its_end() -> None:
    found = [mark(0, 6, "statement", "said"), mark(2, 6, "event", "done"), mark(4, 6, "trigger", "done"), mark(4, 9)]
    segments = split_text(TEXT, found)
    assert [(s.text, s.ended) for s in segments if s.ended] == [("45", ("done", "said"))]


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10))))
def test_no_text_is_lost_and_each_span_is_marked_whole(spans: list[tuple[int, int]]) -> None:
    segments = list(split_text(TEXT, [mark(*span) for span in spans]))
    assert "".join(segment.text for segment in segments) == TEXT
    for start, end in spans:
        marked = "".join(s.text for s in segments if any(h.anchor == f"{start}-{end}" for h in s.highlights))
        assert marked == TEXT[start:end]
