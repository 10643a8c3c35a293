from __future__ import annotations

import datetime as dt

import pytest

from kg.resolve.dates import resolve_dates
from kg.types import Span, TimeMention, TimeUnit

DAY, WEEK, MONTH, YEAR = TimeUnit
TUESDAY = dt.date(2022, 7, 26)


def time(at: int = 0, **parts: object) -> TimeMention:
    return TimeMention(Span(at, at + 5), **parts)  # type: ignore[arg-type]


def resolve(*mentions: TimeMention, published: dt.date | None = None, ends: tuple[int, ...] = ()) -> list[str | None]:
    """The date of each mention; sentences end at `ends`."""
    starts = (0, *ends)
    sentences = [Span(start, end) for start, end in zip(starts, (*ends, 10_000), strict=True)]
    dates = resolve_dates(mentions, published, sentences=sentences)
    return [dates.get(mention.span) for mention in mentions]


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ({"year": 2024, "month": 1, "day": 4}, "2024-01-04"),
        ({"year": 2023, "month": 11}, "2023-11"),
        ({"year": 2018}, "2018"),
        ({"year": 2023, "month": 2, "day": 29}, None),
        ({}, None),
    ],
)
@pytest.mark.parametrize("published", [None, TUESDAY])
def test_full_dates_need_no_anchor(parts: dict[str, object], date: str | None, published: dt.date | None) -> None:
    assert resolve(time(**parts), published=published) == [date]


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ({"weekday": 1}, "2022-07-26"),
        ({"weekday": 0}, "2022-07-25"),
        ({"weekday": 2}, "2022-07-20"),
        ({"weekday": 1, "direction": 1}, "2022-07-26"),
        ({"weekday": 2, "direction": 1}, "2022-07-27"),
        ({"weekday": 1, "offset": -1}, "2022-07-19"),
        ({"weekday": 1, "offset": 1}, "2022-08-02"),
        ({"weekday": 4, "offset": -1, "unit": WEEK}, "2022-07-22"),
        ({"weekday": 0, "offset": 1, "unit": WEEK}, "2022-08-01"),
        ({"offset": 0, "unit": DAY}, "2022-07-26"),
        ({"offset": -1, "unit": DAY}, "2022-07-25"),
        ({"offset": 1, "unit": DAY}, "2022-07-27"),
        ({"offset": -2, "unit": DAY}, "2022-07-24"),
        ({"offset": -30, "unit": DAY}, None),
        ({"offset": 0, "unit": WEEK}, "2022-07"),
        ({"offset": -4, "unit": WEEK}, None),
        ({"offset": -1, "unit": MONTH}, "2022-06"),
        ({"offset": -7, "unit": MONTH}, "2021-12"),
        ({"offset": 6, "unit": MONTH}, "2023-01"),
        ({"offset": 0, "unit": YEAR}, "2022"),
        ({"offset": -1, "unit": YEAR}, "2021"),
        ({"offset": -12, "unit": YEAR}, "2010"),
        ({"offset": -20, "unit": YEAR}, None),
        ({"offset": -3000, "unit": YEAR}, None),
        ({"month": 7, "day": 20}, "2022-07-20"),
        ({"month": 1, "day": 6}, "2022-01-06"),
        ({"month": 9, "day": 1}, "2022-09-01"),
        ({"month": 12, "day": 20}, "2021-12-20"),
        ({"month": 12, "day": 20, "direction": 1}, "2022-12-20"),
        ({"month": 2, "day": 10, "direction": 1}, "2023-02-10"),
        ({"month": 7, "day": 20, "direction": 1}, "2022-07-20"),
        ({"month": 9, "direction": -1}, "2021-09"),
        ({"month": 7}, "2022-07"),
        ({"month": 7, "offset": -1}, "2021-07"),
        ({"month": 3, "offset": -1}, "2022-03"),
        ({"month": 1, "offset": 1}, "2023-01"),
        ({"month": 7, "offset": 0}, "2022-07"),
        ({"month": 7, "day": 5, "offset": -1, "unit": YEAR}, "2021-07-05"),
        ({"month": 2, "day": 29}, "2020-02-29"),
        ({"month": 2, "day": 30}, None),
        ({"offset": -1, "unit": DAY, "anaphoric": True}, None),
    ],
)
def test_counts_from_the_publication_date(parts: dict[str, object], date: str | None) -> None:
    assert resolve(time(**parts), published=TUESDAY) == [date]


def test_the_turn_of_the_year() -> None:
    mentions = (time(0, month=12, day=31), time(10, weekday=6), time(20, month=1, day=20, direction=1))
    assert resolve(*mentions, published=dt.date(2024, 1, 2)) == ["2023-12-31", "2023-12-31", "2024-01-20"]


