"""The page of quality: its targets are those that are measured against, and its tables have figures."""

from __future__ import annotations

import re

import pytest

from docs.pages import read, rows, section
from targets import TARGETS

PAGE = read("docs/quality.md")


def test_the_targets_are_those_measured_against() -> None:
    assert [row[:4] for row in rows(section(PAGE, "Targets"))] == [target.wanted() for target in TARGETS]


@pytest.mark.parametrize("name", re.findall(r"<!-- table: (\S+) -->", PAGE))
def test_a_table_is_filled(name: str) -> None:
    table = PAGE.split(f"<!-- table: {name} -->\n")[1].split("<!-- /table -->\n")[0]
    assert len(list(rows(table))) > 1
