"""Tables in a page."""

from __future__ import annotations

import pytest

from page import fill, to_table

PAGE = """\
Before.

<!-- table: one -->
<!-- /table -->

Between.

<!-- table: two-three -->

| old |

<!-- /table -->
After.
"""


def test_tables_go_between_their_marks_and_the_prose_stays() -> None:
    page = fill(PAGE, {"one": "| 1 |", "two-three": "| 23 |"})
    assert page.replace("\n| 1 |\n\n", "").replace("\n| 23 |\n\n", "\n| old |\n\n") == PAGE
    assert fill(page, {"one": "| 1 |", "two-three": "| 23 |"}) == page


@pytest.mark.parametrize("tables", [{"one": ""}, {"one": "", "two-three": "", "four": ""}])
def test_a_page_has_the_tables_that_were_measured(tables: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="the page has tables"):
        fill(PAGE, tables)


def test_a_bar_in_a_cell_is_no_bar_of_the_table() -> None:
    assert to_table(("a", "b"), [(1, "x | y")]).splitlines() == ["| a | b |", "|---|---|", "| 1 | x \\| y |"]
