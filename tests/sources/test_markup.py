"""HTML elements leave plain text; breaks between blocks stay."""

import pytest

from kg.sources.markup import has_markup, strip_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>The talks <b>ended</b>.</p><p>He left.</p>", "The talks ended. He left."),
        ("The talks ended.<br/>He left.", "The talks ended. He left."),
        ("<p>The talks<script>if (a < b) { c(); }</script> ended.</p>", "The talks ended."),
        ("<p>The <!-- not <p> shown --> talks.</p>", "The talks."),
        ("<p>Open <!-- end", "Open <!-- end"),
    ],
)
def test_markup_goes(text: str, expected: str) -> None:
    assert has_markup(text)
    assert " ".join(strip_markup(text).split()) == expected


@pytest.mark.parametrize("text", ["Growth < 3 % and > 1 %.", "He wrote <sic> in it.", "a <b c"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert not has_markup(text)


def test_many_unclosed_comments_take_no_longer_than_reading_them() -> None:
    assert strip_markup("<p>" + "<!-- " * 100_000).count("<!--") == 100_000
