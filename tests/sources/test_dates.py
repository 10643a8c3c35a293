"""Publication dates are stated, never guessed."""

import datetime as dt

import pytest

from kg.errors import SourceError
from kg.sources.dates import find_stated_date, find_url_date, parse_date, read_field_date

DAY = dt.date(2022, 7, 20)


@pytest.mark.parametrize(
    "value",
    ["2022-07-20", "2022-07-20T23:30:00+09:00", "2022-07-20 10:00", "20220720", "20 July 2022", "July 20, 2022",
     "Wed, 20 Jul 2022 10:00:00 GMT", "20th Jul. 2022"],
)  # fmt: skip
def test_dates_that_can_be_read(value: str) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize("value", ["2022-02-30", "20 July", "07/08/2022", "yesterday", "2022", "20220231", ""])
def test_dates_that_are_none(value: str) -> None:
    with pytest.raises(ValueError):
        parse_date(value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2022/07/20/talks-end", DAY),
        ("https://example.org/world/2022-07-20/talks", DAY),
        ("https://example.org/world/2022/jul/20/talks", DAY),
        ("https://example.org/stories/202207200304.html", DAY),
        ("https://example.org/2022/07/20/politics/20220720165908669.html", DAY),
        ("https://example.org/talks-20220720", DAY),
        ("https://example.org/2022/07/20/20220719.html", None),
        ("https://example.org/?d=20220720", None),
        ("https://example.org/2022/07/talks", None),
        ("https://example.org/article/3/117834/talks", None),
        ("https://example.org/read/2003781435", None),
        ("https://example.org/19890720/talks", None),
        ("https://example.org/9998/07/20/talks", None),
        ("https://[broken/2022/07/20/talks", DAY),
        (None, None),
    ],
)
def test_addresses(url: str | None, expected: dt.date | None) -> None:
    assert find_url_date(url) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Publication date: 20 July 2022", "The talks ended in Paris today."], DAY),
        (["Talks end", "Published July 20, 2022 10:00 GMT", "The talks ended in Paris today."], DAY),
        (["Publication date", "20 July 2022"], DAY),
        (["CAIRO - 20 July 2022: The talks ended in Paris today."], DAY),
        (["PARIS, July 20, 2022 (Agency) - The talks ended in Paris today."], DAY),
        (["Talks end", "Wednesday, July 20, 2022", "The talks ended in Paris today."], DAY),
        (["Publication date", "World"], None),
        (["Updated: 20 July 2022", "The talks ended in Paris today."], None),
        (["PARIS, July 20 (Agency) - The talks ended in Paris today."], None),
        (["The talks ended in Paris today.", "20 July 2022", "They go on soon, he said."], None),
        (["Published on 20 July 2022, the report says that talks have ended."], None),
        (["Published: 20 July 9998", "The talks ended in Paris today."], None),
        (["Nairobi, 20 July 2022", "The talks ended in Paris today."], dt.date(2022, 7, 20)),
    ],
)
def test_lines_that_state_a_date(lines: list[str], expected: dt.date | None) -> None:
    assert find_stated_date(lines) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("03/04/2024", "which may be two days; write it as 2024-01-09"),
        ("9-1-2024 10:00", "which may be two days"),
        ("31/02/2024", "it must be a date that exists"),
        ("13.13.2024", "it must be a date that exists"),
        ("1/2/24", "it must be a date that exists"),
        ("2024", "it must be a date that exists"),
        ("x" * 50, f'the field is "{"x" * 40}…"'),
    ],
)
def test_a_field_without_one_clear_date_is_refused(value: str, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_field_date("the field", value)
    assert words in str(refusal.value)


@pytest.mark.parametrize("value", ["2024/1/9", "09.09.2024", "25/12/2024", "12-25-2024", "9 January 2024", "20240109"])
def test_a_field_with_one_clear_date(value: str) -> None:
    assert read_field_date("the field", value).year == 2024
