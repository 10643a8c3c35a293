from __future__ import annotations

import datetime as dt

import pytest

from kg.export.periods import Period


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "month"),
    [
        ("2024-01-04", "2024-01-04", "2024-01-04", "2024-01"),
        ("2024-01-04Z", "2024-01-04", "2024-01-04", "2024-01"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        ("2023", "2023-01-01", "2023-12-31", None),
    ],
)
def test_a_date_stands_for_all_its_days(text: str, first: str, last: str, month: str | None) -> None:
    period = Period.parse(text)
    assert period == Period(day(first), day(last))
    assert period.month == month


@pytest.mark.parametrize("text", [None, "", "2024-02-30", "2024-13", "-0044", "12024", "yesterday"])
def test_what_no_calendar_has_is_no_period(text: str | None) -> None:
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    ("since", "until", "overlaps"),
    [
        (None, None, True),
        ("2024-02-29", None, True),
        ("2024-03-01", None, False),
        (None, "2024-02-01", True),
        (None, "2024-01-31", False),
        ("2024-02-10", "2024-02-11", True),
    ],
)
def test_periods_overlap_where_they_share_a_day(since: str | None, until: str | None, overlaps: bool) -> None:
    february = Period.parse("2024-02")
    assert february
    assert february.overlaps(since and day(since), until and day(until)) is overlaps
