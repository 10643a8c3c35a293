from __future__ import annotations

import pytest

from kg.errors import SettingError
from kg.watch.interval import parse_interval


@pytest.mark.parametrize(
    "text, seconds", [("15m", 900), ("60s", 60), ("2h", 7200), ("1d", 86_400), (" 1H ", 3600), ("7d", 604_800)]
)
def test_an_interval_is_read(text: str, seconds: float) -> None:
    assert parse_interval(text) == seconds


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "is no interval: write it as 15m, 2h or 1d"),
        ("15", "is no interval"),
        ("m", "is no interval"),
        ("-5m", "is no interval"),
        ("1.5h", "is no interval"),
        ("59s", "is out of bounds: from 1m, for the publishers' sake, to 7d"),
        ("0m", "is out of bounds"),
        ("8d", "is out of bounds"),
    ],
)
def test_what_is_no_interval_says_so(text: str, message: str) -> None:
    with pytest.raises(SettingError, match=f"--every {text} {message}"):
        parse_interval(text)
