"""How often: `90s`, `15m`, `2h`, `1d`."""

from __future__ import annotations

import re

from kg.errors import SettingError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_FORM = re.compile(r"(\d{1,6})([smhd])")
_LEAST, _MOST = 60.0, 7 * 86_400.0
LONGEST_WISH = 86_400.0
"""Seconds; a feed that asks for a longer pause is visited once a day all the same."""


def parse_interval(text: str) -> float:
    """Seconds.

    Raises:
        SettingError: `text` is no interval, or one that is too short or too long.
    """
    match = _FORM.fullmatch(text.strip().lower())
    if match is None:
        raise SettingError(f"--every {text} is no interval: write it as 15m, 2h or 1d")
    seconds = float(match[1]) * _UNITS[match[2]]
    if not _LEAST <= seconds <= _MOST:
        raise SettingError(f"--every {text} is out of bounds: from 1m, for the publishers' sake, to 7d")
    return seconds