def test_a_full_dateline_stands_for_the_publication_date() -> None:
    dateline = time(0, year=2022, month=7, day=26, dateline=True)
    mentions = (dateline, time(10, weekday=0), time(20, offset=-1, unit=YEAR), time(30, month=5))
    assert resolve(*mentions) == ["2022-07-26", "2022-07-25", "2021", "2022-05"]
    assert resolve(*mentions, published=dt.date(2023, 1, 3))[1] == "2023-01-02"


@pytest.mark.parametrize(
    "parts",
    [{"weekday": 0}, {"offset": -1, "unit": DAY}, {"offset": -1, "unit": YEAR}, {"offset": 0, "unit": WEEK}],
)
def test_what_hangs_on_the_day_of_writing_is_absent_without_it(parts: dict[str, object]) -> None:
    assert resolve(time(0, year=2023, month=11), time(10, **parts)) == ["2023-11", None]


@pytest.mark.parametrize(
    ("before", "parts", "date"),
    [
        ([{"year": 2023, "month": 11}, {"year": 2018}], {"month": 1, "day": 4}, "2024-01-04"),
        ([{"year": 2023, "month": 11}], {"month": 1, "day": 10, "direction": 1}, "2024-01-10"),
        ([{"year": 2023, "month": 11}], {"month": 9, "day": 4}, None),
        ([{"year": 2023, "month": 11, "day": 2}], {"month": 11}, "2023-11"),
        ([{"year": 2019, "month": 11}, {"year": 2022}], {"month": 1, "day": 4}, None),
        ([{"year": 2019, "month": 11}, {"year": 2030, "direction": 1}], {"month": 1, "day": 4}, "2020-01-04"),
        ([{"year": 2022}], {"month": 1, "day": 4}, None),
        ([], {"month": 1, "day": 4}, None),
        ([{"year": 2022}], {"month": 7, "day": 21, "weekday": 3}, "2022-07-21"),
        ([{"year": 2021}], {"month": 7, "day": 21, "weekday": 3}, "2022-07-21"),
        ([{"year": 2015}], {"month": 7, "day": 21, "weekday": 4}, None),
        ([{"year": 2023, "month": 11}], {"month": 12, "offset": -1}, None),
    ],
)
def test_continues_the_timeline_of_the_text(
    before: list[dict[str, object]], parts: dict[str, object], date: str | None
) -> None:
    told = [time(10 * index, **each) for index, each in enumerate(before)]
    assert resolve(*told, time(100, **parts))[-1] == date


def test_a_date_without_year_does_not_look_forward_in_the_text() -> None:
    assert resolve(time(0, month=5, day=25), time(10, year=2019, month=11)) == [None, "2019-11"]


def test_the_present_month_is_an_anchor() -> None:
    mentions = (
        time(0, month=7, offset=0), time(10, year=2022, month=5), time(20, offset=0, unit=YEAR),
        time(30, offset=-1, unit=MONTH), time(40, weekday=0),
    )  # fmt: skip
    assert resolve(*mentions) == ["2022-07", "2022-05", "2022", "2022-06", None]


def test_a_dateline_without_year_takes_it_from_the_text() -> None:
    mentions = (time(0, month=7, day=9, dateline=True), time(10, weekday=4), time(20, year=2022, month=6))
    assert resolve(*mentions) == ["2022-07-09", "2022-07-08", "2022-06"]


@pytest.mark.parametrize(
    ("parts", "ends", "date"),
    [
        ({"offset": -1, "unit": DAY}, (), "2024-01-03"),
        ({"offset": 1, "unit": DAY}, (15,), "2024-01-05"),
        ({"offset": 1, "unit": DAY}, (15, 18), None),
        ({"offset": 0, "unit": MONTH}, (), "2024-01"),
        ({"offset": 2, "unit": YEAR}, (), "2026"),
        ({"offset": 20, "unit": YEAR}, (), None),
        ({"offset": 4, "unit": WEEK}, (), None),
        ({"offset": 1, "unit": WEEK}, (), "2024-01"),
    ],
)
def test_counts_from_the_time_last_named(parts: dict[str, object], ends: tuple[int, ...], date: str | None) -> None:
    named = time(0, year=2024, month=1, day=4)
    assert resolve(named, time(20, anaphoric=True, **parts), ends=ends)[-1] == date


def test_a_month_is_too_coarse_to_count_days_from() -> None:
    assert resolve(time(0, year=2024, month=1), time(20, offset=1, unit=DAY, anaphoric=True)) == ["2024-01", None]
