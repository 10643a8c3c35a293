"""Rows that the program is known to get wrong."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet


def fault(*row: object, reason: str) -> ParameterSet:
    """A row of a table that is right and that the program fails, strictly: when it passes, the mark must go."""
    return pytest.param(*row, marks=pytest.mark.xfail(reason=reason, strict=True))
